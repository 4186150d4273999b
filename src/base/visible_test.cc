// Nothing from outside gives a terminal an order, turns the writing or adds a line.
#include <gtest/gtest.h>

#include "base/content.h"
#include "base/text.h"
#include "base/texts.h"

namespace khien::visible_test {
namespace {

TEST(Visible, ShowsWhatATerminalWouldObey) {
  EXPECT_EQ(visible("a\x1b[31mb"), "a\\u001B[31mb");
  EXPECT_EQ(visible("a\nb\tc\r"), "a\\u000Ab\\u0009c\\u000D");
  EXPECT_EQ(visible(std::string("a\0b\x7f", 4)), "a\\u0000b\\u007F");
  EXPECT_EQ(visible("\xC2\x9B" "2J"), "\\u009B2J");  // CSI as one character
  EXPECT_EQ(visible("h\u202Efdp.exe"), "h\\u202Efdp.exe");
  for (const char* mark : {"\u061C", "\u200E", "\u200F", "\u2028", "\u2029", "\u202A", "\u2066",
                           "\u2069", "\u206F", "\uFFF9", "\U000E0041"}) {
    EXPECT_EQ(visible(mark).substr(0, 2), "\\u") << visible(mark);
  }
  EXPECT_EQ(visible("\U000E0041"), "\\uDB40\\uDC41");
}

TEST(Visible, ShowsBytesThatAreNoText) {
  EXPECT_EQ(visible("a\xFF" "b\xE1\xBA"), "a\\xFFb\\xE1\\xBA");
  EXPECT_EQ(visible("\xED\xA0\x80"), "\\xED\\xA0\\x80");  // a surrogate
}

TEST(Visible, LeavesVietnameseAndEverythingElseAlone) {
  for (const char* text : {"", "Công văn số 12/CV-BCĐ “khẩn” – 50 °C · 字 · 😀", "e\u0301",
                           "C:\\thư mục\\tệp.txt", "\u00A0", "\u2027\u202F\u2065\u2070"}) {
    EXPECT_EQ(visible(text), text);
  }
}

TEST(Visible, KeepsTheLinesWeLaidOut) {
  EXPECT_EQ(visible("a\n\tb\r\x1b", Lines::kept), "a\n\tb\\u000D\\u001B");
}

TEST(Visible, JsonStaysJson) {
  EXPECT_EQ(visible("{\"a\":\"x\u202Ey\xC2\x85\x7f\"}", Lines::kept),
            "{\"a\":\"x\\u202Ey\\u0085\\u007F\"}");
}

TEST(Visible, NoArgumentOfATextAddsALineOrAnOrder) {
  const auto content = Content::open(built_in_content());
  ASSERT_TRUE(content);
  for (const char* lang : {"vi", "en"}) {
    const auto texts = Texts::load(*content, lang);
    ASSERT_TRUE(texts);
    const std::string evil = "x\nĐẠT\x1b[2J\u202E";
    const std::string error = texts->error({"K0001", evil, {{"detail", evil}}});
    EXPECT_EQ(error, visible(error)) << lang;
    EXPECT_NE(error.find("x\\u000AĐẠT\\u001B[2J\\u202E"), std::string::npos) << error;
  }
}

TEST(AsciiLower, ChangesAsciiLettersOnly) {
  EXPECT_EQ(ascii_lower("ABZ[`@aÁĐ"), "abz[`@aÁĐ");
  EXPECT_EQ(ascii_upper("abz[`@{AáđĐ"), "ABZ[`@{AáđĐ");
}

}  // namespace
}  // namespace khien::visible_test
