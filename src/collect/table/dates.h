// Dates as tables hold them. Day before month, always: an export with the month first is not
// guessed at, its dates with a day over 12 are unreadable and said to be.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/calendar.h"

namespace khien {

// An Excel serial day to "YYYY-MM-DD" or "YYYY-MM-DDTHH:MM:SS"; nullopt for time alone (< 1), the
// 29 February 1900 that never was, and what lies after 9999.
[[nodiscard]] std::optional<std::string> serial_to_iso(double serial, bool date_1904);

struct Moment {
  std::int64_t at_ms = 0;  // UTC; wall time is read as +07:00
  bool day_only = false;
  Date day;
};
// d/m/yyyy, d-m-yyyy, d.m.yyyy and yyyy-m-d (or with /), each with " hh:mm[:ss]" or "Thh:mm:ss" or
// none; "hh:mm[:ss] d/m/yyyy"; generalized time with a zone (20240105013000.0Z); serials from 20000
// (1954) to 80000 (2119). Years 1900-2199.
[[nodiscard]] std::optional<Moment> parse_moment(std::string_view text);

}  // namespace khien
