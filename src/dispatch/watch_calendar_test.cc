// The lunar dates of content/calendar against the moon and the sun themselves: an own computation
// with the formulas of Jean Meeus, Astronomical Algorithms, 2nd ed.: true new moons (chapter 49)
// and the sun's apparent longitude (chapter 25), and the rules of the Vietnamese calendar as Hồ
// Ngọc Đức describes them (www.informatik.uni-leipzig.de/~duc/amlich/calrules_vn.html): a month
// begins on the day of the new moon, the winter solstice is in month 11, in a year of thirteen
// months the first month without a principal term is the leap one; days are counted at UTC+7.
#include "dispatch/watch_calendar.h"

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>

namespace khien {
namespace {

constexpr double kRadian = 3.14159265358979323846 / 180;
double sine(double degrees) { return std::sin(degrees * kRadian); }

struct MoonTerm {
  double days;
  int eccentricity;  // power of E
  int m, moon, f;    // multiples of M, M', F
};
const MoonTerm kMoon[] = {
    {-0.40720, 0, 0, 1, 0},  {0.17241, 1, 1, 0, 0},   {0.01608, 0, 0, 2, 0},
    {0.01039, 0, 0, 0, 2},   {0.00739, 1, -1, 1, 0},  {-0.00514, 1, 1, 1, 0},
    {0.00208, 2, 2, 0, 0},   {-0.00111, 0, 0, 1, -2}, {-0.00057, 0, 0, 1, 2},
    {0.00056, 1, 1, 2, 0},   {-0.00042, 0, 0, 3, 0},  {0.00042, 1, 1, 0, 2},
    {0.00038, 1, 1, 0, -2},  {-0.00024, 1, -1, 2, 0}, {-0.00007, 0, 2, 1, 0},
    {0.00004, 0, 0, 2, -2},  {0.00004, 0, 3, 0, 0},   {0.00003, 0, 1, 1, -2},
    {0.00003, 0, 0, 2, 2},   {-0.00003, 0, 1, 1, 2},  {0.00003, 0, -1, 1, 2},
    {-0.00002, 0, -1, 1, -2}, {-0.00002, 0, 1, 3, 0}, {0.00002, 0, 0, 4, 0}};
const double kPlanets[][3] = {
    {299.77, 0.107408, 325}, {251.88, 0.016321, 165},  {251.83, 26.651886, 164},
    {349.42, 36.412478, 126}, {84.66, 18.206239, 110}, {141.74, 53.303771, 62},
    {207.14, 2.453732, 60},  {154.84, 7.306860, 56},   {34.52, 27.261239, 47},
    {207.19, 0.121824, 42},  {291.34, 1.844379, 40},   {161.72, 24.198154, 37},
    {239.56, 25.513099, 35}, {331.55, 3.592518, 23}};

constexpr double kClockLead = 72.0 / 86400;  // dynamical time is about this many days ahead of UT

// New moon number k (0 = 6 January 2000) as a Julian day, universal time.
double new_moon(int k) {
  const double t = k / 1236.85;
  const double t2 = t * t;
  const double e = 1 - 0.002516 * t - 0.0000074 * t2;
  const double m = 2.5534 + 29.10535670 * k - 0.0000014 * t2;
  const double moon = 201.5643 + 385.81693528 * k + 0.0107582 * t2 + 0.00001238 * t2 * t;
  const double f = 160.7108 + 390.67050284 * k - 0.0016118 * t2 - 0.00000227 * t2 * t;
  const double node = 124.7746 - 1.56375588 * k + 0.0020672 * t2;
  double day = 2451550.09766 + 29.530588861 * k + 0.00015437 * t2 - 0.00000015 * t2 * t;
  for (const MoonTerm& term : kMoon) {
    day += term.days * std::pow(e, term.eccentricity) *
           sine(term.m * m + term.moon * moon + term.f * f);
  }
  day -= 0.00017 * sine(node);
  for (const auto& p : kPlanets) {
    day += p[2] * 1e-6 * sine(p[0] + p[1] * k - (&p == kPlanets ? 0.009173 * t2 : 0));
  }
  return day - kClockLead;
}

// Which twelfth of the ecliptic the sun is in: 0 from the March equinox, 9 from the winter
// solstice.
int sun_sector(double julian_day) {
  const double t = (julian_day + kClockLead - 2451545.0) / 36525;
  const double m = 357.52911 + 35999.05029 * t - 0.0001537 * t * t;
  const double centre = (1.914602 - 0.004817 * t - 0.000014 * t * t) * sine(m) +
                        (0.019993 - 0.000101 * t) * sine(2 * m) + 0.000289 * sine(3 * m);
  const double longitude = 280.46646 + 36000.76983 * t + 0.0003032 * t * t + centre - 0.00569 -
                           0.00478 * sine(125.04 - 1934.136 * t);
  return static_cast<int>(std::floor((longitude - 360 * std::floor(longitude / 360)) / 30));
}

class Sky {  // the calendar of one time zone; days are those since 1970-01-01
 public:
  explicit Sky(double hours_east) : zone_(hours_east / 24) {}

  [[nodiscard]] Date lunar_day(int year, int month, int day) const {
    const int winter = month_of_solstice(year - 1);
    const int next = month_of_solstice(year);
    int leap = next;  // none
    for (int k = winter + 1; next - winter == 13 && k < next; ++k) {
      if (sector_at_midnight(first_day(k)) == sector_at_midnight(first_day(k + 1))) {
        leap = k;
        break;
      }
    }
    int k = winter + month + 1;  // month 11 is `winter`, month 12 the next
    if (k >= leap) ++k;
    return from_days(first_day(k) + day - 1);
  }

 private:
  [[nodiscard]] std::int64_t first_day(int k) const {
    return static_cast<std::int64_t>(std::floor(new_moon(k) + 0.5 + zone_)) - 2440588;
  }
  [[nodiscard]] int sector_at_midnight(std::int64_t day) const {
    return sun_sector(static_cast<double>(day) + 2440587.5 - zone_);
  }
  // The last new moon on or before the day of the winter solstice of `year`.
  [[nodiscard]] int month_of_solstice(int year) const {
    std::int64_t day = to_days(Date{year, 12, 18});
    while (sector_at_midnight(day + 1) != 9) ++day;
    int k = static_cast<int>((year - 2000) * 12.3685) + 14;
    while (first_day(k) > day) --k;
    return k;
  }
  double zone_;
};

WatchCalendar our_calendar() {
  const auto calendar = WatchCalendar::load(*Content::open(built_in_content()));
  EXPECT_TRUE(calendar) << to_string(calendar.error());
  return *calendar;
}

TEST(WatchCalendar, LunarHolidaysAgreeWithTheMoonAndTheSunAtHanoi) {
  const Sky hanoi(7);
  const WatchCalendar calendar = our_calendar();
  for (int year = 2017; year <= 2035; ++year) {
    const auto& tet = calendar.find("tet")->years;
    const auto& kings = calendar.find("hung_kings")->years;
    ASSERT_TRUE(tet.contains(year) && kings.contains(year)) << year;
    EXPECT_EQ(to_iso(tet.at(year)), to_iso(hanoi.lunar_day(year, 1, 1)));
    EXPECT_EQ(to_iso(kings.at(year)), to_iso(hanoi.lunar_day(year, 3, 10)));
  }
}
TEST(WatchCalendar, TheComputationKnowsYearsInWhichHanoiAndBeijingDiffer) {
  const Sky hanoi(7);
  const Sky beijing(8);
  EXPECT_EQ(to_iso(hanoi.lunar_day(1985, 1, 1)), "1985-01-21");
  EXPECT_EQ(to_iso(beijing.lunar_day(1985, 1, 1)), "1985-02-20");
  EXPECT_EQ(to_iso(hanoi.lunar_day(2007, 1, 1)), "2007-02-17");
  EXPECT_EQ(to_iso(beijing.lunar_day(2007, 1, 1)), "2007-02-18");
  EXPECT_EQ(to_iso(hanoi.lunar_day(2030, 1, 1)), "2030-02-02");
  EXPECT_EQ(to_iso(beijing.lunar_day(2030, 1, 1)), "2030-02-03");
}
TEST(WatchCalendar, EveryHolidayOfTheLawIsThereEveryYear) {
  const WatchCalendar calendar = our_calendar();
  for (int year = 2017; year <= 2035; ++year) {
    for (const char* id : {"new_year", "tet", "hung_kings", "april_may", "national_day"}) {
      ASSERT_NE(calendar.find(id), nullptr) << id;
      EXPECT_TRUE(calendar.find(id)->days(year)) << id << year;
    }
  }
  EXPECT_FALSE(calendar.find("culture_day")->days(2025));
  EXPECT_FALSE(calendar.find("culture_day")->verified);
}
TEST(WatchCalendar, ABreakHoldsItsHolidayAndIsNoLongerThanTwoWeeks) {
  const WatchCalendar calendar = our_calendar();
  for (const CalendarEntry& e : calendar.entries()) {
    EXPECT_FALSE(e.source.empty()) << e.id;
    for (const auto& [year, off] : e.days_off) {
      const auto days = e.days(year);
      ASSERT_TRUE(days) << e.id << year;
      EXPECT_LE(to_days(off.to) - to_days(off.from), 13) << e.id << year;
      EXPECT_TRUE(off.from <= days->second && off.to >= days->first) << e.id << year;
      EXPECT_TRUE(!off.verified || !off.source.empty()) << e.id << year;
    }
  }
}
TEST(WatchCalendar, WindowsCoverTheBreakAroundTheHoliday) {
  const WatchCalendar calendar = our_calendar();
  const auto found = calendar.between({2026, 2, 1}, {2026, 2, 28});
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].entry->id, "tet");
  EXPECT_EQ(to_iso(found[0].from), "2026-02-14");
  EXPECT_EQ(to_iso(found[0].to), "2026-02-22");
  EXPECT_TRUE(found[0].break_known);
  // the break of the new year begins in the old one
  ASSERT_EQ(calendar.between({2022, 12, 31}, {2022, 12, 31}).size(), 1u);
  EXPECT_TRUE(calendar.between({2022, 12, 30}, {2022, 12, 30}).empty());
  EXPECT_EQ(calendar.between({2027, 2, 10}, {2027, 2, 10}).size(), 1u);  // the last day counts
  EXPECT_TRUE(calendar.between({2027, 2, 11}, {2027, 2, 11}).empty());
}

class CalendarMistakes : public ::testing::TestWithParam<const char*> {};
TEST_P(CalendarMistakes, AreNamedWithTheirLine) {
  namespace fs = std::filesystem;
  const fs::path folder = fs::path(::testing::TempDir()) / "khien_calendar_mistakes";
  fs::remove_all(folder);
  fs::create_directories(folder / "calendar");
  std::ofstream(folder / "calendar/events.yaml")
      << "watch_windows:\n  fair:\n    " << GetParam() << "\n";
  const auto content = Content::open(built_in_content(), folder);
  ASSERT_TRUE(content);
  const auto calendar = WatchCalendar::load(*content);
  ASSERT_FALSE(calendar);
  EXPECT_TRUE(calendar.error().place.starts_with("calendar/events.yaml:"))
      << to_string(calendar.error());
  fs::remove_all(folder);
}
INSTANTIATE_TEST_SUITE_P(
    Calendar, CalendarMistakes,
    ::testing::Values("every_year: \"02-30\"", "verified: true",
                      "years: {\"2026\": \"2026-13-01\"}", "years: {\"26\": \"2026-01-01\"}",
                      "{every_year: \"01-01\", span: [1, 2]}",
                      "{every_year: \"01-01\", span: [-61, 0]}", "{every_year: \"01-01\", day: 3}",
                      "{every_year: \"01-01\", days_off: {\"2026\": {from: \"2026-01-02\", to: "
                      "\"2026-01-01\"}}}"));

}  // namespace
}  // namespace khien
