// Every old encoding there and back, with invented people from a seeded generator.
#include "base/legacy_text.h"

#include <gtest/gtest.h>

#include <random>

#include <unicode/normalizer2.h>
#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include "base/syllable.h"
#include "base/text.h"

namespace khien {
namespace {

using Words = std::vector<std::string>;

class People {
 public:
  explicit People(unsigned seed) : random_(seed) {}

  std::string table(int rows) {
    static const Words headings = {"STT", "Họ và tên", "Ngày sinh", "Đơn vị công tác", "Chức vụ",
                                   "Tình trạng"};
    std::string out = "STT;Họ và tên;Ngày sinh;Đơn vị;Chức vụ;Tình trạng\n";
    for (int i = 1; i <= rows; ++i) {
      out += std::to_string(i) + ";" + name() + ";12/03/1985;" + unit() + ";" + title() + ";" +
             pick({"Đang công tác", "Nghỉ việc", "Chuyển công tác", ""}) + "\n";
    }
    return out;
  }

  std::string name() {
    return pick({"Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ",
                 "Ngô", "Dương", "Lý", "Tạ", "Đinh", "Mai", "Chu", "Quách", "Nghiêm"}) +
           " " +
           pick({"Văn", "Thị", "Hữu", "Đức", "Quốc", "Ngọc", "Thúy", "Xuân", "Thế", "Bích", "Kim",
                 "Thanh", "Như", "Tường"}) +
           " " +
           pick({"An", "Bình", "Cường", "Dũng", "Giang", "Hà", "Hằng", "Hiếu", "Khánh", "Lộc",
                 "Mẫn", "Nghĩa", "Oanh", "Phượng", "Quyền", "Quỳnh", "Sửu", "Tuệ", "Uyên", "Vỹ",
                 "Yến", "Ổn", "Ái", "Ẩn", "Khuê", "Thoại", "Duẩn", "Hưởng", "Kỹ", "Tỵ", "Lẫm"});
  }

 private:
  std::string unit() {
    return pick({"Phòng Hành chính - Tổng hợp", "Phòng Nghiệp vụ", "Thanh tra", "Văn phòng",
                 "Phòng Kế hoạch và Đầu tư", "Trung tâm Công nghệ thông tin"});
  }
  std::string title() {
    return pick({"Chuyên viên", "Trưởng phòng", "Phó Giám đốc", "Văn thư", "Kế toán trưởng"});
  }
  std::string pick(const Words& from) {
    return from[std::uniform_int_distribution<std::size_t>(0, from.size() - 1)(random_)];
  }
  std::mt19937 random_;
};

// The font has no toned capitals: "Ái" is typed as "ái".
std::string as_typed(const std::string& text) {
  return to_utf8(from_font(to_font(to_u32(text), LegacyFont::tcvn3), LegacyFont::tcvn3));
}

std::string bytes_of(const std::string& text, LegacyFont font) {
  std::string out;
  for (const char32_t c : to_font(to_u32(text), font)) out += static_cast<char>(c);
  return out;
}

// Base letter and mark apart, as windows-1258 has them.
std::string cp1258_of(const std::string& text) {
  std::u32string apart;
  for (const char32_t c : to_u32(text)) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* nfd = icu::Normalizer2::getNFDInstance(status);
    icu::UnicodeString parts;
    const bool splits = nfd->getDecomposition(static_cast<UChar32>(c), parts);
    if (!splits || c < 0x1EA0) {
      const bool own = c < 0x100 || c == U'ă' || c == U'Ă' || c == U'đ' || c == U'Đ' ||
                       c == U'ơ' || c == U'Ơ' || c == U'ư' || c == U'Ư';
      if (own && c != U'ì' && c != U'Ì' && c != U'ò' && c != U'Ò' && c != U'ã' && c != U'Ã' &&
          c != U'õ' && c != U'Õ' && c != U'ý' && c != U'Ý') {
        apart += c;
        continue;
      }
    }
    std::string utf8;
    icu::Normalizer2::getNFDInstance(status)
        ->normalize(icu::UnicodeString(static_cast<UChar32>(c)), status)
        .toUTF8String(utf8);
    const std::u32string all = to_u32(utf8);
    std::u32string base = all.substr(0, 1);
    char32_t tone = 0;
    for (const char32_t m : all.substr(1)) {
      const bool is_tone = m == 0x300 || m == 0x301 || m == 0x303 || m == 0x309 || m == 0x323;
      if (is_tone) tone = m;
      else base += m;
    }
    apart += to_u32(nfc(to_utf8(base)));
    if (tone != 0) apart += tone;
  }
  UErrorCode status = U_ZERO_ERROR;
  UConverter* conv = ucnv_open("windows-1258", &status);
  const icu::UnicodeString wide = icu::UnicodeString::fromUTF8(to_utf8(apart));
  std::string out(static_cast<std::size_t>(wide.length()) * 2 + 16, '\0');
  const int size = wide.extract(out.data(), static_cast<std::int32_t>(out.size()), conv, status);
  ucnv_close(conv);
  out.resize(static_cast<std::size_t>(size));
  return out;
}

std::string utf16_of(const std::string& text, bool little, bool bom) {
  std::u32string all = to_u32(text);
  if (bom) all.insert(0, 1, char32_t{0xFEFF});
  std::string out;
  for (const char32_t c : all) {
    const char high = static_cast<char>(c >> 8);
    const char low = static_cast<char>(c & 0xFF);
    out += little ? low : high;
    out += little ? high : low;
  }
  return out;
}

void expect_decodes(const std::string& bytes, const std::string& want, const std::string& how) {
  const auto got = decode_text(bytes, "t");
  ASSERT_TRUE(got);
  EXPECT_EQ(got->text, want) << how;
  EXPECT_EQ(got->encoding, how);
}

TEST(Encoding, PartsOfAFileMayBeWrittenInDifferentWays) {
  const std::string wide = "\xFF\xFE" + utf16_of("KB1,Bình\nKB2,\n", true, false);
  const std::string want = "KB1,Bình\nKB2,\n";
  const auto text = [](const std::string& bytes) { return decode_text(bytes, "t")->text; };
  EXPECT_EQ(text("MAY-7\n" + wide), "MAY-7\n" + want);
  EXPECT_EQ(text("a\n" + wide + "b\n" + wide), "a\n" + want + "b\n" + want);
  EXPECT_EQ(text(wide + wide), want + want);
  EXPECT_EQ(text(wide + "cuối"), want + "cuối");
  EXPECT_EQ(text("\xFE\xFF" + utf16_of("a\nb", false, false)), "a\nb");
  EXPECT_EQ(decode_text("x\n" + wide, "t")->encoding, "utf-16le");
}

TEST(LegacyText, TenRowsInAnyEncodingComeBackAsTheyWere) {
  People people(20240105);
  for (int i = 0; i < 300; ++i) {
    const std::string text = people.table(10);
    const std::string typed = as_typed(text);
    expect_decodes(bytes_of(text, LegacyFont::tcvn3), typed, "tcvn3");
    expect_decodes(bytes_of(text, LegacyFont::vni), text, "vni");
    expect_decodes(cp1258_of(text), text, "windows-1258");
    expect_decodes(text, text, "utf-8");
    expect_decodes(utf16_of(text, true, true), text, "utf-16le");
    expect_decodes(utf16_of(text, true, false), text, "utf-16le");
    expect_decodes(utf16_of(text, false, false), text, "utf-16be");
    const std::string font = to_utf8(to_font(to_u32(text), LegacyFont::tcvn3));
    expect_decodes(font, typed, "utf-8+tcvn3");
    expect_decodes(utf16_of(font, true, true), typed, "utf-16le+tcvn3");
    expect_decodes(to_utf8(to_font(to_u32(text), LegacyFont::vni)), text, "utf-8+vni");
    if (HasFailure()) return;
  }
}

TEST(LegacyText, NamesAloneAreEnough) {
  People people(7);
  for (int i = 0; i < 500; ++i) {
    std::string text;
    for (int k = 0; k < 10; ++k) text += people.name() + "\n";
    expect_decodes(bytes_of(text, LegacyFont::tcvn3), as_typed(text), "tcvn3");
    expect_decodes(bytes_of(text, LegacyFont::vni), text, "vni");
    expect_decodes(cp1258_of(text), text, "windows-1258");
    expect_decodes(text, text, "utf-8");
    if (HasFailure()) return;
  }
}

TEST(LegacyText, HeadingsInUnicodeOverNamesInAFontAreBothRead) {
  People people(11);
  std::string names;
  for (int i = 0; i < 10; ++i) names += people.name() + "\t1\n";
  const std::string heading = "Họ và tên\tSố lượng\n";
  const std::string font = to_utf8(to_font(to_u32(names), LegacyFont::tcvn3));
  expect_decodes(heading + font, heading + as_typed(names), "utf-8+tcvn3");
}

TEST(LegacyText, CapitalsTypedOverSmallTonedLettersAreCapitals) {
  // "NGUYÔN V¡N HïNG": the font shows capitals, the bytes of toned letters are those of small ones.
  const auto got = decode_text("NGUY\xD4N V\xA1N H\xEFNG;PH\xB9M TH\xDE LAN;Ph\xDFng", "t");
  ASSERT_TRUE(got);
  EXPECT_EQ(got->text, "NGUYỄN VĂN HÙNG;PHẠM THỊ LAN;Phòng");
}

TEST(LegacyText, OtherTextStaysWhatItIs) {
  for (const char* text :
       {"name,login\nan,an.nv\n", "Café,naïve\n", "Müller;Jürgen\n", "§ 5; 20 °C"}) {
    expect_decodes(text, nfc(text), "utf-8");
  }
  const auto west = decode_text("Stra\xDF" "e;caf\xE9\n", "t");
  ASSERT_TRUE(west);
  EXPECT_EQ(west->text, "Straße;café\n");
}

TEST(Syllable, RulesOfVietnameseHold) {
  for (const char* good : {"nguyễn", "quỳnh", "giếng", "nghiêm", "khuya", "thuở", "hoà", "hòa",
                           "thuý", "gì", "quốc", "yến", "ỷ", "uyên", "đặng", "quyết", "tuệ"}) {
    EXPECT_TRUE(is_syllable(to_u32(good))) << good;
  }
  for (const char* bad : {"nguyôn", "vµn", "tràt", "hücng", "đđa", "ởơ", "straße", "café", ""}) {
    EXPECT_FALSE(is_syllable(to_u32(bad))) << bad;
  }
  EXPECT_GT(vietnamese_score(U"Họ và tên"), 0);
  EXPECT_LT(vietnamese_score(U"Hä vµ tªn"), 0);
  EXPECT_EQ(vietnamese_score(U"plain text 123"), 0);
}

}  // namespace
}  // namespace khien
