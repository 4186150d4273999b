// What an option must look like, told before any file is read. The words come from mistakes.cc.
#pragma once

#include <CLI/CLI.hpp>

#include "base/calendar.h"

namespace khien::app {

inline constexpr const char* kNoDay = "no day of 1990 to 2100";
inline constexpr const char* kNoSpan = "no period of 1 day to 100 years";
inline constexpr const char* kDayWord = "DAY";
inline constexpr const char* kSpanWord = "SPAN";

// A day, as 01/12/2026 (day first) or 2026-12-01, of the years calendars and laws are known for;
// the option holds the latter. To be given to transform().
[[nodiscard]] CLI::Validator is_day();
// A period of ISO 8601 that is longer than nothing and no longer than a hundred years.
[[nodiscard]] CLI::Validator is_span();

}  // namespace khien::app
