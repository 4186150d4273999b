// Dates of exports: a small scanner instead of locale-dependent library functions.
#include "collect/table/dates.h"

#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "base/text.h"
#include "collect/directory/times.h"

namespace khien {
namespace {

std::optional<int> digits(std::string_view& text, std::size_t most) {
  std::size_t n = 0;
  while (n < text.size() && text[n] >= '0' && text[n] <= '9') ++n;
  if (n == 0 || n > most) return std::nullopt;
  int out = 0;
  std::from_chars(text.data(), text.data() + n, out);
  text.remove_prefix(n);
  return out;
}

bool skip(std::string_view& text, char c) {
  if (text.empty() || text.front() != c) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<Date> scan_date(std::string_view& text) {
  const auto first = digits(text, 4);
  if (!first || text.empty()) return std::nullopt;
  const char mark = text.front();
  if (mark != '/' && mark != '-' && mark != '.') return std::nullopt;
  skip(text, mark);
  const auto second = digits(text, 2);
  if (!second || !skip(text, mark)) return std::nullopt;
  const auto third = digits(text, 4);
  if (!third) return std::nullopt;
  const Date out = *first > 31 ? Date{*first, *second, *third} : Date{*third, *second, *first};
  if (!is_valid(out) || out.year < 1900 || out.year > 2199) return std::nullopt;
  return out;
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
    second = *s;
    if (skip(text, '.') && !digits(text, 9)) return std::nullopt;
  }
  if (*hour > 23 || *minute > 59 || second > 59) return std::nullopt;
  return *hour * 3600 + *minute * 60 + second;
}

Moment at(const Date& day, std::optional<int> seconds) {
  Moment out;
  out.day = day;
  out.day_only = !seconds;
  out.at_ms = start_of_day_ms(day) + std::int64_t{1000} * seconds.value_or(0);
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

std::optional<Moment> parse_moment(std::string_view text) {
  text = trim(text);
  std::string_view rest = text;
  if (const auto date = scan_date(rest)) {
    if (rest.empty()) return at(*date, std::nullopt);
    if (rest.front() != ' ' && rest.front() != 'T') return std::nullopt;
    rest.remove_prefix(1);
    const auto seconds = scan_seconds(rest);
    if (!seconds || !rest.empty()) return std::nullopt;
    return at(*date, seconds);
  }
  rest = text;
  if (const auto seconds = scan_seconds(rest); seconds && skip(rest, ' ')) {
    const auto date = scan_date(rest);
    if (date && rest.empty()) return at(*date, seconds);
    return std::nullopt;
  }
  if (const auto utc = directory::generalized_time_cell(text)) {  // 20240105013000Z
    return Moment{*utc, false, local_date(*utc)};
  }
  return from_serial(text);
}

}  // namespace khien
