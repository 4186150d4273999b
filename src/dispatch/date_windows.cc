// Two dates that "đến" joins, or days before a date that share its month and year.
#include <algorithm>
#include <optional>

#include "base/calendar.h"
#include "base/text.h"
#include "dispatch/date_cues.h"
#include "dispatch/deadlines.h"
#include "dispatch/finders.h"
#include "dispatch/lines.h"

namespace khien {
namespace {

constexpr std::size_t kDaysListed = 31;

struct EarlierDay {
  int day = 0;
  bool until = false;        // a dash or "đến" joins it to the next: all days between are meant
  std::size_t begin = 0;
};

// The day right before `at`, joined to what stands there by ',', "và", a dash or "đến".
std::optional<EarlierDay> day_before(std::u32string_view text, std::size_t from, std::size_t at) {
  std::size_t i = at;
  const auto blanks = [&] {
    while (i > from && text[i - 1] == U' ') --i;
  };
  const auto word = [&](std::u32string_view w) {
    if (i < from + w.size() || !begins(text.substr(i - w.size(), w.size()), w)) return false;
    i -= w.size();
    return true;
  };
  blanks();
  if (word(U"ngày")) blanks();
  EarlierDay out;
  const char32_t mark = i > from ? text[i - 1] : U' ';
  if (mark == U'-' || mark == U'–' || mark == U',') {
    out.until = mark != U',';
    --i;
  } else if (word(U"đến") || word(U"tới")) {
    out.until = true;
  } else if (!word(U"và")) {
    return std::nullopt;
  }
  blanks();
  const std::size_t end = i;
  for (int unit = 1; i > from && text[i - 1] >= U'0' && text[i - 1] <= U'9' && unit <= 10;
       unit *= 10) {
    out.day += unit * static_cast<int>(text[--i] - U'0');
  }
  const char32_t before = i > from ? text[i - 1] : U' ';
  if (i == end || (before != U' ' && before != U',' && before != U'-' && before != U'('))
    return std::nullopt;
  out.begin = i;
  if (out.day < 1 || out.day > 31) return std::nullopt;
  return out;
}

// "từ ngày 10 - 12/11/2026", "các ngày 20, 21, 22/11/2026": one window for days that follow.
void add_listed_days(std::u32string_view text, std::size_t from, const FoundDate& last,
                     std::string_view issued_on, std::vector<DateWindow>& out) {
  const auto end = parse_date(complete_date(last, issued_on));
  if (!end) return;
  std::vector<DateWindow> found;
  Date first = *end;
  Date until = *end;
  std::size_t begin = last.begin;
  const auto close = [&] { found.push_back({to_iso(first), to_iso(until), begin, last.end}); };
  std::size_t listed = 0;
  for (auto d = day_before(text, from, begin); d && listed < kDaysListed;
       d = day_before(text, from, begin)) {
    const Date day{end->year, end->month, d->day};
    if (!is_valid(day) || !(day < first)) break;
    const bool follows = d->until || to_days(first) - to_days(day) == 1;
    if (!follows) {
      close();
      until = day;
    }
    first = day;
    begin = d->begin;
    ++listed;
  }
  if (listed == 0) return;
  close();
  // a dash alone may be anything: "ngày", "từ" says that these are days
  const auto back = words_before(text, from, begin);
  const bool days = !back.empty() && (begins(back[0], U"ngày") || begins(back[0], U"từ"));
  if (days) out.insert(out.end(), found.rbegin(), found.rend());
}

}  // namespace

std::vector<DateWindow> find_date_windows(std::u32string_view folded, std::size_t begin,
                                          std::size_t end, std::string_view issued_on) {
  std::vector<DateWindow> out;
  const auto dates = find_dates(folded, begin, end);
  for (std::size_t i = 0; i < dates.size(); ++i) {
    const FoundDate& a = dates[i];
    add_listed_days(folded, begin, a, issued_on, out);
    if (i + 1 == dates.size()) break;
    const FoundDate& b = dates[i + 1];
    if (cue_of(words_before(folded, begin, a.begin)) != DateCue::from) continue;
    const std::u32string_view between = folded.substr(a.end, b.begin - a.end);
    const bool linked = between.size() < 40 && (find_like(between, U"đến") != between.npos ||
                                                find_like(between, U"tới") != between.npos ||
                                                between == U"-" || between == U" - " ||
                                                between == U"–" || between == U" – ");
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

}  // namespace khien
