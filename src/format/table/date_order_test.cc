#include "format/table/date_order.h"

#include <gtest/gtest.h>

#include "base/calendar.h"

namespace khien {
namespace {

TEST(DateOrderOfAFile, ReadsTimesOfBothHalvesOfTheDay) {
  DateOrder order;
  order.see("11/18/2026 8:00:00 PM");
  EXPECT_EQ(order.read("11/18/2026 8:00:00 PM")->at_ms,
            start_of_day_ms({2026, 11, 18}) + 20 * 3'600'000);
  EXPECT_EQ(order.read("11/1/2026 12:05:00 SA")->at_ms,
            start_of_day_ms({2026, 11, 1}) + 5 * 60'000);
  EXPECT_EQ(order.read("2026-11-18T08:00:00")->at_ms,
            start_of_day_ms({2026, 11, 18}) + 8 * 3'600'000);
  EXPECT_FALSE(order.read("18/11/2026"));
  EXPECT_FALSE(order.read("11/18/2026 25:00"));
  order.see("18/11/2026");
  EXPECT_TRUE(order.conflicting());
  EXPECT_FALSE(order.read("11/18/2026"));
}

}  // namespace
}  // namespace khien
