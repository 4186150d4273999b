// Dates of exports: a small scanner instead of locale-dependent library functions.
#include "format/table/dates.h"

#include <array>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "base/text.h"
#include "format/directory/times.h"

namespace khien {
namespace {

constexpr int kLastShortYear = 29;      // Excel's own rule
constexpr std::size_t kClearly = 20;    // so many times more dates of one order: the rest are slips

constexpr auto npos = std::string_view::npos;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

struct Digits {
  int value = 0;
  std::size_t count = 0;
};

std::optional<Digits> digits(std::string_view& text, std::size_t most) {
  std::size_t n = 0;
  while (n < text.size() && is_digit(text[n])) ++n;
  if (n == 0 || n > most) return std::nullopt;
  Digits out{0, n};
  std::from_chars(text.data(), text.data() + n, out.value);
  text.remove_prefix(n);
  return out;
}

bool skip(std::string_view& text, char c) {
  if (text.empty() || text.front() != c) return false;
  text.remove_prefix(1);
  return true;
}

bool skip_word(std::string_view& text, std::string_view word) {
  if (!text.starts_with(word)) return false;
  text.remove_prefix(word.size());
  return true;
}

std::optional<Date> checked(int year, int month, int day) {
  const Date out{year, month, day};
  if (!is_valid(out) || out.year < 1900 || out.year > 2199) return std::nullopt;
  return out;
}

struct Parts {  // as written, before the order is known
  Digits first, second, third;
  char mark = 0;
};

std::optional<Parts> scan_parts(std::string_view& text) {
  Parts out;
  const auto first = digits(text, 4);
  if (!first || text.empty()) return std::nullopt;
  out.mark = text.front();
  if (out.mark != '/' && out.mark != '-' && out.mark != '.') return std::nullopt;
  skip(text, out.mark);
  const auto second = digits(text, 2);
  if (!second || !skip(text, out.mark)) return std::nullopt;
  const auto third = digits(text, 4);
  if (!third || third->count == 3 || first->count == 3) return std::nullopt;
  out.first = *first;
  out.second = *second;
  out.third = *third;
  return out;
}

std::optional<Date> date_of(const Parts& p, DayOrder order) {
  if (p.first.count == 4) return checked(p.first.value, p.second.value, p.third.value);
  int year = p.third.value;
  if (p.third.count < 4) {
    const bool version = p.mark == '.' && (p.first.count != 2 || p.second.count != 2);  // 1.2.26
    if (p.third.count != 2 || version) return std::nullopt;
    year += year <= kLastShortYear ? 2000 : 1900;
  }
  const int day = order == DayOrder::mdy ? p.second.value : p.first.value;
  const int month = order == DayOrder::mdy ? p.first.value : p.second.value;
  const bool misread = order == DayOrder::mixed && day <= 12 && day != month;
  if (misread) return std::nullopt;
  return checked(year, month, day);
}

// "ngày 05 tháng 01 năm 2024", folded.
std::optional<Date> scan_words(std::string_view& text) {
  if (!skip_word(text, "ngày ")) return std::nullopt;
  const auto day = digits(text, 2);
  if (!day || !skip_word(text, " tháng ")) return std::nullopt;
  const auto month = digits(text, 2);
  if (!month || !skip_word(text, " năm ")) return std::nullopt;
  const auto year = digits(text, 4);
  if (!year || year->count != 4) return std::nullopt;
  return checked(year->value, month->value, day->value);
}

std::optional<Date> scan_compact(std::string_view& text) {
  std::string_view rest = text;
  const auto all = digits(rest, 8);
  if (!all || all->count != 8) return std::nullopt;
  const auto out = checked(all->value / 10000, all->value / 100 % 100, all->value % 100);
  if (out) text = rest;
  return out;
}

std::optional<Date> scan_date(std::string_view& text, DayOrder order) {
  if (text.starts_with("ng") || text.starts_with("Ng") || text.starts_with("NG")) return {};
  if (const auto compact = scan_compact(text)) return compact;
  const auto parts = scan_parts(text);
  return parts ? date_of(*parts, order) : std::nullopt;
}

// AM, PM, SA, CH after a time. nullopt: the hour does not go with it.
std::optional<int> half_day(std::string_view& text, int hour) {
  std::string_view rest = text;
  skip(rest, ' ');
  if (rest.size() < 2) return hour;
  const std::string word = {ascii_upper(rest[0]), ascii_upper(rest[1])};
  const bool morning = word == "AM" || word == "SA";
  const bool evening = word == "PM" || word == "CH";
  if (!morning && !evening) return hour;
  rest.remove_prefix(2);
  text = rest;
  if (morning) return hour > 12 ? std::nullopt : std::optional(hour % 12);
  return hour >= 12 ? hour : hour + 12;  // "14:05 CH" says it twice
}

std::optional<int> scan_seconds(std::string_view& text) {
  const auto hour = digits(text, 2);
  if (!hour || !skip(text, ':')) return std::nullopt;
  const auto minute = digits(text, 2);
  if (!minute) return std::nullopt;
  int second = 0;
  if (skip(text, ':')) {
    const auto s = digits(text, 2);
    if (!s) return std::nullopt;
    second = s->value;
    if (skip(text, '.') && !digits(text, 9)) return std::nullopt;
  }
  if (hour->value > 23 || minute->value > 59 || second > 59) return std::nullopt;
  const auto exact = half_day(text, hour->value);
  if (!exact) return std::nullopt;
  return *exact * 3600 + minute->value * 60 + second;
}

// Z, UTC, GMT, +07:00, +0700, +07 to seconds east of Greenwich; nullopt: none, or malformed (text
// stays).
std::optional<int> scan_offset(std::string_view& text) {
  if (skip(text, 'Z') || skip_word(text, "UTC") || skip_word(text, "GMT")) return 0;
  if (text.empty() || (text.front() != '+' && text.front() != '-')) return std::nullopt;
  std::string_view rest = text.substr(1);
  const int sign = text.front() == '-' ? -1 : 1;
  auto hour = digits(rest, 4);
  if (!hour || hour->count == 1 || hour->count == 3) return std::nullopt;
  int minute = hour->count == 4 ? hour->value % 100 : 0;
  if (hour->count == 4) hour->value /= 100;
  if (hour->count == 2 && skip(rest, ':')) {
    const auto m = digits(rest, 2);
    if (!m || m->count != 2) return std::nullopt;
    minute = m->value;
  }
  if (hour->value > 14 || minute > 59) return std::nullopt;
  text = rest;
  return sign * (hour->value * 3600 + minute * 60);
}

constexpr int kVietnam = 7 * 3600;

Moment at(const Date& day, std::optional<int> seconds, int offset = kVietnam) {
  Moment out;
  out.day = day;
  out.day_only = !seconds;
  out.at_ms = start_of_day_ms(day) + std::int64_t{1000} * seconds.value_or(0) +
              std::int64_t{1000} * (kVietnam - offset);
  if (offset != kVietnam) out.day = local_date(out.at_ms);
  return out;
}

std::optional<Moment> from_serial(std::string_view text) {
  double value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
  if (value < 20000 || value > 80000) return std::nullopt;
  const auto iso = serial_to_iso(value, false);
  return iso ? parse_moment(*iso) : std::nullopt;
}

// Seconds or milliseconds since 1970, FILETIME of directories: told apart by how many digits.
std::optional<Moment> from_counter(std::string_view text) {
  constexpr std::int64_t first = 315'532'800;   // 1980
  constexpr std::int64_t last = 4'102'444'800;  // 2100
  std::int64_t value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
  std::int64_t ms = 0;
  if (text.size() == 10) ms = value * 1000;
  if (text.size() == 13) ms = value;
  if (text.size() == 18) ms = directory::filetime(text).at_ms;
  if (ms < first * 1000 || ms > last * 1000) return std::nullopt;
  return Moment{ms, false, local_date(ms)};
}

bool skip_gap(std::string_view& text) {
  const std::size_t before = text.size();
  if (!skip(text, ',')) static_cast<void>(skip_word(text, " -"));
  while (skip(text, ' ')) {
  }
  return text.size() != before;
}

// What stands after the date: nothing, or a time with its offset.
std::optional<Moment> with_time(const Date& day, std::string_view rest) {
  if (rest.empty()) return at(day, std::nullopt);
  if (!skip(rest, 'T') && !skip_gap(rest)) return std::nullopt;
  const auto seconds = scan_seconds(rest);
  if (!seconds) return std::nullopt;
  if (rest.empty()) return at(day, seconds);
  skip(rest, ' ');
  const auto offset = scan_offset(rest);
  if (!offset || !rest.empty()) return std::nullopt;
  return at(day, seconds, *offset);
}

// Month 1-12 where a word of at least three letters begins an English name; the word is skipped.
int skip_month(std::string_view& text) {
  static constexpr std::array<std::string_view, 12> kMonths = {
      "january", "february", "march",     "april",   "may",      "june",
      "july",    "august",   "september", "october", "november", "december"};
  std::size_t letters = 0;
  while (letters < text.size() && is_letter(text[letters])) ++letters;
  const std::string word = ascii_lower(text.substr(0, letters));
  for (std::size_t i = 0; i < kMonths.size(); ++i) {
    const bool named = word == "sept" ? i == 8 : word.size() >= 3 && kMonths[i].starts_with(word);
    if (!named) continue;
    text.remove_prefix(letters);
    return static_cast<int>(i) + 1;
  }
  return 0;
}

bool skip_marks(std::string_view& text) {
  const std::size_t before = text.size();
  while (!text.empty() && std::string_view(" ,-/.").find(text.front()) != npos) {
    text.remove_prefix(1);
  }
  return text.size() != before;
}

void skip_weekday(std::string_view& text) {
  const std::string start = ascii_lower(text.substr(0, 3));
  for (const char* day : {"mon", "tue", "wed", "thu", "fri", "sat", "sun"}) {
    if (start != day) continue;
    while (!text.empty() && is_letter(text.front())) text.remove_prefix(1);
    skip_marks(text);
    return;
  }
}

// "08.30.15.000000 AM" of Oracle: its dots are colons.
std::string with_colons(std::string_view time) {
  std::string out(time);
  const std::size_t mark = out.find_first_of(".:");
  if (mark == npos || out[mark] == ':') return out;
  for (std::size_t at = 0, n = 0; n < 2 && (at = out.find('.', at)) != npos; ++n) out[at] = ':';
  return out;
}

// 12-OCT-26, 12 Oct 2026 09:15, Mon, 12 Oct 2026 09:15:00 +07, Oct 12 2026  9:15AM, oct/12/2026:
// the name of the month says which number is the day.
std::optional<Moment> with_named_month(std::string_view text) {
  skip_weekday(text);
  auto day = digits(text, 2);
  if (day && !skip_marks(text)) return std::nullopt;
  const int month = skip_month(text);
  if (month == 0 || !skip_marks(text)) return std::nullopt;
  if (!day) {
    day = digits(text, 2);
    if (!day || !skip_marks(text)) return std::nullopt;
  }
  const auto year = digits(text, 4);
  if (!year || (year->count != 4 && year->count != 2)) return std::nullopt;
  const int century = year->count == 4 ? 0 : year->value <= kLastShortYear ? 2000 : 1900;
  const auto date = checked(year->value + century, month, day->value);
  return date ? with_time(*date, with_colons(text)) : std::nullopt;
}

// "(02/14/2024 09:30)" of MDaemon.
std::string_view without_brackets(std::string_view text) {
  text = trim(text);
  constexpr std::string_view open = "/Date(", close = ")/";  // of ConvertTo-Json
  if (text.starts_with(open) && text.ends_with(close)) {
    return text.substr(open.size(), text.size() - open.size() - close.size());
  }
  const bool both = text.size() > 2 && text.front() == '(' && text.back() == ')';
  return both ? trim(text.substr(1, text.size() - 2)) : text;
}

std::optional<Parts> parts_of(std::string_view text) {
  text = without_brackets(text);
  std::string_view rest = text;
  auto parts = scan_parts(rest);
  if (!parts) {
    rest = text;
    if (!scan_seconds(rest) || !skip_gap(rest)) return std::nullopt;
    parts = scan_parts(rest);
  }
  if (!parts || parts->first.count > 2 || parts->first.value > 31 || parts->second.value > 31) {
    return std::nullopt;
  }
  if (parts->first.value == 0 || parts->second.value == 0) return std::nullopt;
  return parts;
}

}  // namespace

std::optional<std::string> serial_to_iso(double serial, bool date_1904) {
  constexpr double last = 2'958'465;  // 9999-12-31 in the 1900 system
  if (!(serial >= 1) || serial > last) return std::nullopt;
  auto day = static_cast<std::int64_t>(std::floor(serial));
  auto seconds = static_cast<std::int64_t>(std::llround((serial - std::floor(serial)) * 86400));
  if (seconds == 86400) { seconds = 0; ++day; }
  if (!date_1904 && day == 60) return std::nullopt;
  const Date epoch = date_1904 ? Date{1904, 1, 1} : day < 60 ? Date{1899, 12, 31}
                                                             : Date{1899, 12, 30};
  const Date date = from_days(to_days(epoch) + day);
  if (date.year > 9999) return std::nullopt;
  if (seconds == 0) return to_iso(date);
  return fmt::format("{}T{:02}:{:02}:{:02}", to_iso(date), seconds / 3600, seconds / 60 % 60,
                     seconds % 60);
}

void ColumnDates::see(std::string_view text) {
  const auto parts = parts_of(text);
  if (!parts) return;
  parted_ = true;
  day_first_ += parts->first.value > 12;
  month_first_ += parts->second.value > 12;
  const std::string_view tail = text.size() > 2 ? text.substr(text.size() - 2) : "";
  am_pm_ = am_pm_ || tail == "AM" || tail == "PM" || tail == "am" || tail == "pm";
}

DayOrder ColumnDates::order() const {
  if (day_first_ == 0 && month_first_ == 0) return DayOrder::unclear;
  if (day_first_ > kClearly * month_first_) return DayOrder::dmy;
  if (month_first_ > kClearly * day_first_) return DayOrder::mdy;
  return DayOrder::mixed;
}

DayOrder decide_order(std::span<const std::string_view> values) {
  ColumnDates seen;
  for (const std::string_view value : values) seen.see(value);
  return seen.order();
}

bool depends_on_order(std::string_view text) {
  const auto parts = parts_of(text);
  return parts && parts->first.value <= 12 && parts->second.value <= 12 &&
         parts->first.value != parts->second.value;
}

std::optional<Moment> parse_moment(std::string_view text, DayOrder order) {
  text = without_brackets(text);
  if (text.empty() || text.size() > 64) return std::nullopt;
  std::string_view rest = text;
  if (const auto date = scan_date(rest, order)) return with_time(*date, rest);
  rest = text;
  if (const auto seconds = scan_seconds(rest); seconds && skip_gap(rest)) {
    const auto date = scan_date(rest, order);
    if (date && rest.empty()) return at(*date, seconds);
    return std::nullopt;
  }
  if (const auto named = with_named_month(text)) return named;
  if (const auto utc = directory::generalized_time_cell(text)) {  // 20240105013000Z
    return Moment{*utc, false, local_date(*utc)};
  }
  if (!is_digit(text.front())) {
    const std::string folded = fold(text);
    rest = folded;
    if (const auto date = scan_words(rest)) return with_time(*date, rest);
    return std::nullopt;
  }
  if (const auto counted = from_counter(text)) return counted;
  return from_serial(text);
}

}  // namespace khien
