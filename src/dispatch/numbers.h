// Numbers as officers write them: "60 (sáu mươi)", "tám (08)", "ba", "mười hai".
#pragma once

#include <string_view>
#include <vector>

#include "dispatch/phrases.h"

namespace khien {

// Gives number words before a unit ("ba tháng", "tám ký tự") their value and removes what only says
// a number again: the words in "60 (sáu mươi) ngày", the word in "tám (08)". "năm" is five where
// digits say so or a unit follows, else a year. `folded` is fold() of the text.
void read_numbers(std::u32string_view folded, std::vector<Token>& tokens);

}  // namespace khien
