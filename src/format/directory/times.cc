// Integers only: a double would lose the last milliseconds.
#include "format/directory/times.h"

#include <charconv>
#include <limits>

#include "base/calendar.h"

namespace khien::directory {
namespace {

constexpr std::int64_t kUnixEpochMs = 11'644'473'600'000;   // 1601-01-01 to 1970-01-01
constexpr std::int64_t kLastMs = 253'402'300'799'999;       // 9999-12-31 23:59:59.999
constexpr std::size_t kFraction = 9;                        // digits of a fraction that count

std::optional<int> two(std::string_view& text) {
  if (text.size() < 2) return std::nullopt;
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  if (!digit(text[0]) || !digit(text[1])) return std::nullopt;
  const int out = (text[0] - '0') * 10 + (text[1] - '0');
  text.remove_prefix(2);
  return out;
}

// ".5" of a unit of `unit_ms`; nullopt when there are no digits.
std::optional<std::int64_t> fraction_ms(std::string_view& text, std::int64_t unit_ms) {
  text.remove_prefix(1);
  std::int64_t value = 0;
  std::int64_t scale = 1;
  std::size_t n = 0;
  for (; n < text.size() && text[n] >= '0' && text[n] <= '9'; ++n) {
    if (n >= kFraction) continue;
    value = value * 10 + (text[n] - '0');
    scale *= 10;
  }
  if (n == 0) return std::nullopt;
  text.remove_prefix(n);
  return value * unit_ms / scale;
}

// How far local time is ahead of UTC.
std::optional<std::int64_t> zone_ms(std::string_view text) {
  if (text.empty()) return kVietnamOffsetMs;
  if (text == "Z") return 0;
  const char sign = text.front();
  if (sign != '+' && sign != '-') return std::nullopt;
  text.remove_prefix(1);
  const auto hours = two(text);
  if (!hours || *hours > 23) return std::nullopt;
  int minutes = 0;
  if (!text.empty()) {
    const auto m = two(text);
    if (!m || *m > 59 || !text.empty()) return std::nullopt;
    minutes = *m;
  }
  const std::int64_t ms = (*hours * 60LL + minutes) * 60'000;
  return sign == '+' ? ms : -ms;
}

}  // namespace

Filetime filetime(std::string_view text) {
  std::int64_t value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size() || value < 0) return {};
  if (value == 0) return {Filetime::Kind::never, true, 0};
  if (value == std::numeric_limits<std::int64_t>::max()) return {Filetime::Kind::never, false, 0};
  const std::int64_t ms = value / 10'000 - kUnixEpochMs;
  if (ms > kLastMs) return {};
  return {Filetime::Kind::instant, false, ms};
}

std::optional<std::int64_t> generalized_time(std::string_view text) {
  const auto century = two(text);
  const auto year = two(text);
  const auto month = two(text);
  const auto day = two(text);
  const auto hour = two(text);
  if (!century || !year || !month || !day || !hour) return std::nullopt;
  const Date date{*century * 100 + *year, *month, *day};
  if (date.year < 1 || !is_valid(date) || *hour > 23) return std::nullopt;
  std::int64_t ms = to_days(date) * kDayMs + *hour * 3'600'000LL;
  std::int64_t unit = 3'600'000;
  if (const auto minute = two(text)) {
    if (*minute > 59) return std::nullopt;
    ms += *minute * 60'000LL;
    unit = 60'000;
    if (const auto second = two(text)) {
      if (*second > 60) return std::nullopt;  // 60: a leap second
      ms += *second * 1000LL;
      unit = 1000;
    }
  }
  if (!text.empty() && (text.front() == '.' || text.front() == ',')) {
    const auto fraction = fraction_ms(text, unit);
    if (!fraction) return std::nullopt;
    ms += *fraction;
  }
  const auto zone = zone_ms(text);
  if (!zone) return std::nullopt;
  return ms - *zone;
}

std::optional<std::int64_t> generalized_time_cell(std::string_view text) {
  if (text.size() < 13 || text.size() > 40) return std::nullopt;
  const bool zoned = text.back() == 'Z' || text.find_first_of("+-") != std::string_view::npos;
  for (std::size_t i = 0; i < 12; ++i) {
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
  }
  return zoned ? generalized_time(text) : std::nullopt;
}

}  // namespace khien::directory
