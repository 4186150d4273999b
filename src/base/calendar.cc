// Civil-date arithmetic after Howard Hinnant's published day-count algorithms, via std::chrono.
#include "base/calendar.h"

#include <algorithm>
#include <chrono>

#include <fmt/format.h>

#include "base/errors.h"

namespace khien {
namespace ch = std::chrono;

namespace {
std::int64_t floor_div(std::int64_t a, std::int64_t b) {
  return a / b - ((a % b != 0 && (a % b < 0) != (b < 0)) ? 1 : 0);
}

// Instants come from other machines too: what lies outside the years 1 to 9999 counts as their end.
std::int64_t to_local(std::int64_t at_ms) {
  constexpr std::int64_t first = -62'135'596'800'000;
  constexpr std::int64_t last = 253'402'300'799'999;
  return std::clamp(at_ms, first, last - kVietnamOffsetMs) + kVietnamOffsetMs;
}

bool read_digits(std::string_view text, std::size_t from, std::size_t count, int& out) {
  out = 0;
  for (std::size_t i = from; i < from + count; ++i) {
    if (i >= text.size() || text[i] < '0' || text[i] > '9') return false;
    out = out * 10 + (text[i] - '0');
  }
  return true;
}
}  // namespace

int days_in_month(int year, int month) {
  const ch::year_month_day_last last{ch::year{year} / ch::month(static_cast<unsigned>(month)) /
                                     ch::last};
  return static_cast<int>(static_cast<unsigned>(last.day()));
}

bool is_valid(const Date& d) {
  return d.year >= 1 && d.year <= 9999 && d.month >= 1 && d.month <= 12 && d.day >= 1 &&
         d.day <= days_in_month(d.year, d.month);
}

std::int64_t to_days(const Date& d) {
  const ch::year_month_day ymd{ch::year{d.year}, ch::month(static_cast<unsigned>(d.month)),
                               ch::day(static_cast<unsigned>(d.day))};
  return ch::sys_days{ymd}.time_since_epoch().count();
}

Date from_days(std::int64_t days) {
  const ch::year_month_day ymd{ch::sys_days{ch::days{days}}};
  return {static_cast<int>(ymd.year()), static_cast<int>(static_cast<unsigned>(ymd.month())),
          static_cast<int>(static_cast<unsigned>(ymd.day()))};
}

std::int64_t start_of_day_ms(const Date& date) { return to_days(date) * kDayMs - kVietnamOffsetMs; }
std::int64_t end_of_day_ms(const Date& date) { return start_of_day_ms(date) + kDayMs - 1; }

Date local_date(std::int64_t at_ms) {
  return from_days(floor_div(to_local(at_ms), kDayMs));
}

Date add(const Date& date, const Period& period) {
  const std::int64_t month0 = std::int64_t{date.year} * 12 + date.month - 1 + period.months;
  Date moved{static_cast<int>(floor_div(month0, 12)), static_cast<int>(month0 % 12) + 1, date.day};
  moved.day = std::min(moved.day, days_in_month(moved.year, moved.month));
  return period.days == 0 ? moved : from_days(to_days(moved) + period.days);
}

std::int64_t add(std::int64_t at_ms, const Period& period) {
  const std::int64_t local = to_local(at_ms);
  const std::int64_t day = floor_div(local, kDayMs);
  return to_days(add(from_days(day), period)) * kDayMs + (local - day * kDayMs) - kVietnamOffsetMs;
}

Result<Date> parse_date(std::string_view text) {
  Date d;
  const bool shape = text.size() == 10 && text[4] == '-' && text[7] == '-' &&
                     read_digits(text, 0, 4, d.year) && read_digits(text, 5, 2, d.month) &&
                     read_digits(text, 8, 2, d.day);
  if (!shape || !is_valid(d)) return fail(err::date_invalid, "", {{"value", std::string(text)}});
  return d;
}

Result<Period> parse_period(std::string_view text) {
  Period p;
  bool any = false;
  std::size_t i = 1;
  const std::string order = "YMWD";
  std::size_t next = 0;
  bool ok = text.size() >= 3 && text[0] == 'P';
  while (ok && i < text.size()) {
    int n = 0;
    std::size_t digits = 0;
    while (i < text.size() && text[i] >= '0' && text[i] <= '9' && digits < 4) {
      n = n * 10 + (text[i++] - '0');
      ++digits;
    }
    const std::size_t unit = i < text.size() ? order.find(text[i++]) : std::string::npos;
    ok = digits > 0 && digits < 4 && unit != std::string::npos && unit >= next;
    if (!ok) break;
    next = unit + 1;
    any = true;
    if (unit == 0) p.months += 12 * n;
    if (unit == 1) p.months += n;
    if (unit == 2) p.days += 7 * n;
    if (unit == 3) p.days += n;
  }
  if (!ok || !any) return fail(err::period_invalid, "", {{"value", std::string(text)}});
  return p;
}

std::string to_iso(const Date& d) {
  return fmt::format("{:04}-{:02}-{:02}", d.year, d.month, d.day);
}

std::string to_iso_instant(std::int64_t at_ms) {
  const std::int64_t local = to_local(at_ms);
  const std::int64_t day = floor_div(local, kDayMs);
  const std::int64_t rest = local - day * kDayMs;
  return fmt::format("{}T{:02}:{:02}:{:02}.{:03}+07:00", to_iso(from_days(day)), rest / 3'600'000,
                     rest / 60'000 % 60, rest / 1000 % 60, rest % 1000);
}

double approximate_days(const Period& period) { return period.months * 30.436875 + period.days; }

}  // namespace khien
