// A label after "quý", "tháng", "năm", and the year that follows it or is the paper's own.
#include "dispatch/open_dates.h"

#include <algorithm>
#include <cstdlib>
#include <optional>

#include <fmt/format.h>

#include "base/text.h"
#include "dispatch/lines.h"

namespace khien {
namespace {

int quarter_named(std::u32string_view w) {
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

// "6 tháng đầu năm 2027" with `at` at "tháng".
std::optional<FoundDate> half_of_year(std::u32string_view text, std::size_t at, std::size_t to,
                                   int issue_year) {
  const std::u32string_view rest = text.substr(at, to - at);
  const bool last = begins(rest, U"tháng cuối năm");
  if (!last && !begins(rest, U"tháng đầu năm")) return std::nullopt;
  std::size_t begin = at;
  while (begin > 0 && text[begin - 1] == U' ') --begin;
  int count = 0;
  for (int unit = 1; begin > 0 && text[begin - 1] >= U'0' && text[begin - 1] <= U'9' && unit < 1000;
       unit *= 10) {
    count += unit * static_cast<int>(text[--begin] - U'0');
  }
  if (count < 1 || count > 11) return std::nullopt;
  std::size_t end = at + (last ? 14 : 13);
  int year = year_at(text.substr(0, to), end, end);
  if (year == 0) year = issue_year;
  if (year == 0) return std::nullopt;
  return FoundDate{fmt::format("{:04}-{:02}", year, last ? 12 : count), begin, end, true};
}

// The month that "II", "iv", "9" names after "quý", "tháng"; 0 when none.
int month_named(std::u32string_view label, bool quarter) {
  if (quarter) return quarter_named(label) * 3;
  if (label.empty() || label.size() > 2) return 0;
  int month = 0;
  for (const char32_t c : label) {
    if (c < U'0' || c > U'9') return 0;
    month = month * 10 + static_cast<int>(c - U'0');
  }
  return month <= 12 ? month : 0;
}

std::u32string_view label_at(std::u32string_view text, std::size_t at, std::size_t to) {
  std::size_t end = at;
  while (end < to && (is_letter(text[end]) || (text[end] >= U'0' && text[end] <= U'9'))) ++end;
  return text.substr(at, end - at);
}

// "quý I, II/2026", "quý III - quý IV", "tháng 9-10/2026": the last of those that are joined.
int last_of_list(std::u32string_view text, std::size_t& end, std::size_t to, bool quarter,
                 int month) {
  for (;;) {
    std::size_t at = end;
    while (at < to && text[at] == U' ') ++at;
    if (begins(text.substr(at, to - at), U"và ")) {
      at += 3;
    } else if (at < to && (text[at] == U',' || text[at] == U'-' || text[at] == U'–')) {
      ++at;
    } else {
      return month;
    }
    while (at < to && text[at] == U' ') ++at;
    const std::u32string_view again = quarter ? U"quý " : U"tháng ";
    if (begins(text.substr(at, to - at), again)) at += again.size();
    const std::u32string_view label = label_at(text, at, to);
    const int next = month_named(label, quarter);
    if (next <= month) return month;
    month = next;
    end = at + label.size();
  }
}

// "quý II/2026", "tháng 9" without a year, "năm 2024".
std::optional<FoundDate> open_date(std::u32string_view text, std::size_t at, std::size_t to,
                                   std::string_view issued) {
  const std::u32string_view rest = text.substr(at, to - at);
  const int issue_year = year_of(issued);
  const int issue_month =
      issued.size() >= 7 ? std::atoi(std::string(issued.substr(5, 2)).c_str()) : 0;
  if (auto half = half_of_year(text, at, to, issue_year)) return half;
  const bool quarter = begins(rest, U"quý ");
  if (!quarter && !begins(rest, U"tháng ") && !begins(rest, U"năm ")) return std::nullopt;
  if (begins(rest, U"năm ")) {
    std::size_t end = at;
    const int year = year_at(text.substr(0, to), at + 4, end);
    if (year == 0) return std::nullopt;
    return FoundDate{fmt::format("{:04}-12", year), at, end, true};
  }
  const std::u32string_view label = label_at(text, at + (quarter ? 4 : 6), to);
  std::size_t end = at + (quarter ? 4 : 6) + label.size();
  int month = month_named(label, quarter);
  if (month < 1) return std::nullopt;
  std::size_t list_end = end;
  const int last = last_of_list(text, list_end, to, quarter, month);
  int year = year_at(text.substr(0, to), list_end, list_end);
  if (year > 0) {  // a list only where its year closes it: "tháng 3 và 5 ngày sau" is none
    month = last;
    end = list_end;
  }
  if (year == 0 && issue_year > 0) year = issue_year + (month < issue_month ? 1 : 0);
  if (year == 0) return std::nullopt;
  return FoundDate{fmt::format("{:04}-{:02}", year, month), at, end, true};
}

}  // namespace

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

}  // namespace khien
