#include "app/option_checks.h"

#include <fmt/format.h>

namespace khien::app {
namespace {

// "1/12/2026", "01-12-2026" and "01.12.2026" as "2026-12-01"; what is no such day as it is.
std::string day_first(const std::string& text) {
  std::array<std::string, 3> parts;
  std::size_t part = 0;
  for (const char c : text) {
    const bool digit = c >= '0' && c <= '9';
    const bool split = c == '/' || c == '-' || c == '.';
    if (split) ++part;
    if ((!digit && !split) || part > 2) return text;
    if (digit) parts[part] += c;
  }
  const bool whole = part == 2 && !parts[0].empty() && parts[0].size() <= 2 &&
                     !parts[1].empty() && parts[1].size() <= 2 && parts[2].size() == 4;
  return whole ? fmt::format("{}-{:0>2}-{:0>2}", parts[2], parts[1], parts[0]) : text;
}

}  // namespace

CLI::Validator is_day() {
  return CLI::Validator(
      [](std::string& text) -> std::string {
        text = day_first(text);
        const auto day = parse_date(text);
        return day && day->year >= 1990 && day->year <= 2100 ? "" : kNoDay;
      },
      kDayWord);
}

CLI::Validator is_span() {
  return CLI::Validator(
      [](std::string& text) -> std::string {
        const auto span = parse_period(text);
        const bool fits = span && span->months >= 0 && span->days >= 0 &&
                          span->months + span->days > 0 && span->months <= 1200 &&
                          span->days <= 36'600;
        return fits ? "" : kNoSpan;
      },
      kSpanWord);
}

}  // namespace khien::app
