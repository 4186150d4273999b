// Small things about letters that several readers need.
#pragma once

#include <string>
#include <string_view>

#include "base/legacy_text.h"

namespace khien {

// ".VnTime" -> TCVN3, "VNI-Times" -> VNI.
[[nodiscard]] LegacyFont legacy_font_named(std::string_view font);
// ".VnTimeH", ".VnArialH": its small letters look like capitals.
[[nodiscard]] bool is_capital_font(std::string_view font);
[[nodiscard]] std::string to_capitals(std::string_view utf8);
// A byte of windows-1252, or of windows-1258 when `vietnamese`.
[[nodiscard]] char32_t from_windows(unsigned char byte, bool vietnamese);
// "¹²": how a footnote and its call are written in a text.
[[nodiscard]] std::string superscript(int n);
// Holds letters that only Unicode Vietnamese has: then no letter is one of an unnamed old font.
[[nodiscard]] bool is_unicode_vietnamese(std::string_view utf8);

}  // namespace khien
