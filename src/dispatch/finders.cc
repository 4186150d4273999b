// Hand-written scanners: the forms are few, their damage (blank days, stray spaces) is not what a
// regular expression says well.
#include "dispatch/finders.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/calendar.h"
#include "base/text.h"

namespace khien {
namespace {

bool digit(char32_t c) { return c >= U'0' && c <= U'9'; }
bool blank(char32_t c) { return c == U' ' || c == U'\t' || c == U'\n'; }
bool upper_or_digit(char32_t c) { return digit(c) || (is_letter(c) && is_upper(c)); }

struct Cursor {
  std::u32string_view text;
  std::size_t at = 0;
  std::size_t to = 0;

  [[nodiscard]] char32_t peek(std::size_t ahead = 0) const {
    return at + ahead < to ? text[at + ahead] : U'\0';
  }
  void blanks() {
    while (at < to && (blank(text[at]) || text[at] == U'.' || text[at] == U'…')) ++at;
  }
  // -1 when no digits or more than `most` of them stand here.
  int number(int most) {
    std::size_t n = 0;
    int value = 0;
    while (digit(peek(n)) && n < 6) value = value * 10 + static_cast<int>(peek(n++) - U'0');
    if (n == 0 || n > static_cast<std::size_t>(most)) return -1;
    at += n;
    return value;
  }
  bool word(std::u32string_view wanted) {
    if (at + wanted.size() > to) return false;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      if (text[at + i] != wanted[i] && text[at + i] != skeleton(wanted[i])) return false;
    }
    if (is_letter(peek(wanted.size()))) return false;
    at += wanted.size();
    return true;
  }
};

std::string iso(int year, int month, int day) {
  if (day > 0) return fmt::format("{:04}-{:02}-{:02}", year, month, day);
  return fmt::format("{:04}-{:02}", year, month);
}

bool sane(int year, int month, int day) {
  return year >= 1945 && year <= 2100 && month >= 1 && month <= 12 &&
         (day == 0 || is_valid(Date{year, month, day}));
}

std::optional<FoundDate> make(std::size_t begin, std::size_t end, int year, int month, int day) {
  if (year > 0) {
    if (!sane(year, month, day)) return std::nullopt;
    return FoundDate{iso(year, month, day), begin, end, true};
  }
  if (day <= 0 || !sane(2024, month, day)) return std::nullopt;
  return FoundDate{fmt::format("{:02}-{:02}", month, day), begin, end, false};
}

// "tháng 12 năm 2020", "tháng 11/2023" with the cursor after the day.
std::optional<FoundDate> month_year(Cursor c, std::size_t begin, int day) {
  if (!c.word(U"tháng")) return std::nullopt;
  c.blanks();
  const int month = c.number(2);
  if (month < 0) return std::nullopt;
  const std::size_t after_month = c.at;
  c.blanks();
  if (c.word(U"năm")) {
    c.blanks();
    if (const int year = c.number(4); year > 0) return make(begin, c.at, year, month, day);
  } else if (c.peek() == U'/' || c.peek() == U'-') {
    ++c.at;
    if (const int year = c.number(4); year > 1000) return make(begin, c.at, year, month, day);
  }
  return day > 0 ? make(begin, after_month, 0, month, day) : std::nullopt;
}

// "29/12/2017", "30/4" (only with / or after "ngày").
std::optional<FoundDate> numeric(Cursor c, std::size_t begin, bool after_day_word) {
  const int day = c.number(2);
  if (day < 1 || day > 31) return std::nullopt;
  const char32_t mark = c.peek();
  if (mark != U'/' && mark != U'-' && mark != U'.') return std::nullopt;
  ++c.at;
  const int month = c.number(2);
  if (month < 1 || month > 12) return std::nullopt;
  const std::size_t short_end = c.at;
  const bool plain = mark == U'/' || after_day_word;
  if (c.peek() == mark) {
    ++c.at;
    const std::size_t year_at = c.at;
    int year = c.number(4);
    // "20/11/26"
    if (plain && c.at == year_at + 2 && c.peek() != U'/' && !is_letter(c.peek())) year += 2000;
    if (year > 1000) return make(begin, c.at, year, month, day);
    return std::nullopt;
  }
  if (mark == U'-' && c.peek() == U'/') return std::nullopt;  // "ngày 10-12/11/2026" is a range
  if (!plain || is_letter(c.peek())) return std::nullopt;
  return make(begin, short_end, 0, month, day);
}

std::optional<FoundDate> date_at(std::u32string_view folded, std::size_t at, std::size_t to) {
  Cursor c{folded, at, to};
  if (c.word(U"ngày")) {
    c.blanks();
    if (auto d = numeric(c, at, true)) return d;
    const int day = c.number(2);
    c.blanks();
    return month_year(c, at, day > 0 ? day : 0);
  }
  if (auto d = month_year(c, at, 0)) return d;
  return digit(c.peek()) ? numeric(c, at, false) : std::nullopt;
}

// "20-25/10/2026": the last day of a range begins after a dash that follows one day.
bool ends_range(std::u32string_view folded, std::size_t at) {
  if (at < 2 || folded[at - 1] != U'-' || !digit(folded[at - 2])) return false;
  std::size_t i = at - 1;
  while (i > 0 && digit(folded[i - 1])) --i;
  const bool one_day = at - 1 - i <= 2 && (i == 0 || folded[i - 1] == U' ' || blank(folded[i - 1]));
  std::size_t end = at;
  while (end < folded.size() && digit(folded[end])) ++end;
  return one_day && end - at <= 2 && end < folded.size() && folded[end] == U'/';
}

}  // namespace

std::vector<FoundDate> find_dates(std::u32string_view folded, std::size_t from, std::size_t to) {
  std::vector<FoundDate> out;
  to = std::min(to, folded.size());
  for (std::size_t i = from; i < to;) {
    const char32_t c = folded[i];
    const bool starts = i == 0 || ((!is_letter(folded[i - 1]) && !digit(folded[i - 1]) &&
                                   folded[i - 1] != U'/' && folded[i - 1] != U'-') ||
                        ends_range(folded, i));
    if (starts && (c == U'n' || c == U't' || digit(c))) {
      if (auto d = date_at(folded, i, to)) {
        i = d->end;
        out.push_back(std::move(*d));
        continue;
      }
    }
    ++i;
  }
  return out;
}

std::optional<FoundDate> date_near(std::u32string_view folded, std::size_t from,
                                   std::size_t reach) {
  const std::size_t to = std::min(folded.size(), from + reach + 40);
  for (FoundDate& d : find_dates(folded, from, to)) {
    if (d.begin <= from + reach) return std::move(d);
    break;
  }
  return std::nullopt;
}

std::string number_groups(std::u32string_view text, std::size_t& at) {
  constexpr std::size_t kDigits = 5;
  std::string out;
  for (std::size_t end = at; end < text.size() && end - at <= kDigits; ++end) {
    if (digit(text[end])) continue;
    if (text[end] != U'/' || end == at) break;
    out += "/" + to_utf8(text.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

std::string symbol_at(std::u32string_view text, std::size_t at, std::size_t& end) {
  std::u32string out;
  const bool spaced = at < text.size() && text[at] == U' ';
  while (at < text.size() && text[at] == U' ') ++at;
  end = at;
  while (at < text.size() && out.size() < 60) {
    const char32_t c = text[at];
    const bool joins = c == U'-' || c == U'&' || c == U'.' || c == U'–' || c == U'_';
    if (is_letter(c) || digit(c)) {
      if (out.empty() && !is_upper(c)) break;
      out += c;
    } else if (joins && at + 1 < text.size() && upper_or_digit(text[at + 1]) && !out.empty()) {
      out += c == U'–' ? U'-' : c;
    } else if (spaced && c == U' ' && at + 3 < text.size() && text[at + 1] == U'-' &&
               !out.empty()) {
      std::size_t next = at + 2;
      while (next < text.size() && text[next] == U' ') ++next;
      if (next >= text.size() || !is_upper(text[next])) break;
      out += U'-';
      at = next;
      continue;
    } else {
      break;
    }
    end = ++at;
  }
  return to_utf8(out);
}

namespace {

// "43-TB/TGV" with the cursor after the digits.
std::optional<FoundReference> party_reference(std::u32string_view text, std::size_t begin,
                                              std::size_t at, const std::string& number) {
  const bool dash = at + 1 < text.size() && (text[at] == U'-' || text[at] == U'–');
  if (!dash || !is_letter(text[at + 1]) || !is_upper(text[at + 1])) return std::nullopt;
  std::size_t end = at + 1;
  const std::string form = symbol_at(text, at + 1, end);
  if (form.empty() || end + 1 >= text.size() || text[end] != U'/') return std::nullopt;
  if (!is_letter(text[end + 1]) || !is_upper(text[end + 1])) return std::nullopt;
  const std::string body = symbol_at(text, end + 1, end);
  const std::string symbol = form + "/" + body;
  return FoundReference{number + "-" + symbol, symbol, begin, end};
}

}  // namespace

std::vector<FoundReference> find_references(std::u32string_view text, std::size_t from,
                                            std::size_t to) {
  std::vector<FoundReference> out;
  to = std::min(to, text.size());
  for (std::size_t i = from; i < to;) {
    const bool starts = digit(text[i]) && (i == 0 || (!digit(text[i - 1]) && text[i - 1] != U'/' &&
                                                      !is_letter(text[i - 1])));
    if (!starts) {
      ++i;
      continue;
    }
    std::size_t at = i;
    std::string number;
    while (at < to && digit(text[at])) number += static_cast<char>(text[at++]);
    if (at + 2 < to && text[at] == U'(' && text[at + 2] == U')') {
      number += "(" + to_utf8(text.substr(at + 1, 1)) + ")";
      at += 3;
    }
    const std::size_t digits_end = at;
    if (auto party = party_reference(text.substr(0, to), i, at, number)) {
      i = party->end;
      out.push_back(std::move(*party));
      continue;
    }
    while (at < to && text[at] == U' ') ++at;
    if (at >= to || text[at] != U'/') {
      i = digits_end;
      continue;
    }
    ++at;
    number += number_groups(text.substr(0, to), at);
    std::size_t end = at;
    std::string symbol = symbol_at(text.substr(0, to), at, end);
    while (symbol.size() >= 2 && end + 1 < to && text[end] == U'/' && is_letter(text[end + 1]) &&
           is_upper(text[end + 1])) {
      symbol += "/" + symbol_at(text.substr(0, to), end + 1, end);
    }
    if (symbol.size() >= 2) {
      out.push_back({number + "/" + symbol, symbol, i, end});
      i = end;
    } else {
      i = std::max(digits_end, i + 1);
    }
  }
  return out;
}

std::string complete_date(const FoundDate& date, std::string_view issued_on) {
  if (date.has_year) return date.iso;
  if (issued_on.size() < 4) return "";
  int year = std::atoi(std::string(issued_on.substr(0, 4)).c_str());
  if (issued_on.size() >= 7 && date.iso.substr(0, 2) < issued_on.substr(5, 2)) ++year;
  return fmt::format("{:04}-{}", year, date.iso);
}

}  // namespace khien
