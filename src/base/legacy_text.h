// Vietnamese from before Unicode, whose letters are those of a font: TCVN3 (.VnTime, the VN3 set of
// TCVN 5712:1993, one byte a letter, no toned capitals) and VNI Windows (a letter and a mark). It
// comes as bytes, or as Unicode text in which each byte has become U+0080-U+00FF (a font set on a
// cell of a workbook, a page).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace khien {

enum class LegacyFont { none, tcvn3, vni };
[[nodiscard]] const char* to_text(LegacyFont font);  // "", "tcvn3", "vni"

// Unicode text that stands for bytes -> NFC text. What is no letter of the font stays.
[[nodiscard]] std::u32string from_font(std::u32string_view text, LegacyFont font);
// Lower case of toned capitals, as the font has none; nothing lost for VNI. For tests.
[[nodiscard]] std::u32string to_font(std::u32string_view nfc_text, LegacyFont font);

// Holds a character of U+00A1-U+00FF, the only ones the fonts use.
[[nodiscard]] bool may_be_font(std::string_view utf8);

// Decides over all cells of a table (or fields of a text), then converts one at a time: tables mix
// headings typed in Unicode with names in an old font. Good Vietnamese is never touched.
class LegacyDetector {
 public:
  void see(std::string_view utf8);  // only the first few thousand that may be in a font are scored
  [[nodiscard]] bool has_enough() const;
  void decide();
  [[nodiscard]] LegacyFont font() const { return font_; }
  // UTF-8 in NFC; `utf8` itself where it is no text of that font.
  [[nodiscard]] std::string convert(std::string_view utf8) const;

 private:
  std::size_t seen_ = 0;
  bool unicode_ = false;  // some cell holds letters only Unicode Vietnamese has
  long plain_ = 0;
  long tcvn3_ = 0;
  long vni_ = 0;
  LegacyFont font_ = LegacyFont::none;
};

}  // namespace khien
