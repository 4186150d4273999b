#include "collect/table/dates.h"

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

TEST(TableDates, WhatIsNoDateIsNotGuessed) {
  for (const char* text : {"", "31/02/2026", "03/25/2026", "5/3/26", "5/3-2026", "2026", "12345",
                           "5/3/2026 25:00", "5/3/2026x", "hôm qua", "1/1/1899", "99999999999"}) {
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
