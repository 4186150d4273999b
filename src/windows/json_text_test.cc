// The reader of base (simdjson) is the twin: both take or refuse a text, and read the same.
#include "windows/json_text.h"

#include <gtest/gtest.h>

namespace khien::windows {
namespace {

const char* const kTexts[] = {
    "{}",
    "[]",
    " [1, -2, 3.5, 1e3, \"a\\u0111\\n\\\"\", true, false, null] ",
    "{\"a\":{\"b\":[]}}",
    "\"\\ud83d\\ude00\"",
    "\"\\ud83d\"",
    "[1,]",
    "{\"a\"}",
    "{\"a\":1,}",
    "[",
    "",
    "nul",
    "01",
    "1.",
    "-",
    "1 2",
    "\"a\nb\"",
    "\"\xC3\"",
    "{\"logins\":[{\"hostname\":\"https://a.example\"}]}",
    "+1",
    "\"\\x\"",
    "[\"Đề án\"]",
    "1e",
    ".5",
    "[1 2]",
    "\"\\u12g4\"",
};

TEST(JsonText, ReadsAndRefusesWhatBaseDoes) {
  for (const char* text : kTexts) {
    const auto mine = read_json(text, "x");
    const auto theirs = parse_json(text, "x");
    ASSERT_EQ(mine.has_value(), theirs.has_value()) << text;
    if (mine) {
      EXPECT_EQ(*mine, *theirs) << text;
    }
  }
}

TEST(JsonText, WritesWhatBaseReadsBack) {
  const Node node = Node::map({{"a\"\\\n", "Đề án"}, {"list", Node::list_of({"x", ""})},
                               {"n", std::int64_t{-7}}, {"yes", true}, {"none", Node()}});
  EXPECT_EQ(parse_json(write_json(node), "x").value(), node);
}

TEST(JsonText, RefusesOneLevelTooDeepAndTakesTheLast) {
  const auto nested = [](std::size_t n) { return std::string(n, '[') + std::string(n, ']'); };
  EXPECT_TRUE(read_json(nested(65), "x"));
  EXPECT_FALSE(read_json(nested(66), "x"));
}

}  // namespace
}  // namespace khien::windows
