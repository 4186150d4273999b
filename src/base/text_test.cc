// Vietnamese as it comes out of Word, Excel, old fonts and phones: the same word, the same key.
#include "base/text.h"

#include <random>

#include <gtest/gtest.h>

namespace khien {
namespace {

TEST(Text, composes_to_nfc) {
  EXPECT_EQ(nfc("e\u0302\u0301"), "\u1EBF");
  EXPECT_EQ(nfc("e\u0301\u0302"), "\u00E9\u0302");  // another order is another letter
  EXPECT_EQ(nfc("Vie\u0323\u0302t"), "Việt");
  EXPECT_EQ(nfc("plain ascii"), "plain ascii");
  EXPECT_EQ(nfc(""), "");
}

TEST(Text, removes_invisible_characters_also_inside_a_letter) {
  EXPECT_EQ(nfc("mật\u200B khẩu\uFEFF"), "mật khẩu");
  EXPECT_EQ(nfc("e\u200D\u0302"), "ê");
  EXPECT_EQ(nfc("thông\u00ADtin"), "thôngtin");
  EXPECT_EQ(nfc(std::string("a\0b\x7F" "c", 5)), "abc");
  EXPECT_EQ(nfc("\u202Ea\u202C"), "a");
}

TEST(Text, reads_every_space_as_a_space_and_every_line_end_as_one) {
  EXPECT_EQ(nfc("a\u00A0b\u2009c\u3000d"), "a b c d");
  EXPECT_EQ(nfc("a\r\nb\rc\u2028d\ve\n"), "a\nb\nc\nd\ne\n");
  EXPECT_EQ(nfc("a\tb\fc"), "a\tb\fc");
}

TEST(Text, mends_the_usual_slips_of_exports) {
  EXPECT_EQ(nfc("\u00D0ăk Lăk"), "Đăk Lăk");  // Eth
  EXPECT_EQ(nfc("\u0189à"), "Đà");            // African D
  EXPECT_EQ(nfc("\u01A2u tiên"), "Ưu tiên");  // OI
  EXPECT_EQ(nfc("th\u01A3"), "thư");
}

TEST(Text, folds_case_and_keeps_diacritics) {
  EXPECT_EQ(fold("ĐƠN VỊ"), "đơn vị");
  EXPECT_EQ(fold("ỦY BAN NHÂN DÂN"), "ủy ban nhân dân");
  EXPECT_NE(fold("má"), fold("mà"));
}

TEST(Text, folds_both_places_of_the_tone_to_one) {
  const std::pair<const char*, const char*> same[] = {
      {"hoà", "hòa"},   {"HOÀ", "HÒA"},   {"thuý", "thúy"},     {"thuỷ", "thủy"},
      {"khoẻ", "khỏe"}, {"xoá", "xóa"},   {"tuỳ", "tùy"},       {"uỷ", "ủy"},
      {"oà", "òa"},     {"hoạ", "họa"},   {"quỹ", "quỹ"},       {"hoà-bình", "hòa-bình"},
      {"loè", "lòe"},   {"nguỵ", "ngụy"}, {"toà án", "tòa án"}, {"hoa\u0300", "ho\u0300a"}};
  for (const auto& [a, b] : same) EXPECT_EQ(fold(a), fold(b)) << a;
}

TEST(Text, keeps_the_tone_where_there_is_one_place_only) {
  EXPECT_EQ(fold("Quý"), "quý");
  EXPECT_EQ(fold("QUỲ"), "quỳ");
  EXPECT_EQ(fold("qúy"), "quý");  // a slip, but the same word
  EXPECT_EQ(fold("hoặc"), "hoặc");
  EXPECT_EQ(fold("khuỷu"), "khuỷu");
  EXPECT_EQ(fold("của"), "của");
  EXPECT_EQ(fold("toán"), "toán");
  EXPECT_EQ(fold("ngoài"), "ngoài");
  EXPECT_EQ(fold("quà"), "quà");
}

TEST(Text, skeleton_drops_every_diacritic) {
  EXPECT_EQ(skeleton("Đảm bảo an toàn thông tin"), "dam bao an toan thong tin");
  EXPECT_EQ(skeleton("ƯỠN Ẹo"), "uon eo");
  EXPECT_EQ(skeleton("\u00F0"), "d");
  EXPECT_EQ(skeleton("mật khẩu 8 ký tự!"), "mat khau 8 ky tu!");
}

// Offsets of a match in a key must be offsets in the text.
TEST(Text, fold_and_skeleton_give_one_code_point_for_one) {
  std::mt19937 random(2024);
  const std::u32string letters =
      U"aàạăâđeêioôơuưyỳqHOÀĐƯÝ \n-.,0189\u0301\u0323\u0302\u200B\u00A0ßǅﬁ中😀\u1E9E";
  for (int round = 0; round < 3000; ++round) {
    std::u32string made;
    for (unsigned n = random() % 24; n > 0; --n) made += letters[random() % letters.size()];
    const std::string composed = nfc(to_utf8(made));
    ASSERT_EQ(nfc(composed), composed) << composed;
    ASSERT_EQ(code_points(fold(composed)), code_points(composed)) << composed;
    ASSERT_EQ(code_points(skeleton(composed)), code_points(composed)) << composed;
    ASSERT_EQ(fold(fold(composed)), fold(composed)) << composed;
    ASSERT_EQ(skeleton(fold(composed)), skeleton(composed)) << composed;
  }
}

// Turkish İ becomes i, which can then join a mark that follows: still one for one.
TEST(Text, letters_of_other_languages_keep_the_count_too) {
  for (const char* text : {"İstanbul", "İ\u0302", "ǅ", "ẞ", "Ω", "한국"}) {
    EXPECT_EQ(code_points(fold(text)), code_points(nfc(text))) << text;
    EXPECT_EQ(code_points(skeleton(text)), code_points(nfc(text))) << text;
  }
}

TEST(Text, survives_bytes_that_are_no_utf8) {
  EXPECT_FALSE(is_valid_utf8("a\xC3"));
  EXPECT_FALSE(is_valid_utf8("\xED\xA0\x80"));  // a surrogate
  EXPECT_FALSE(is_valid_utf8("\xC0\xAF"));      // overlong
  EXPECT_TRUE(is_valid_utf8("Đ😀"));
  EXPECT_TRUE(is_valid_utf8(fold("a\xC3 b\xFF")));
  EXPECT_TRUE(is_valid_utf8(nfc("\xED\xA0\x80")));
  EXPECT_EQ(to_utf8(to_u32("a\xFF" "b")), "a\uFFFDb");
}

TEST(Text, utf8_and_code_points_go_both_ways) {
  const std::string text = "aĐế😀\u07FF\uFFFD";
  EXPECT_EQ(to_utf8(to_u32(text)), text);
  EXPECT_EQ(to_u32(text).size(), 6U);
  EXPECT_EQ(code_points(text), 6U);
}

TEST(Text, squeezes_and_trims) {
  EXPECT_EQ(squeeze("  a \n\t b\r\n"), "a b");
  EXPECT_EQ(squeeze(" \n "), "");
  EXPECT_EQ(trim(" \ta b\n"), "a b");
  EXPECT_EQ(trim("  "), "");
}

TEST(Text, shortens_by_code_points) {
  EXPECT_EQ(shorten("Đắk Lắk", 7), "Đắk Lắk");
  EXPECT_EQ(shorten("Đắk Lắk", 6), "Đắk L…");
  EXPECT_EQ(shorten("Đắk Lắk", 5), "Đắk…");  // no space before the dots
  EXPECT_EQ(shorten("abc", 0), "…");
}

TEST(Text, counts_the_columns_of_a_terminal) {
  EXPECT_EQ(display_width("Đế"), 2U);
  EXPECT_EQ(display_width("e\u0302"), 1U);
  EXPECT_EQ(display_width("中"), 2U);
}

TEST(Text, glob_matches_folded_text) {
  EXPECT_TRUE(glob_match("*", ""));
  EXPECT_TRUE(glob_match("QT*", "qtv01"));
  EXPECT_TRUE(glob_match("*hoà*", "Tòa nhà HÒA BÌNH"));
  EXPECT_TRUE(glob_match("?ế", "đế"));
  EXPECT_FALSE(glob_match("?", ""));
  EXPECT_FALSE(glob_match("a?c", "ac"));
  EXPECT_TRUE(glob_match("a*b*c", "aXXbYYc"));
  EXPECT_FALSE(glob_match("a*b*c", "aXXcYYb"));
  EXPECT_TRUE(glob_match("[x]", "[x]"));
}

TEST(Text, glob_does_not_explode_on_many_stars) {
  std::string pattern;
  for (int i = 0; i < 500; ++i) pattern += "*a";
  EXPECT_FALSE(glob_match(pattern + "b", std::string(2000, 'a')));
}

std::string utf16(std::u32string_view text, bool big, bool bom) {
  std::string out;
  const auto put = [&](unsigned v) {
    const char low = static_cast<char>(v & 0xFF);
    const char high = static_cast<char>(v >> 8);
    out += big ? high : low;
    out += big ? low : high;
  };
  if (bom) put(0xFEFF);
  for (const char32_t c : text) put(static_cast<unsigned>(c));
  return out;
}

TEST(Decode, reads_utf16_of_both_orders_with_and_without_bom) {
  const std::u32string text = U"STT,Họ và tên\r\n1,Nguyễn Văn A\r\n";
  for (const bool big : {false, true}) {
    for (const bool bom : {false, true}) {
      const auto got = decode_text(utf16(text, big, bom), "x");
      ASSERT_TRUE(got);
      EXPECT_EQ(got->text, "STT,Họ và tên\n1,Nguyễn Văn A\n");
      EXPECT_EQ(got->encoding, big ? "utf-16be" : "utf-16le");
    }
  }
}

TEST(Decode, reads_utf8_with_and_without_bom) {
  for (const char* bytes : {"\xEF\xBB\xBFĐơn vị", "Đơn vị"}) {
    const auto got = decode_text(bytes, "x");
    ASSERT_TRUE(got);
    EXPECT_EQ(got->text, "Đơn vị");
    EXPECT_EQ(got->encoding, "utf-8");
  }
}

TEST(Decode, reads_windows_1258) {
  // "Đơn vị: Việt Nam" with the tone marks as separate bytes, the way 1258 has them.
  const auto got = decode_text("\xD0\xF5n vi\xF2: Vi\xEA\xF2t Nam", "x");
  ASSERT_TRUE(got);
  EXPECT_EQ(got->text, "Đơn vị: Việt Nam");
  EXPECT_EQ(got->encoding, "windows-1258");
}

TEST(Nfc, the_quick_way_gives_what_icu_gives) {
  const auto slow = [](const std::string& text) {  // an NBSP at the end sends all of it to ICU
    std::string out = nfc(text + "\xC2\xA0");
    out.pop_back();
    return out;
  };
  for (const char* text : {"Đặng Thị Ngọc Ánh\r\nÐ\rƯƠƢƣ", "a\r\r\nb", "To\xCC\x80" "a\xC6\x89",
                           "ẠỹỺẟ", "Ĩũ\x01\x7F", "cắt\xC4", "\xE1\xBA", "\xC3\x28"}) {
    EXPECT_EQ(nfc(text), slow(text)) << text;
  }
}

TEST(Decode, refuses_binary_bytes) {
  const std::string zip("PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\x00!\x00", 14);
  const std::string elf("\x7F" "ELF\x02\x01\x01\x00\x00\x00\x00\x00", 12);
  std::string noise;
  for (int i = 0; i < 600; ++i) noise += static_cast<char>(1 + i % 31);
  for (const std::string& bytes : {zip, elf, noise}) {
    const auto got = decode_text(bytes, "x.bin");
    ASSERT_FALSE(got);
    EXPECT_EQ(got.error().code, "K0004");
    EXPECT_EQ(got.error().place, "x.bin");
  }
}

TEST(Decode, reads_nothing_as_an_empty_text) {
  const auto got = decode_text("", "x");
  ASSERT_TRUE(got);
  EXPECT_EQ(got->text, "");
}

TEST(Encoding, UtfEightWithADamagedByteStaysUtfEight) {
  std::string bytes;
  for (int i = 0; i < 8; ++i) bytes += "Quán triệt đến toàn thể cán bộ. ";
  bytes[9] = '\xFF';
  const auto decoded = decode_text(bytes, "x.txt");
  ASSERT_TRUE(decoded);
  EXPECT_EQ(decoded->encoding, "utf-8");
  EXPECT_NE(decoded->text.find("toàn thể cán bộ"), std::string::npos);
}

}  // namespace
}  // namespace khien
