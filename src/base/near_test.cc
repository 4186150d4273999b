#include "base/near.h"

#include <gtest/gtest.h>

namespace khien {
namespace {

TEST(Near, CountsWhatMustChange) {
  EXPECT_EQ(edit_distance("", "abc"), 3U);
  EXPECT_EQ(edit_distance("register", "regsiter"), 1U);
  EXPECT_EQ(edit_distance("abc", "ca"), 3U);
  EXPECT_EQ(edit_distance("seed4", "seed4"), 0U);
}

TEST(Near, NamesTheNearestAndNothingForAStrangeWord) {
  const std::vector<std::string> words = {"assess", "compile", "report"};
  EXPECT_EQ(nearest("asess", words), "assess");
  EXPECT_EQ(nearest("repot", words), "report");
  EXPECT_EQ(nearest("lits", {"list", "template"}), "list");
  EXPECT_EQ(nearest("xyz", words), "");
  EXPECT_EQ(nearest("asess", {}), "");
}

}  // namespace
}  // namespace khien
