// A date is a deadline when the words right before it say so.
#include "dispatch/deadlines.h"

#include <algorithm>
#include <array>
#include <optional>

#include <fmt/format.h>

#include "base/text.h"
#include "dispatch/lines.h"
#include "dispatch/scan.h"

namespace khien {
namespace {

constexpr std::size_t kBack = 60;  // how far before a date its cue may stand

bool is_one_of(std::u32string_view word, std::initializer_list<std::u32string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](std::u32string_view w) {
    return word.size() == w.size() && begins(word, w);
  });
}

// Words of [from, at), last first.
std::vector<std::u32string_view> words_before(std::u32string_view text, std::size_t from,
                                              std::size_t at) {
  std::vector<std::u32string_view> out;
  const std::size_t least = std::max(from, at > kBack ? at - kBack : 0);
  const auto letter = [&](std::size_t i) {
    return is_letter(text[i]) || (text[i] >= U'0' && text[i] <= U'9');
  };
  for (std::size_t i = at; i > least && out.size() < 12;) {
    while (i > least && !letter(i - 1)) {
      if (text[i - 1] == U';' || (text[i - 1] == U'.' && i < at && text[i] == U' ')) return out;
      --i;
    }
    const std::size_t end = i;
    while (i > least && letter(i - 1)) --i;
    if (end > i) out.push_back(text.substr(i, end - i));
  }
  return out;
}

bool is_filler(std::u32string_view w) {
  if (w[0] >= U'0' && w[0] <= U'9') return true;
  return is_one_of(w, {U"ngày", U"giờ", U"phút", U"là", U"vào", U"lúc", U"điểm", U"thời", U"thứ",
                       U"tháng", U"quý", U"cuối", U"h"});
}

enum class Cue { none, by, within, from, until };

// What the words before a date make of it.
Cue cue_of(const std::vector<std::u32string_view>& back) {
  std::size_t i = 0;
  while (i < back.size() && is_filler(back[i])) ++i;
  if (i >= back.size()) return Cue::none;
  const auto next = [&](std::size_t k) {
    return i + k < back.size() ? back[i + k] : std::u32string_view();
  };
  const std::u32string_view w = back[i];
  if (is_one_of(w, {U"trước", U"chót", U"hạn"})) return Cue::by;
  if (is_one_of(w, {U"nhất"}) && is_one_of(next(1), {U"chậm", U"muộn", U"trễ"})) return Cue::by;
  if (is_one_of(w, {U"hết", U"đến", U"tới"})) {
    return is_one_of(next(1), {U"tính"}) ? Cue::none : Cue::until;
  }
  if (is_one_of(w, {U"từ"})) return Cue::from;
  if (is_one_of(w, {U"xong"})) return Cue::by;
  if (!is_one_of(w, {U"trong", U"thành"})) return Cue::none;
  // "công bố trong tháng 11" tells when something happened
  for (std::size_t k = 1; k < 4; ++k) {
    if (is_one_of(next(k), {U"bố", U"hành", U"nhận", U"ra", U"hiện"})) return Cue::none;
  }
  return Cue::within;
}

struct RawDate {
  FoundDate date;
  bool open = false;  // month, quarter or year: good only after "trong", "trước", "hết"
};

int roman_quarter(std::u32string_view w) {
  if (w == U"i" || w == U"1") return 1;
  if (w == U"ii" || w == U"2") return 2;
  if (w == U"iii" || w == U"3") return 3;
  return w == U"iv" || w == U"4" ? 4 : 0;
}

// Year digits after "/", "năm", "-" or a blank at `at`; 0 when none. `end` moves past them.
int year_at(std::u32string_view text, std::size_t at, std::size_t& end) {
  while (at < text.size() && (text[at] == U' ' || text[at] == U'/' || text[at] == U'-')) ++at;
  if (begins(text.substr(at), U"năm ")) at += 4;
  int year = 0;
  std::size_t n = 0;
  while (at + n < text.size() && n < 5 && text[at + n] >= U'0' && text[at + n] <= U'9') {
    year = year * 10 + static_cast<int>(text[at + n++] - U'0');
  }
  if (n != 4 || year < 1990 || year > 2100) return 0;
  end = at + n;
  return year;
}

int year_of(std::string_view issued) {
  return issued.size() >= 4 ? std::atoi(std::string(issued.substr(0, 4)).c_str()) : 0;
}

// "quý II/2026", "tháng 9" without a year, "năm 2024".
std::optional<FoundDate> open_date(std::u32string_view text, std::size_t at, std::size_t to,
                                   std::string_view issued) {
  const std::u32string_view rest = text.substr(at, to - at);
  const auto word_end = [&](std::size_t i) {
    while (at + i < to && (is_letter(text[at + i]) ||
                           (text[at + i] >= U'0' && text[at + i] <= U'9')))
      ++i;
    return i;
  };
  const int issue_year = year_of(issued);
  const int issue_month =
      issued.size() >= 7 ? std::atoi(std::string(issued.substr(5, 2)).c_str()) : 0;
  const bool quarter = begins(rest, U"quý ");
  if (!quarter && !begins(rest, U"tháng ") && !begins(rest, U"năm ")) return std::nullopt;
  if (begins(rest, U"năm ")) {
    std::size_t end = at;
    const int year = year_at(text.substr(0, to), at + 4, end);
    if (year == 0) return std::nullopt;
    return FoundDate{fmt::format("{:04}-12", year), at, end, true};
  }
  const std::size_t from = quarter ? 4 : 6;
  std::size_t end = at + word_end(from);
  const std::u32string_view label = text.substr(at + from, end - at - from);
  int month = 0;
  if (quarter) {
    month = roman_quarter(label) * 3;
  } else if (label.size() <= 2) {
    for (const char32_t c : label) {
      if (c < U'0' || c > U'9') return std::nullopt;
      month = month * 10 + static_cast<int>(c - U'0');
    }
  }
  if (month < 1 || month > 12) return std::nullopt;
  int year = year_at(text.substr(0, to), end, end);
  if (year == 0 && issue_year > 0) year = issue_year + (month < issue_month ? 1 : 0);
  if (year == 0) return std::nullopt;
  return FoundDate{fmt::format("{:04}-{:02}", year, month), at, end, true};
}

// Every date of the piece, open ones too, in order.
std::vector<RawDate> raw_dates(std::u32string_view text, std::size_t from, std::size_t to,
                               std::string_view issued) {
  std::vector<RawDate> out;
  for (FoundDate& d : find_dates(text, from, to)) {
    const bool open = d.has_year && d.iso.size() == 7;
    out.push_back({std::move(d), open});
  }
  for (std::size_t i = from; i < to; ++i) {
    const char32_t c = text[i];
    if ((c != U'q' && c != U't' && c != U'n') || (i > 0 && is_letter(text[i - 1]))) continue;
    const bool known = std::any_of(out.begin(), out.end(), [&](const RawDate& d) {
      return i >= d.date.begin && i < d.date.end;
    });
    if (known) continue;
    if (auto d = open_date(text, i, to, issued)) out.push_back({std::move(*d), true});
  }
  std::sort(out.begin(), out.end(),
            [](const RawDate& a, const RawDate& b) { return a.date.begin < b.date.begin; });
  return out;
}

bool comes_again(std::u32string_view text, std::size_t end) {
  const std::u32string_view rest = text.substr(std::min(end, text.size()), 14);
  for (const std::u32string_view again : {U"hằng tháng", U"hàng tháng", U"hằng năm", U"hàng năm"}) {
    if (find_like(rest, again) < 3) return true;
  }
  return false;
}

// "báo cáo", "gửi" stand nearer before the date than another clause's verb.
bool of_report(std::u32string_view text, std::size_t from, std::size_t at) {
  std::size_t start = from;
  for (const char32_t stop : {U';', U'\n'}) {
    const std::size_t p = text.substr(0, at).rfind(stop);
    if (p != std::u32string_view::npos) start = std::max(start, p);
  }
  const std::size_t dot = text.substr(0, at).rfind(U". ");
  if (dot != std::u32string_view::npos) start = std::max(start, dot);
  const std::u32string_view piece = text.substr(start, at - start);
  return find_like(piece, U"báo cáo") != std::u32string_view::npos ||
         find_like(piece, U"gửi ") != std::u32string_view::npos ||
         find_like(piece, U"thông báo kết quả") != std::u32string_view::npos;
}

// The cell of a row of a table that holds nothing but a date.
std::string date_cell(std::u32string_view text, std::size_t from, std::string_view issued) {
  for (std::size_t at = text.find(U" | ", from); at != std::u32string_view::npos;
       at = text.find(U" | ", at + 1)) {
    const auto raw = raw_dates(text, at + 3, text.size(), issued);
    if (raw.empty() || raw.front().date.begin > at + 3) continue;
    const FoundDate& d = raw.front().date;
    if (d.end >= text.size() || text.substr(d.end).starts_with(U" |"))
      return complete_date(d, issued);
  }
  return "";
}

}  // namespace

std::vector<Deadline> find_deadlines(const ClauseText& clause) {
  const std::u32string_view text = cut(*clause.folded, 0, clause.end);
  const std::string& issued = clause.anatomy->head.issued_on;
  std::vector<Deadline> out;
  bool window = false;  // the date before began one
  for (const RawDate& raw : raw_dates(text, clause.begin, clause.end, issued)) {
    const FoundDate& d = raw.date;
    const Cue cue = cue_of(words_before(text, clause.begin, d.begin));
    const bool ends_window = window && cue == Cue::until;
    window = cue == Cue::from;
    const bool due = cue == Cue::by || cue == Cue::until || (cue == Cue::within && raw.open);
    if (!due || ends_window || comes_again(text, d.end)) continue;
    const std::string iso = complete_date(d, issued);
    if (iso.size() < 7) continue;
    out.push_back({iso, d.begin, d.end, of_report(text, clause.begin, d.begin)});
  }
  if (out.empty()) {
    const std::string cell = date_cell(text, clause.begin, issued);
    if (!cell.empty()) out.push_back({cell, clause.begin, clause.end, false});
  }
  return out;
}

std::vector<DateWindow> find_date_windows(std::u32string_view folded, std::size_t begin,
                                          std::size_t end, std::string_view issued_on) {
  std::vector<DateWindow> out;
  const auto dates = find_dates(folded, begin, end);
  for (std::size_t i = 0; i + 1 < dates.size(); ++i) {
    const FoundDate& a = dates[i];
    const FoundDate& b = dates[i + 1];
    if (cue_of(words_before(folded, begin, a.begin)) != Cue::from) continue;
    const std::u32string_view between = folded.substr(a.end, b.begin - a.end);
    const bool linked = between.size() < 40 && (find_like(between, U"đến") != between.npos ||
                                                find_like(between, U"tới") != between.npos);
    if (!linked) continue;
    std::string to = complete_date(b, issued_on);
    std::string from = a.has_year || to.size() < 4 ? complete_date(a, issued_on)
                                                   : to.substr(0, 5) + a.iso;
    if (from > to && !a.has_year) from = complete_date(a, issued_on);
    if (from.size() != 10 || to.size() != 10 || from > to) continue;
    out.push_back({from, to, a.begin, b.end});
  }
  return out;
}

std::string read_due_date(const ClauseText& clause) {
  const auto all = find_deadlines(clause);
  return all.empty() ? "" : all.front().iso;
}

}  // namespace khien
