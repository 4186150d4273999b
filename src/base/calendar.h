// Civil dates and ISO 8601 periods, always in Vietnam's time (+07:00, no daylight saving since
// 1975). "03 tháng" is P3M, not 90 days: months are added on the calendar and clamped to the end
// of the month (31 January + P1M = 28 or 29 February).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"

namespace khien {

inline constexpr std::int64_t kDayMs = 86'400'000;
inline constexpr std::int64_t kVietnamOffsetMs = 7 * 3'600'000;

struct Date {
  int year = 0;
  int month = 0;  // 1-12
  int day = 0;    // 1-31
  friend bool operator==(const Date&, const Date&) = default;
  friend auto operator<=>(const Date&, const Date&) = default;
};

struct Period {  // ISO 8601: PnYnMnWnD, all parts >= 0, no time part
  int months = 0;
  int days = 0;
  friend bool operator==(const Period&, const Period&) = default;
};

[[nodiscard]] bool is_valid(const Date& date);
[[nodiscard]] int days_in_month(int year, int month);
[[nodiscard]] std::int64_t to_days(const Date& date);    // days since 1970-01-01
[[nodiscard]] Date from_days(std::int64_t days);
[[nodiscard]] std::int64_t start_of_day_ms(const Date& date);  // 00:00 +07:00 as UTC ms
[[nodiscard]] std::int64_t end_of_day_ms(const Date& date);    // the last ms of the day
[[nodiscard]] Date local_date(std::int64_t at_ms);
[[nodiscard]] Date add(const Date& date, const Period& period);
[[nodiscard]] std::int64_t add(std::int64_t at_ms, const Period& period);  // keeps time of day

// "2024-05-01" only; K0041 otherwise.
[[nodiscard]] Result<Date> parse_date(std::string_view text);
// "P3M", "P1Y6M", "P2W", "P90D"; K0040 otherwise. At most 999 of each part.
[[nodiscard]] Result<Period> parse_period(std::string_view text);
[[nodiscard]] std::string to_iso(const Date& date);
[[nodiscard]] std::string to_iso_instant(std::int64_t at_ms);  // 2024-05-01T07:00:00.000+07:00
// Shorter means stricter; months count 30.44 days only for this comparison.
[[nodiscard]] double approximate_days(const Period& period);

}  // namespace khien
