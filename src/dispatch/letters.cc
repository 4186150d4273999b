// Capitals of Vietnamese and Latin letters stand in pairs; ICU is not needed for them.
#include "dispatch/letters.h"

#include <array>

#include "base/text.h"

namespace khien {
namespace {

char32_t capital(char32_t c) {
  if (c >= U'a' && c <= U'z') return c - 32;
  if (c >= 0xE0 && c <= 0xFE && c != 0xF7) return c - 32;
  if (c == 0x1B0) return 0x1AF;
  const bool paired = (c >= 0x100 && c <= 0x137) || (c >= 0x1A0 && c <= 0x1A5) ||
                      (c >= 0x168 && c <= 0x169) || (c >= 0x1EA0 && c <= 0x1EF9);
  return paired ? c & ~char32_t{1} : c;
}

}  // namespace

LegacyFont legacy_font_named(std::string_view font) {
  const std::string key = fold(font);
  if (key.starts_with(".vn")) return LegacyFont::tcvn3;
  return key.starts_with("vni-") || key.starts_with("vni ") ? LegacyFont::vni : LegacyFont::none;
}

bool is_capital_font(std::string_view font) {
  return legacy_font_named(font) == LegacyFont::tcvn3 && font.ends_with("H");
}

std::string to_capitals(std::string_view utf8) {
  std::u32string text = to_u32(nfc(utf8));
  for (char32_t& c : text) c = capital(c);
  return to_utf8(text);
}

char32_t from_windows(unsigned char byte, bool vietnamese) {
  static constexpr std::u32string_view kUpper =  // 0x80-0x9F
      U"€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8DŽ\x8F\x90‘’“”•–—˜™š›œ\x9DžŸ";
  static_assert(kUpper.size() == 32);
  static constexpr std::array<std::pair<unsigned char, char32_t>, 14> kVietnamese = {
      {{0xC3, U'Ă'}, {0xE3, U'ă'}, {0xD0, U'Đ'}, {0xF0, U'đ'}, {0xD5, U'Ơ'}, {0xF5, U'ơ'},
       {0xDD, U'Ư'}, {0xFD, U'ư'}, {0xCC, 0x300}, {0xD2, 0x309}, {0xDE, 0x303}, {0xEC, 0x301},
       {0xF2, 0x323}, {0xFE, U'₫'}}};
  if (byte >= 0x80 && byte < 0xA0) return kUpper[byte - 0x80];
  if (vietnamese) {
    for (const auto& [from, to] : kVietnamese) {
      if (from == byte) return to;
    }
  }
  return byte;
}

std::string superscript(int n) {
  static constexpr std::array<const char*, 10> kDigits = {"⁰", "¹", "²", "³", "⁴",
                                                          "⁵", "⁶", "⁷", "⁸", "⁹"};
  std::string out;
  for (const char c : std::to_string(n)) {
    if (c >= '0' && c <= '9') out += kDigits[static_cast<std::size_t>(c - '0')];
  }
  return out;
}

bool is_unicode_vietnamese(std::string_view utf8) {
  for (const char* lead : {"\xE1\xBA", "\xE1\xBB"}) {
    if (utf8.find(lead) != std::string_view::npos) return true;
  }
  return false;
}

}  // namespace khien
