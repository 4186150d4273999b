// What an option must look like, told before any file is read. The words come from main.cc.
#pragma once

#include <CLI/CLI.hpp>

#include "base/calendar.h"

namespace khien::app {

inline constexpr const char* kNoDay = "no day of 1990 to 2100";
inline constexpr const char* kNoSpan = "no period of 1 day to 100 years";

// A day as YYYY-MM-DD, of the years calendars and laws are known for.
inline CLI::Validator is_day() {
  return CLI::Validator(
      [](std::string& text) -> std::string {
        const auto day = parse_date(text);
        return day && day->year >= 1990 && day->year <= 2100 ? "" : kNoDay;
      },
      "YYYY-MM-DD");
}

// A period of ISO 8601 that is longer than nothing and no longer than a hundred years.
inline CLI::Validator is_span() {
  return CLI::Validator(
      [](std::string& text) -> std::string {
        const auto span = parse_period(text);
        const bool fits = span && span->months >= 0 && span->days >= 0 &&
                          span->months + span->days > 0 && span->months <= 1200 &&
                          span->days <= 36'600;
        return fits ? "" : kNoSpan;
      },
      "P3M");
}

}  // namespace khien::app
