#include "hub/data/utf16.h"

#include <gtest/gtest.h>

namespace khien::hub {
namespace {

TEST(utf16, counts_what_a_browser_counts) {
  const Utf16Index index(U"a\U0001F4C4ế");  // 1, 2 and 1 units
  EXPECT_EQ(index.units(0), 0);
  EXPECT_EQ(index.units(1), 1);
  EXPECT_EQ(index.units(2), 3);
  EXPECT_EQ(index.units(3), 4);
  EXPECT_EQ(index.units(99), 4);
  EXPECT_EQ(index.point(1), 1);
  EXPECT_EQ(index.point(3), 2);
  EXPECT_EQ(index.point(99), 3);
  EXPECT_EQ(index.point(2), 2);  // within a pair: the character after it
}

}  // namespace
}  // namespace khien::hub
