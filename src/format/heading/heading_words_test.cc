#include "format/heading/heading_words.h"

#include <gtest/gtest.h>

#include <set>

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

TEST(HeadingWords, SayWhetherTheMarksWereMissing) {
  HeadingWords words;
  ASSERT_TRUE(words.add("Hạn dùng", "ends"));
  const auto found = [&](const char* written) {
    const HeadingWords::Found f = words.find_key(HeadingWords::key(written));
    return std::string(f.meaning) + (f.bare ? " bare" : "");
  };
  EXPECT_EQ(found("HẠN DÙNG (ngày)"), "ends");
  EXPECT_EQ(found("Han dung"), "ends bare");
  EXPECT_EQ(found("hạn dung"), "");
  const std::vector<std::string> keys = words.keys();
  EXPECT_EQ(std::set(keys.begin(), keys.end()), (std::set<std::string>{"hạn dùng", "han dung"}));
}

TEST(HeadingWords, AreNoLongerThanAHeading) {
  const std::string longest(200, 'a');
  EXPECT_EQ(HeadingWords::key(longest), longest);
  EXPECT_EQ(HeadingWords::key(longest + "a"), "");
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
