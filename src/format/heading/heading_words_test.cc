#include "format/heading/heading_words.h"

#include <gtest/gtest.h>

namespace khien {
namespace {

TEST(HeadingWords, AWholeWordIsFoundHoweverItIsDressed) {
  HeadingWords words;
  ASSERT_TRUE(words.add("Ngày cấp", "issued"));
  for (const char* written : {"Ngày cấp", "NGÀY  CẤP", "Ngày cấp (dd/mm/yyyy) *:", "ngay cap"}) {
    EXPECT_EQ(words.find(written), "issued") << written;
  }
  for (const char* other : {"Ngày cấp CCCD", "Ngày", "", "Ngày cáp", "ngày cap"}) {
    EXPECT_EQ(words.find(other), "") << other;
  }
  EXPECT_EQ(words.find(std::string(10'000, 'a')), "");
}

TEST(HeadingWords, AWordMeansOneThingUnlessSomebodyStatesIt) {
  HeadingWords words;
  EXPECT_TRUE(words.add("Hạn", "due"));
  EXPECT_TRUE(words.add("hạn:", "due"));
  EXPECT_FALSE(words.add("HẠN", "limit"));
  words.state("Hạn", "limit");
  EXPECT_EQ(words.find("Hạn"), "limit");
  HeadingWords all;
  EXPECT_EQ(all.add_all(Node::map({{"due", Node::list_of({"Hạn"})},
                                   {"limit", Node::list_of({"Mức", "hạn"})}})),
            "hạn");
}

}  // namespace
}  // namespace khien
