// Periods by scanning the tokens for a unit and reading around it.
#include "dispatch/periods.h"

#include <algorithm>
#include <array>
#include <optional>
#include <span>

#include <fmt/format.h>

#include "base/text.h"
#include "dispatch/lines.h"

namespace khien {
namespace {

using PeriodWords = std::span<const std::u32string_view>;

constexpr std::array<std::u32string_view, 4> kTimes = {U"lần", U"lượt", U"bận", U"phiên"};

struct PeriodReader {
  const ClauseText& c;

  [[nodiscard]] const Token& token(std::size_t i) const { return c.anatomy->tokens[i]; }
  [[nodiscard]] bool in(std::size_t i) const { return i >= c.token_from && i < c.token_to; }
  [[nodiscard]] std::u32string_view word(std::size_t i) const {
    return in(i) ? cut(*c.folded, token(i).begin, token(i).end) : std::u32string_view();
  }
  [[nodiscard]] bool is(std::size_t i, std::u32string_view w) const {
    const std::u32string_view have = word(i);
    if (have == w) return true;
    return c.anatomy->bare && have.size() == w.size() && begins(have, w);
  }
  [[nodiscard]] bool any(std::size_t i, PeriodWords words) const {
    return std::any_of(words.begin(), words.end(), [&](auto w) { return is(i, w); });
  }
  [[nodiscard]] std::int64_t number(std::size_t i) const { return in(i) ? token(i).number : -1; }
  [[nodiscard]] bool each(std::size_t i) const {
    static constexpr std::array<std::u32string_view, 5> kEach = {U"hằng", U"hàng", U"mỗi", U"từng",
                                                                 U"một"};
    return any(i, kEach);
  }

  [[nodiscard]] char unit(std::size_t i) const {
    if (is(i, U"ngày")) return 'D';
    if (is(i, U"tuần")) return 'W';
    if (is(i, U"tháng")) return 'M';
    if (is(i, U"quý")) return 'Q';
    if (is(i, U"năm")) return 'Y';
    return is(i, U"giờ") || is(i, U"h") ? 'H' : 0;
  }

  // The unit at i is part of a date: "ngày 03 tháng 5", "tháng 9 năm 2024", "trước 16 giờ ngày".
  [[nodiscard]] bool in_date(std::size_t i) const {
    const bool after_number = number(i + 1) >= 0 && unit(i) != 'H' && !is(i + 2, U"lần");
    const bool before_day = i >= 2 && in(i - 2) && (is(i - 2, U"ngày") || is(i - 2, U"tháng"));
    const bool clock = unit(i) == 'H' && (is(i + 1, U"ngày") || number(i + 1) >= 0);
    const bool half_year = unit(i) == 'M' && (is(i + 1, U"đầu") || is(i + 1, U"cuối")) &&
                           is(i + 2, U"năm");
    return after_number || before_day || clock || half_year;
  }

  [[nodiscard]] std::optional<FoundPeriod> at(std::size_t i) const {
    FoundPeriod p;
    const char u = unit(i);
    if (u == 0 || i == c.token_from) return std::nullopt;
    if (rate_of(i, p) || half_year(i, p)) return p;
    std::int64_t n = number(i - 1);
    if (n < 0 && each(i - 1) && u != 'H') {
      n = 1;
      // "trong một tháng" is a length, "mỗi tháng" a rate
      if (!is(i - 1, U"một")) p.use = FoundPeriod::Use::every;
    }
    if (n < 1 || n > 999 || in_date(i)) return std::nullopt;
    p.first = i - 1;
    p.last = i;
    const bool once = any(i + 1, kTimes);
    if (once || (number(i + 1) > 0 && is(i + 2, U"lần"))) {
      p.last = once ? i + 1 : i + 2;
      p.use = FoundPeriod::Use::every;
      if (!divide(p, n, u, once ? 1 : number(i + 1))) return std::nullopt;
      return p;
    }
    if (is(i + 1, U"làm") && is(i + 2, U"việc")) p.last = i + 2;
    p.count = static_cast<int>(u == 'Q' ? n * 3 : n);
    p.unit = u == 'Q' ? 'M' : u;
    if (p.use == FoundPeriod::Use::plain) p.use = use_of(p);
    if (p.use == FoundPeriod::Use::keep) take_lower_end(p);
    return p;
  }

  // "nửa năm đổi lại".
  bool half_year(std::size_t i, FoundPeriod& p) const {
    if (unit(i) != 'Y' || !is(i - 1, U"nửa")) return false;
    p = {FoundPeriod::Use::every, 6, 'M', i - 1, i};
    return true;
  }

  // "02 lần/năm", "một lần mỗi tuần", "ít nhất một lần trong 06 tháng", "01 lần trong quý".
  bool rate_of(std::size_t i, FoundPeriod& p) const {
    std::size_t k = i;
    std::int64_t units = 1;
    if (number(k - 1) > 0 || each(k - 1)) {
      units = std::max<std::int64_t>(1, number(k - 1));
      --k;
    }
    static constexpr std::array<std::u32string_view, 3> kIn = {U"trong", U"cho", U"vòng"};
    while (k > c.token_from && any(k - 1, kIn)) --k;
    if (k < c.token_from + 2 || !any(k - 1, kTimes) || number(k - 2) < 1) return false;
    p.first = k - 2;
    p.last = i;
    p.use = FoundPeriod::Use::every;
    return divide(p, units, unit(i), number(k - 2));
  }

  // `units` of `u` a number of `times`: 1 năm / 2 = 6 tháng.
  static bool divide(FoundPeriod& p, std::int64_t units, char u, std::int64_t times) {
    std::int64_t n = units;
    char to = u;
    if (u == 'Q') {
      n *= 3;
      to = 'M';
    }
    if (times > 1 && n % times != 0 && to == 'Y') {
      n *= 12;
      to = 'M';
    } else if (times > 1 && n % times != 0 && to == 'M') {
      n *= 30;
      to = 'D';
    } else if (times > 1 && n % times != 0 && to == 'W') {
      n *= 7;
      to = 'D';
    }
    if (times < 1 || n < times || n > 36'000) return false;
    p.count = static_cast<int>(n / times);
    p.unit = to;
    return true;
  }

  // A word of `words` within `reach` tokens before the period, in its sentence.
  [[nodiscard]] bool before(const FoundPeriod& p, PeriodWords words, std::size_t reach) const {
    for (std::size_t k = 1; k <= reach && p.first >= c.token_from + k; ++k) {
      const std::size_t i = p.first - k;
      if (token(i).sentence != token(p.first).sentence) return false;
      if (any(i, words)) return true;
    }
    return false;
  }
  [[nodiscard]] bool pair_before(const FoundPeriod& p, std::u32string_view a, std::u32string_view b,
                                 std::size_t reach) const {
    for (std::size_t k = 2; k <= reach && p.first >= c.token_from + k; ++k) {
      const std::size_t i = p.first - k;
      if (token(i).sentence != token(p.first).sentence) return false;
      if (is(i, a) && is(i + 1, b)) return true;
    }
    return false;
  }

  [[nodiscard]] FoundPeriod::Use use_of(const FoundPeriod& p) const {
    if (not_used(p)) return FoundPeriod::Use::idle;
    static constexpr std::array<std::u32string_view, 1> kCycle = {U"cứ"};
    static constexpr std::array<std::u32string_view, 3> kAgain = {U"lại", U"thay", U"đổi"};
    if (any(p.last + 1, kAgain) || (is(p.last + 1, U"làm") && is(p.last + 2, U"mới")) ||
        pair_before(p, U"định", U"kỳ", 4) || pair_before(p, U"chu", U"kỳ", 4) ||
        before(p, kCycle, 2))
      return FoundPeriod::Use::every;
    if (kept(p)) return FoundPeriod::Use::keep;
    static constexpr std::array<std::pair<std::u32string_view, std::u32string_view>, 8> kWithin = {
        {{U"trong", U"vòng"}, {U"thời", U"hạn"}, {U"chậm", U"nhất"}, {U"không", U"quá"},
         {U"muộn", U"nhất"}, {U"thời", U"gian"}, {U"tối", U"đa"}, {U"không", U"muộn"}}};
    for (const auto& [a, b] : kWithin) {
      if (pair_before(p, a, b, 4)) return FoundPeriod::Use::within;
    }
    const bool counted = (is(p.last + 1, U"kể") || is(p.last + 1, U"tính")) ||
                         (is(p.last + 1, U"sau") && is(p.last + 2, U"khi"));
    const bool in_front = p.first > c.token_from && (is(p.first - 1, U"trong") ||
                                                     (is(p.first - 1, U"sau") && p.unit != 'H'));
    return counted || in_front ? FoundPeriod::Use::within : FoundPeriod::Use::plain;
  }

  // "không đăng nhập quá 90 ngày", "quá 60 ngày không sử dụng".
  [[nodiscard]] bool not_used(const FoundPeriod& p) const {
    static constexpr std::array<std::u32string_view, 6> kUsing = {
        U"đăng", U"sử", U"hoạt", U"dùng", U"truy", U"phát"};
    for (std::size_t k = 2; k <= 8 && p.first >= c.token_from + k; ++k) {
      const std::size_t i = p.first - k;
      if (token(i).sentence != token(p.first).sentence) break;
      if (is(i, U"không") && any(i + 1, kUsing)) return true;
    }
    for (std::size_t i = p.last + 1; i < p.last + 5; ++i) {
      if (is(i, U"không") && any(i + 1, kUsing)) return true;
    }
    return false;
  }

  // "lưu nhật ký tối thiểu 06 tháng", not "sao lưu".
  [[nodiscard]] bool kept(const FoundPeriod& p) const {
    for (std::size_t k = 1; k <= 14 && p.first >= c.token_from + k; ++k) {
      const std::size_t i = p.first - k;
      if (token(i).sentence != token(p.first).sentence) return false;
      if (is(i, U"sao") && is(i + 1, U"lưu")) return false;
      if (is(i, U"lưu") && !(i > c.token_from && is(i - 1, U"sao"))) return true;
      if (is(i, U"bảo") && is(i + 1, U"quản")) return true;
    }
    return false;
  }

  // "từ 06 đến 12 tháng": kept at least the shorter.
  void take_lower_end(FoundPeriod& p) const {
    if (p.first < c.token_from + 2) return;
    const bool range = is(p.first - 1, U"đến") || is(p.first - 1, U"tới");
    const std::size_t low = range ? p.first - 2 : p.first - 1;
    const bool dash = !range && number(low) > 0 &&
                      cut(c.anatomy->clean, token(low).end, token(p.first).begin).find(U'-') !=
                          std::u32string_view::npos;
    if ((range || dash) && number(low) > 0 && number(low) < p.count) {
      p.count = static_cast<int>(number(low));
    }
  }
};

// What stands between commas, "và" and ends of sentences; a period is of the work of its own part.
class Parts {
 public:
  Parts(const ClauseText& c, const PeriodReader& reader) : c_(c) {
    int part = 0;
    for (std::size_t i = c.token_from; i < c.token_to; ++i) {
      if (i > c.token_from && (ends_before(i) || reader.is(i, U"và"))) ++part;
      part_.push_back(part);
    }
  }
  [[nodiscard]] int of(std::size_t i) const { return part_[i - c_.token_from]; }

 private:
  const ClauseText& c_;
  std::vector<int> part_;

  [[nodiscard]] bool ends_before(std::size_t i) const {
    const auto& tokens = c_.anatomy->tokens;
    if (tokens[i].sentence != tokens[i - 1].sentence) return true;
    const std::u32string_view gap = cut(c_.anatomy->clean, tokens[i - 1].end, tokens[i].begin);
    if (gap.find_first_of(U";\n|") != std::u32string_view::npos) return true;
    const std::size_t mark = gap.find_first_of(U",.:");
    return mark != std::u32string_view::npos && mark + 1 < gap.size();  // not "1,5"
  }
};

}  // namespace

bool is_of(const ClauseText& clause, const FoundPeriod& period, const std::vector<Hit>& own) {
  const Vocabulary& v = *clause.vocabulary;
  const Parts parts(clause, PeriodReader{clause});
  const int works = v.list("works");
  const int here = parts.of(period.first);
  int nearest = -1;  // the part at or before the period in which somebody does something
  bool ours = false;
  const auto see = [&](const Hit& h, bool own_hit) {
    if (h.first < clause.token_from || h.first >= clause.token_to) return;
    const int part = parts.of(h.first);
    const bool same = clause.anatomy->tokens[h.first].sentence ==
                      clause.anatomy->tokens[period.first].sentence;
    if (!same || part > here || part < nearest) return;
    ours = own_hit || (part == nearest && ours);
    nearest = part;
  };
  for (const Hit& h : *clause.hits) {
    const auto& o = v.owner(h.owner);
    if (o.role == Vocabulary::Role::list && o.index == works) see(h, false);
  }
  for (const Hit& h : own) see(h, true);
  return nearest < 0 || ours;
}

std::string FoundPeriod::iso() const {
  if (unit == 'H') return fmt::format("P{}D", (count + 23) / 24);
  return fmt::format("P{}{}", count, unit);
}

std::vector<FoundPeriod> find_periods(const ClauseText& clause) {
  const PeriodReader reader{clause};
  std::vector<FoundPeriod> out;
  for (std::size_t i = clause.token_from; i < clause.token_to; ++i) {
    if (const auto p = reader.at(i)) out.push_back(*p);
  }
  return out;
}

}  // namespace khien
