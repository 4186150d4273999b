// Forms that phrases cannot say. Each reader takes the clause and gives a Node, null when the
// clause says nothing.
#include "dispatch/readers.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "base/calendar.h"
#include "base/text.h"
#include "dispatch/deadlines.h"
#include "dispatch/finders.h"
#include "dispatch/grades.h"
#include "dispatch/lines.h"
#include "dispatch/percent.h"
#include "dispatch/periods.h"

namespace khien {
namespace {

struct Reader {
  const ClauseText& c;
  const std::vector<Hit>& kind_hits;

  [[nodiscard]] const Token& token(std::size_t i) const { return c.anatomy->tokens[i]; }
  [[nodiscard]] std::u32string_view word(std::size_t i) const {
    return cut(*c.folded, token(i).begin, token(i).end);
  }
  [[nodiscard]] bool is(std::size_t i, std::u32string_view w) const {
    return i >= c.token_from && i < c.token_to &&
           (word(i) == w || (c.anatomy->bare && bare(w) == word(i)));
  }
  static std::u32string bare(std::u32string_view w) {
    std::u32string out(w);
    for (char32_t& x : out) x = skeleton(x);
    return out;
  }
  [[nodiscard]] std::string as_written(std::size_t from, std::size_t to) const {
    return plain(c.anatomy->clean, token(from).begin, token(to).end);
  }

  // Distance in tokens from the kind's phrases; 0 inside, and where no phrase said the kind.
  [[nodiscard]] std::size_t distance(std::size_t i) const {
    if (kind_hits.empty()) return 0;
    std::size_t best = 1000;
    for (const Hit& h : kind_hits) {
      const std::size_t d = i < h.first ? h.first - i : i > h.last ? i - h.last : 0;
      if (token(i).sentence == token(h.first).sentence) best = std::min(best, d);
    }
    return best;
  }

  // The nearest period of a use, or of none; the words are kept.
  Node period(Node& out, const std::vector<Hit>& own) const {
    const FoundPeriod* best = nullptr;
    const auto all = find_periods(c);
    const auto better = [&](const FoundPeriod& p, const FoundPeriod& than) {
      const bool every = p.use == FoundPeriod::Use::every;
      if (every != (than.use == FoundPeriod::Use::every)) return every;
      return distance(p.first) < distance(than.first);
    };
    for (const FoundPeriod& p : all) {
      const bool fits = p.use == FoundPeriod::Use::every ||
                        (p.use == FoundPeriod::Use::plain && distance(p.first) < 13);
      if (!fits || p.unit == 'H' || distance(p.first) > 40) continue;
      if (!own.empty() && !is_of(c, p, own)) continue;
      if (best == nullptr || better(p, *best)) best = &p;
    }
    if (best == nullptr) return {};
    out.set("as_written", Node(as_written(best->first, best->last)));
    return Node(best->iso());
  }

  // Where the clause names passwords, with the hits of the kind.
  [[nodiscard]] std::vector<Hit> password_words() const {
    std::vector<Hit> out = kind_hits;
    for (std::size_t i = c.token_from; i + 1 < c.token_to; ++i) {
      if (!is(i, U"mật") || !is(i + 1, U"khẩu")) continue;
      out.push_back({0, static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(i + 1)});
    }
    return out;
  }

  // A rate in a clause on changing passwords, whatever kind was found in it.
  Node password_age(Node& out) const {
    const std::u32string_view text = cut(*c.folded, c.begin, c.end);
    const bool about = find_like(text, U"đổi") != text.npos ||
                       find_like(text, U"thay") != text.npos ||
                       find_like(text, U"làm mới") != text.npos;
    const std::vector<Hit> passwords = password_words();
    if (!about || passwords.empty()) return {};
    for (const FoundPeriod& rate : used(FoundPeriod::Use::every)) {
      if (!is_of(c, rate, passwords)) continue;
      out.set("as_written", Node(as_written(rate.first, rate.last)));
      return Node(rate.iso());
    }
    return {};
  }

  [[nodiscard]] std::vector<FoundPeriod> used(FoundPeriod::Use use) const {
    std::vector<FoundPeriod> all = find_periods(c);
    std::erase_if(all, [&](const FoundPeriod& p) { return p.use != use; });
    return all;
  }
  // Hours that are no whole days are no period: a day would be more than was given.
  [[nodiscard]] Node first_of(FoundPeriod::Use use) const {
    for (const FoundPeriod& p : used(use)) {
      if (p.unit != 'H' || p.count % 24 == 0) return Node(p.iso());
    }
    return {};
  }
  [[nodiscard]] Node hours() const {
    for (const FoundPeriod& p : used(FoundPeriod::Use::within)) {
      if (p.unit == 'H' && p.count % 24 != 0) return Node(p.count);
    }
    return {};
  }
  [[nodiscard]] Node within_hours() const {
    for (const FoundPeriod& p : used(FoundPeriod::Use::within)) {
      if (p.unit == 'H') return Node(p.count);
      if (p.unit == 'D') return Node(p.count * 24);
    }
    return {};
  }
  [[nodiscard]] Node idle_days() const {
    for (const FoundPeriod& p : used(FoundPeriod::Use::idle)) {
      const auto parsed = parse_period(p.iso());
      if (!parsed) continue;
      return Node(parsed->months * 30 + parsed->days);
    }
    return {};
  }

  // "report_by" takes the date after "báo cáo", the others the date of the work itself.
  [[nodiscard]] Node date(const ParameterInfo& info) const {
    const auto all = find_deadlines(c);
    const bool report = info.name == "report_by";
    std::vector<Deadline> fit = all;
    std::erase_if(fit, [&](const Deadline& d) { return d.report != report; });
    if (!fit.empty()) return Node(earliest(fit));
    if (info.common || all.empty()) return {};
    return report || all.size() > 1 ? Node(all.back().iso) : Node(all.front().iso);
  }

  struct Month {
    int month = 0;
    int year = 0;
    bool range = false;  // "đến" stands before it
  };

  [[nodiscard]] std::vector<Month> month_list(std::size_t from, std::size_t to) const {
    std::vector<Month> out;
    for (std::size_t i = from; i + 1 < to; ++i) {
      const bool in_date = i > 1 && token(i - 1).number >= 0 && word(i - 2) == U"ngày";
      if (!is_at(i, U"tháng") || in_date) continue;
      for (std::size_t k = i + 1; k < to && token(k).number >= 1 && token(k).number <= 12; ++k) {
        Month m{static_cast<int>(token(k).number), 0,
                i > 0 && (is_at(i - 1, U"đến") || is_at(i - 1, U"tới"))};
        if (k + 1 < to && token(k + 1).number > 1900)
          m.year = static_cast<int>(token(k + 1).number);
        if (k + 2 < to && is_at(k + 1, U"năm")) m.year = static_cast<int>(token(k + 2).number);
        if (k > i + 1)
          m.range = cut(c.anatomy->clean, token(k - 1).end, token(k).begin).find(U'-') !=
                        std::u32string_view::npos ||
                    m.range;
        out.push_back(m);
        if (m.year != 0) break;
        if (k + 1 < to && (is_at(k + 1, U"và") || is_at(k + 1, U"đến"))) {
          const bool until = is_at(k + 1, U"đến");
          if (k + 2 < to && token(k + 2).number >= 1 && token(k + 2).number <= 12) {
            out.push_back({static_cast<int>(token(k + 2).number), 0, until});
            if (k + 4 < to && is_at(k + 3, U"năm"))
              out.back().year = static_cast<int>(token(k + 4).number);
            if (k + 3 < to && token(k + 3).number > 1900)
              out.back().year = static_cast<int>(token(k + 3).number);
            break;
          }
        }
      }
    }
    for (std::size_t i = out.size(); i-- > 1;) {
      if (out[i - 1].year == 0) out[i - 1].year = out[i].year;
    }
    return out;
  }
  [[nodiscard]] bool is_at(std::size_t i, std::u32string_view w) const {
    return word(i) == w || (c.anatomy->bare && bare(w) == word(i));
  }

  [[nodiscard]] Node months(std::size_t from, std::size_t to) const {
    std::set<std::string> found;
    const std::vector<Month> list = month_list(from, to);
    for (std::size_t i = 0; i < list.size(); ++i) {
      if (list[i].year < 1990 || list[i].year > 2100) continue;
      int month = list[i].month;
      int year = list[i].year;
      if (list[i].range && i > 0) {
        month = list[i - 1].month;
        year = list[i - 1].year;
      }
      for (int guard = 0; guard < 36 && year * 12 + month <= list[i].year * 12 + list[i].month;
           ++guard) {
        found.insert(fmt::format("{:04}-{:02}", year, month));
        if (++month > 12) {
          month = 1;
          ++year;
        }
      }
    }
    return list_or_null({found.begin(), found.end()});
  }

  static Node list_or_null(const std::vector<std::string>& items) {
    return items.empty() ? Node() : Node::list_of(items);
  }

  Node refs() const {
    auto all = find_references(c.anatomy->clean, c.begin, c.end);
    std::erase_if(all, [&](const FoundReference& r) { return r.number == c.anatomy->head.number; });
    std::vector<std::string> own;
    std::vector<std::string> every;
    for (std::size_t i = 0; i < all.size(); ++i) {
      const std::size_t next = i + 1 < all.size() ? all[i + 1].begin : c.end;
      const bool named = std::any_of(kind_hits.begin(), kind_hits.end(), [&](const Hit& h) {
        return token(h.first).begin >= all[i].begin && token(h.first).begin < next;
      });
      if (named) own.push_back(all[i].number);
      every.push_back(all[i].number);
    }
    return list_or_null(own.empty() ? every : own);
  }

  static Node cves(std::u32string_view folded, std::size_t from, std::size_t to) {
    std::vector<std::string> out;
    const std::u32string_view text = folded.substr(0, std::min(to, folded.size()));
    for (std::size_t at = text.find(U"cve-", from); at != std::u32string_view::npos;
         at = text.find(U"cve-", at + 4)) {
      std::size_t i = at + 4;
      std::string id = "CVE-";
      while (i < text.size() && ((text[i] >= U'0' && text[i] <= U'9') || text[i] == U'-') &&
             id.size() < 20) {
        id += static_cast<char>(text[i++]);
      }
      while (id.back() == '-') id.pop_back();
      if (id.size() >= 13 && std::find(out.begin(), out.end(), id) == out.end()) out.push_back(id);
    }
    return list_or_null(out);
  }

  Node url() const {
    const std::u32string_view text = cut(*c.folded, c.begin, c.end);
    const std::size_t at = text.find(U"http");
    if (at == std::u32string_view::npos) return {};
    std::size_t end = text.find_first_of(U" \n\t)>;,\"”", at);
    if (end == std::u32string_view::npos) end = text.size();
    while (end > at && (text[end - 1] == U'.' || text[end - 1] == U':')) --end;
    if (text.substr(at, end - at).find(U"://") == std::u32string_view::npos) return {};
    return Node(to_utf8(cut(c.anatomy->clean, c.begin + at, c.begin + end)));
  }

  Node extensions() const {
    std::vector<std::string> out;
    const std::u32string_view text = cut(*c.folded, c.begin, c.end);
    for (std::size_t i = 0; i + 1 < text.size(); ++i) {
      const bool opens = i == 0 || text[i - 1] == U' ' || text[i - 1] == U'(' ||
                         text[i - 1] == U'*' || text[i - 1] == U',' || text[i - 1] == U'"' ||
                         text[i - 1] == U'“';
      if (text[i] != U'.' || !opens) continue;
      std::size_t end = i + 1;
      while (end < text.size() && text[end] < 0x80 &&
             (is_letter(text[end]) || (text[end] >= U'0' && text[end] <= U'9')))
        ++end;
      if (end - i >= 3 && end - i <= 6) out.push_back(to_utf8(text.substr(i, end - i)));
    }
    return list_or_null(out);
  }

  Node examples() const {
    std::size_t from = c.token_to;
    for (std::size_t i = c.token_from; i < c.token_to && from == c.token_to; ++i) {
      if ((is(i, U"như") || is(i, U"dụ") || is(i, U"kiểu")) && distance(i) < 30) from = i + 1;
    }
    std::vector<std::string> out;
    int misses = 0;
    for (std::size_t i = from; i < c.token_to && misses < 5; ++i) {
      if (token(i).sentence != token(from).sentence) break;
      const std::u32string_view w = word(i);
      const bool ascii = std::all_of(w.begin(), w.end(), [](char32_t x) { return x < 0x80; });
      const bool digits = token(i).number >= 0;
      const bool quoted = token(i).begin > 0 && (c.anatomy->clean[token(i).begin - 1] == U'“' ||
                                                 c.anatomy->clean[token(i).begin - 1] == U'"');
      static const std::set<std::u32string, std::less<>> kKnown = {U"admin", U"password", U"qwerty",
                                                                   U"abc",   U"root",     U"user"};
      const bool mixed = ascii && std::any_of(w.begin(), w.end(),
                                              [](char32_t x) { return x >= U'0' && x <= U'9'; });
      if (digits || mixed || (ascii && (quoted || kKnown.contains(w)))) {
        out.push_back(as_written(i, i));
        misses = 0;
      } else if (w != U"hoặc" && w != U"và") {
        ++misses;
      }
    }
    return list_or_null(out);
  }

  [[nodiscard]] std::vector<std::string> in_brackets(bool many) const {
    const std::u32string_view text = cut(c.anatomy->clean, c.begin, c.end);
    for (std::size_t at = text.find(U'('); at != std::u32string_view::npos;
         at = text.find(U'(', at + 1)) {
      const std::size_t end = text.find(U')', at);
      if (end == std::u32string_view::npos) break;
      std::u32string inner(text.substr(at + 1, end - at - 1));
      for (std::size_t v = inner.find(U" và "); v != std::u32string::npos;
           v = inner.find(U" và ")) {
        inner.replace(v, 4, U",");
      }
      std::vector<std::string> out;
      for (std::size_t i = 0; i <= inner.size();) {
        const std::size_t comma = std::min(inner.find(U',', i), inner.size());
        std::string one = squeeze(to_utf8(cut(inner, i, comma)));
        while (one.ends_with(".") || one.ends_with("…"))
          one.resize(one.size() - (one.back() == '.' ? 1 : 3));
        if (!one.empty()) out.push_back(one);
        i = comma + 1;
      }
      if (many ? out.size() >= 2 : out.size() == 1) return out;
    }
    return {};
  }

  Node product() const {
    const auto one = in_brackets(false);
    if (one.empty() || one[0].find(' ') != std::string::npos || one[0].size() > 40) return {};
    return Node(one[0]);
  }

  Node run(const ParameterInfo& info, Node& out) const {
    const std::string& r = info.reader;
    if (r == "period") return period(out, kind_hits);
    if (r == "password_period") return period(out, password_words());
    if (r == "password_age") return password_age(out);
    if (r == "months") return months(c.token_from, c.token_to);
    if (r == "refs") return refs();
    if (r == "cves") return cves(*c.folded, c.begin, c.end);
    if (r == "grades") return read_grades(c, U"cấp độ", 5);
    if (r == "layers") return read_grades(c, U"lớp", 4);
    if (r == "url") return url();
    if (r == "extensions") return extensions();
    if (r == "examples") return examples();
    if (r == "roles") return list_or_null(in_brackets(true));
    if (r == "product") return product();
    if (r == "percent") {
      const std::int64_t whole = read_percent(c);
      return whole < 0 ? Node() : Node(whole);
    }
    if (r == "date") return date(info);
    if (r == "within") return first_of(FoundPeriod::Use::within);
    if (r == "within_hours") return within_hours();
    if (r == "hours") return hours();
    if (r == "retention") return first_of(FoundPeriod::Use::keep);
    if (r == "idle_days") return idle_days();
    if (r == "phrase" && !kind_hits.empty())
      return Node(as_written(kind_hits[0].first, kind_hits[0].last));
    return {};
  }

  // What the document says before its demands, for values a measure only refers to.
  Node from_document(const ParameterInfo& info) const {
    const std::uint32_t to = std::max(c.anatomy->first_clause, c.anatomy->opening);
    if (info.reader == "cves") return cves(*c.folded, 0, to);
    if (info.reader != "months") return {};
    const auto& tokens = c.anatomy->tokens;
    for (std::size_t i = 0; i + 3 < tokens.size() && tokens[i].begin < to; ++i) {
      const bool published =
          (is_at(i, U"công") && is_at(i + 1, U"bố")) || (is_at(i, U"bản") && is_at(i + 1, U"vá"));
      if (!published || !is_at(i + 2, U"tháng")) continue;
      return months(i, std::min(i + 12, tokens.size()));
    }
    return {};
  }
};

}  // namespace

Node run_reader(const ClauseText& clause, const std::vector<Hit>& kind_hits,
                const ParameterInfo& info, Node& out) {
  const Reader reader{clause, kind_hits};
  Node value = reader.run(info, out);
  if (value.is_null() && info.document) value = reader.from_document(info);
  return value;
}

}  // namespace khien
