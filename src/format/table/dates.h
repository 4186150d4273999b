// Dates as tables hold them. Which number is the day is decided for a whole column, by its dates
// with a number over 12; where none has one it is day before month, as Vietnam writes. A date that
// cannot be under its column's order is unreadable and said to be, never turned round.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/calendar.h"

namespace khien {

// An Excel serial day to "YYYY-MM-DD" or "YYYY-MM-DDTHH:MM:SS"; nullopt for time alone (< 1), the
// 29 February 1900 that never was, and what lies after 9999.
[[nodiscard]] std::optional<std::string> serial_to_iso(double serial, bool date_1904);

struct Moment {
  std::int64_t at_ms = 0;  // UTC; wall time without an offset is read as +07:00
  bool day_only = false;
  Date day;
};

enum class DayOrder {
  dmy,
  mdy,
  unclear,  // nothing in the column shows it
  mixed,    // dates of both orders: only what cannot be misread is read
};

// What the dates of one column show.
class ColumnDates {
 public:
  void see(std::string_view text);
  [[nodiscard]] DayOrder order() const;
  [[nodiscard]] bool has_order() const { return parted_; }  // not ISO dates and serials alone
  [[nodiscard]] bool am_pm() const { return am_pm_; }  // "8:05:00 AM": written by an English system

 private:
  std::size_t day_first_ = 0;
  std::size_t month_first_ = 0;
  bool am_pm_ = false;
  bool parted_ = false;
};
[[nodiscard]] DayOrder decide_order(std::span<const std::string_view> values);
// d/m or m/d with both numbers at most 12 and different: the order matters.
[[nodiscard]] bool depends_on_order(std::string_view text);

// d/m/yyyy, d-m-yyyy, d.m.yyyy (under mdy the month first), d/m/yy, d-m-yy and dd.mm.yy (Excel's
// century: 00 to 29 are 2000 to 2029), yyyy-m-d or yyyy/m/d, yyyymmdd, "ngày 05 tháng 01 năm
// 2024", all in brackets or not. A time stands after " ", "T" or ", ", or before the date:
// hh:mm[:ss[.fff]] with AM, PM, SA (sáng) or CH (chiều), and after a T-time Z or an offset.
// With an English month: 12-OCT-26 (hh.mm.ss too), 12 Oct 2026, Mon, 12 Oct 2026, Oct 12, 2026.
// Generalized time with a zone (20240105013000.0Z). Seconds (10 digits) and milliseconds (13)
// since 1970 ("/Date(...)/" too), FILETIME (18). Serials from 20000 (1954) to 80000 (2119). Years
// 1900-2199.
[[nodiscard]] std::optional<Moment> parse_moment(std::string_view text,
                                                 DayOrder order = DayOrder::dmy);

}  // namespace khien
