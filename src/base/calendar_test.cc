// Deadlines of orders: each off-by-one here is a wrong verdict somewhere else.
#include "base/calendar.h"

#include <limits>

#include <gtest/gtest.h>

namespace khien {
namespace {

// The slow twin: counts one day at a time and knows only the rule of leap years.
bool is_leap(int y) { return (y % 4 == 0 && y % 100 != 0) || y % 400 == 0; }
int month_length(int y, int m) {
  const int length[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return m == 2 && is_leap(y) ? 29 : length[m - 1];
}
Date next_day(Date d) {
  if (++d.day > month_length(d.year, d.month)) {
    d.day = 1;
    if (++d.month > 12) {
      d.month = 1;
      ++d.year;
    }
  }
  return d;
}
Date slow_add(Date d, const Period& p) {
  for (int i = 0; i < p.months; ++i) {
    if (++d.month > 12) {
      d.month = 1;
      ++d.year;
    }
  }
  d.day = std::min(d.day, month_length(d.year, d.month));
  for (int i = 0; i < p.days; ++i) d = next_day(d);
  return d;
}

TEST(Calendar, agrees_with_counting_day_by_day_for_300_years) {
  Date d{1850, 1, 1};
  std::int64_t n = to_days(d);
  for (; d.year < 2150; d = next_day(d), ++n) {
    ASSERT_EQ(to_days(d), n) << to_iso(d);
    ASSERT_EQ(from_days(n), d);
    ASSERT_TRUE(is_valid(d));
    ASSERT_EQ(days_in_month(d.year, d.month), month_length(d.year, d.month));
  }
  EXPECT_EQ(to_days({1970, 1, 1}), 0);
}

TEST(Calendar, adds_periods_as_the_slow_twin_does) {
  Date d{2019, 12, 25};
  for (int i = 0; i < 900; ++i, d = next_day(d)) {
    for (const Period& p : {Period{0, 0}, Period{1, 0}, Period{3, 0}, Period{6, 0}, Period{12, 0},
                            Period{0, 1}, Period{0, 90}, Period{1, 1}, Period{13, 40}}) {
      ASSERT_EQ(add(d, p), slow_add(d, p)) << to_iso(d) << " + " << p.months << "m " << p.days;
    }
  }
}

TEST(Calendar, clamps_to_the_end_of_the_month) {
  EXPECT_EQ(add(Date{2023, 1, 31}, {1, 0}), (Date{2023, 2, 28}));
  EXPECT_EQ(add(Date{2024, 1, 31}, {1, 0}), (Date{2024, 2, 29}));
  EXPECT_EQ(add(Date{2024, 2, 29}, {12, 0}), (Date{2025, 2, 28}));
  EXPECT_EQ(add(Date{2024, 11, 30}, {3, 0}), (Date{2025, 2, 28}));
}

TEST(Calendar, three_months_are_not_ninety_days) {
  EXPECT_EQ(add(Date{2024, 2, 1}, *parse_period("P3M")), (Date{2024, 5, 1}));
  EXPECT_EQ(add(Date{2024, 2, 1}, *parse_period("P90D")), (Date{2024, 5, 1}));
  EXPECT_EQ(add(Date{2023, 2, 1}, *parse_period("P3M")), (Date{2023, 5, 1}));
  EXPECT_EQ(add(Date{2023, 2, 1}, *parse_period("P90D")), (Date{2023, 5, 2}));
}

TEST(Calendar, knows_the_leap_years) {
  EXPECT_TRUE(is_valid({2000, 2, 29}));
  EXPECT_FALSE(is_valid({1900, 2, 29}));
  EXPECT_TRUE(is_valid({2024, 2, 29}));
  EXPECT_FALSE(is_valid({2023, 2, 29}));
  EXPECT_FALSE(is_valid({2023, 4, 31}));
  EXPECT_FALSE(is_valid({2023, 0, 1}));
  EXPECT_FALSE(is_valid({2023, 13, 1}));
  EXPECT_FALSE(is_valid({2023, 1, 0}));
  EXPECT_FALSE(is_valid({0, 1, 1}));
}

TEST(Calendar, a_day_is_seven_hours_ahead_of_utc) {
  const Date d{2024, 5, 1};
  EXPECT_EQ(to_iso_instant(start_of_day_ms(d)), "2024-05-01T00:00:00.000+07:00");
  EXPECT_EQ(to_iso_instant(end_of_day_ms(d)), "2024-05-01T23:59:59.999+07:00");
  EXPECT_EQ(start_of_day_ms(d), 1714496400000);  // 2024-04-30T17:00:00Z
  EXPECT_EQ(local_date(start_of_day_ms(d) - 1), (Date{2024, 4, 30}));
  EXPECT_EQ(local_date(start_of_day_ms(d)), d);
  EXPECT_EQ(local_date(end_of_day_ms(d)), d);
  EXPECT_EQ(local_date(end_of_day_ms(d) + 1), (Date{2024, 5, 2}));
  EXPECT_EQ(local_date(-1), (Date{1970, 1, 1}));
  EXPECT_EQ(local_date(-kVietnamOffsetMs - 1), (Date{1969, 12, 31}));
}

TEST(Calendar, adding_to_an_instant_keeps_the_time_of_day) {
  const std::int64_t late = end_of_day_ms({2024, 1, 31});
  EXPECT_EQ(to_iso_instant(add(late, {1, 0})), "2024-02-29T23:59:59.999+07:00");
  const std::int64_t early = start_of_day_ms({1960, 3, 31});
  EXPECT_EQ(to_iso_instant(add(early, {1, 1})), "1960-05-01T00:00:00.000+07:00");
}

TEST(Calendar, survives_instants_no_calendar_has) {
  for (const std::int64_t at : {std::numeric_limits<std::int64_t>::min(),
                                std::numeric_limits<std::int64_t>::max()}) {
    EXPECT_TRUE(is_valid(local_date(at))) << to_iso(local_date(at));
    EXPECT_FALSE(to_iso_instant(at).empty());
    static_cast<void>(add(at, {999 * 13, 999 * 8}));
  }
}

TEST(Calendar, reads_dates_of_one_form_only) {
  EXPECT_EQ(*parse_date("2024-02-29"), (Date{2024, 2, 29}));
  for (const char* bad : {"2023-02-29", "2024-2-29", "29/02/2024", "2024-02-29 ", "", "2024-02",
                          "2024-13-01", "2024/02/29", "-024-02-29", "0000-01-01"}) {
    const auto got = parse_date(bad);
    ASSERT_FALSE(got) << bad;
    EXPECT_EQ(got.error().code, "K0041");
    EXPECT_EQ(got.error().args.at("value"), bad);
  }
}

TEST(Calendar, reads_periods) {
  EXPECT_EQ(*parse_period("P3M"), (Period{3, 0}));
  EXPECT_EQ(*parse_period("P1Y6M"), (Period{18, 0}));
  EXPECT_EQ(*parse_period("P2W"), (Period{0, 14}));
  EXPECT_EQ(*parse_period("P1Y2M3W4D"), (Period{14, 25}));
  EXPECT_EQ(*parse_period("P0D"), (Period{0, 0}));
  EXPECT_EQ(*parse_period("P999D"), (Period{0, 999}));
  for (const char* bad : {"P1000D", "P", "3M", "P3", "PM", "P3m", "P3M2Y", "P1D1D", "PT3H", "P-3M",
                          "P3M ", "P1.5M", "", "p3M"}) {
    const auto got = parse_period(bad);
    ASSERT_FALSE(got) << bad;
    EXPECT_EQ(got.error().code, "K0040");
  }
}

TEST(Calendar, shorter_periods_are_stricter) {
  EXPECT_LT(approximate_days(*parse_period("P3M")), approximate_days(*parse_period("P180D")));
  EXPECT_LT(approximate_days(*parse_period("P90D")), approximate_days(*parse_period("P3M")));
}

}  // namespace
}  // namespace khien
