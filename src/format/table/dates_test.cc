#include "format/table/dates.h"

#include <gtest/gtest.h>

namespace khien {
namespace {

std::string moment_text(std::string_view text) {
  const auto m = parse_moment(text);
  if (!m) return "-";
  return m->day_only ? to_iso(m->day) : to_iso_instant(m->at_ms).substr(0, 19);
}

TEST(TableDates, OfficeFormsAreDayBeforeMonth) {
  for (const char* form : {"05/03/2026", "5/3/2026", "5-3-2026", "05.03.2026", "2026-03-05",
                           "2026/3/5", "46086"}) {
    EXPECT_EQ(moment_text(form), "2026-03-05") << form;
  }
  EXPECT_EQ(moment_text("05/03/2026 07:05"), "2026-03-05T07:05:00");
  EXPECT_EQ(moment_text("2026-03-05T23:59:59"), "2026-03-05T23:59:59");
  EXPECT_EQ(moment_text("07:05:09 5/3/2026"), "2026-03-05T07:05:09");
  EXPECT_EQ(moment_text("20260305003000.0Z"), "2026-03-05T07:30:00");
  EXPECT_EQ(moment_text("202603050030Z"), "2026-03-05T07:30:00");
  EXPECT_EQ(moment_text("46086.5"), "2026-03-05T12:00:00");
}

TEST(TableDates, ANamedMonthSaysWhichNumberIsTheDay) {
  for (const char* form : {"03-JUN-25", "3-Jun-2025", "03 June 2025", "Jun 3, 2025", "Jun 3 2025",
                           "jun/03/2025", "Tue, 3 Jun 2025", "Tuesday, June 3, 2025"}) {
    EXPECT_EQ(moment_text(form), "2025-06-03") << form;
  }
  EXPECT_EQ(moment_text("Jun  3 2025  4:05PM"), "2025-06-03T16:05:00");
  EXPECT_EQ(moment_text("jun/03/2025 16:05:09"), "2025-06-03T16:05:09");
  EXPECT_EQ(moment_text("Tue, 03 Jun 2025 16:05:09 +07"), "2025-06-03T16:05:09");
  EXPECT_EQ(moment_text("Tue, 03 Jun 2025 16:05:09 GMT"), "2025-06-03T23:05:09");
  EXPECT_EQ(moment_text("03-JUN-25 04.05.09.123456000 PM +07:00"), "2025-06-03T16:05:09");
  EXPECT_EQ(moment_text("03-SEPT-99"), "1999-09-03");
  for (const char* none : {"31-JUN-25", "03-JU-25", "JUN-25", "03-JUN-025", "Jun 2025",
                           "3 Juno 2025", "Mon", "03JUN25", "March", "may"}) {
    EXPECT_EQ(moment_text(none), "-") << none;
  }
}

TEST(TableDates, FormsOfOtherSystemsAreRead) {
  EXPECT_EQ(moment_text("5/1/2024 8:05:00 SA"), "2024-01-05T08:05:00");
  EXPECT_EQ(moment_text("5/1/2024 8:05:00 CH"), "2024-01-05T20:05:00");
  EXPECT_EQ(moment_text("05/01/2024 12:00:00 AM"), "2024-01-05T00:00:00");
  EXPECT_EQ(moment_text("05/01/2024 12:30 pm"), "2024-01-05T12:30:00");
  EXPECT_EQ(moment_text("14:05 CH, 05/01/2024"), "2024-01-05T14:05:00");
  EXPECT_EQ(moment_text("2024-01-05T08:00:00+07:00"), "2024-01-05T08:00:00");
  EXPECT_EQ(moment_text("2024-01-05T23:30:00Z"), "2024-01-06T06:30:00");
  EXPECT_EQ(parse_moment("2024-01-05T23:30:00.123Z")->day, (Date{2024, 1, 6}));
  EXPECT_EQ(moment_text("2024-01-05 08:00:00 +0900"), "2024-01-05T06:00:00");
  EXPECT_EQ(moment_text("20240105"), "2024-01-05");
  EXPECT_EQ(moment_text("ngày 05 tháng 01 năm 2024"), "2024-01-05");
  EXPECT_EQ(moment_text("Ngày 5 tháng 1 năm 2024"), "2024-01-05");
  EXPECT_EQ(moment_text("05/01/24"), "2024-01-05");
  EXPECT_EQ(moment_text("05-01-68"), "1968-01-05");
  EXPECT_EQ(moment_text("05-01-29"), "2029-01-05");  // Excel's own limit
  EXPECT_EQ(moment_text("05-01-30"), "1930-01-05");
  EXPECT_EQ(moment_text("05/01/2024 - 08:05"), "2024-01-05T08:05:00");
}

TEST(TableDates, AColumnShowsItsOrderAndADateAgainstItIsNotTurnedRound) {
  using Values = std::vector<std::string_view>;
  EXPECT_EQ(decide_order(Values{"01/02/2024", "23/01/2024"}), DayOrder::dmy);
  EXPECT_EQ(decide_order(Values{"01/02/2024 12:00:00 AM", "01/23/2024 12:00:00 AM", ""}),
            DayOrder::mdy);
  EXPECT_EQ(decide_order(Values{"01/02/2024", "2024-01-23", "46086", "-"}), DayOrder::unclear);
  EXPECT_EQ(decide_order(Values{"13/01/2024", "01/13/2024"}), DayOrder::mixed);
  Values slip(21, "13/01/2024");
  slip.push_back("01/13/2024");
  EXPECT_EQ(decide_order(slip), DayOrder::dmy);
  EXPECT_EQ(to_iso(parse_moment("01/02/2024", DayOrder::mdy)->day), "2024-01-02");
  EXPECT_EQ(to_iso(parse_moment("2024-02-01", DayOrder::mdy)->day), "2024-02-01");
  EXPECT_FALSE(parse_moment("23/01/2024", DayOrder::mdy));
  EXPECT_FALSE(parse_moment("01/02/2024", DayOrder::mixed));
  EXPECT_EQ(to_iso(parse_moment("13/02/2024", DayOrder::mixed)->day), "2024-02-13");
  EXPECT_TRUE(depends_on_order("01/02/2024 1:00:00 AM"));
  EXPECT_FALSE(depends_on_order("02/02/2024"));
  EXPECT_FALSE(depends_on_order("2024-01-02"));
}

TEST(TableDates, WhatIsNoDateIsNotGuessed) {
  for (const char* text :
       {"", "31/02/2026", "03/25/2026", "1.2.26", "5/3-2026", "5/3/026", "0/3/2026", "2026",
        "12345", "5/3/2026 25:00", "5/3/2026x", "hôm qua", "1/1/1899", "99999999999", "20241301",
        "5/3/2026 13:00 SA", "ngày 31 tháng 2 năm 2024", "5/3/2026 8:00 XX"}) {
    EXPECT_EQ(moment_text(text), "-") << text;
  }
}

TEST(TableDates, SerialsKnowExcelsFalseLeapDay) {
  EXPECT_EQ(serial_to_iso(1, false), "1900-01-01");
  EXPECT_EQ(serial_to_iso(59, false), "1900-02-28");
  EXPECT_EQ(serial_to_iso(60, false), std::nullopt);
  EXPECT_EQ(serial_to_iso(61, false), "1900-03-01");
  EXPECT_EQ(serial_to_iso(2'958'465, false), "9999-12-31");
  EXPECT_EQ(serial_to_iso(2'958'466, false), std::nullopt);
  EXPECT_EQ(serial_to_iso(0.5, false), std::nullopt);
  EXPECT_EQ(serial_to_iso(45000.999999, false), "2023-03-16");  // rounds into the next day
}

}  // namespace
}  // namespace khien
