// Lines of titles that every printer breaks alike, and the rule Decree 30 wants below them.
#pragma once

#include <string>
#include <vector>

#include "base/texts.h"

namespace khien::report {

inline constexpr std::size_t kTitleLetters = 52;  // code points of a line of a title, 14 pt bold
inline constexpr double kTitleWide = 2.15;        // mm, a letter of it
inline constexpr double kCapsWide = 2.25;         // mm, a bold capital of 13 pt in the head

// Where a title may break, from the texts of its language: a Vietnamese word has several syllables.
struct Breaks {
  std::vector<std::vector<std::string>> together;  // words that stay on one line, folded
  std::vector<std::string> before_numbers;         // "số", "tháng": "tháng 4 năm 2023" stays whole
  std::vector<std::string> leads;                  // "Sở", "của": end no line
  std::vector<std::string> opens;                  // "về", "của": good beginnings of a line
};
[[nodiscard]] Breaks breaks_of(const Texts& texts);

// Lines of about the same length, each of at most `most` code points where its words allow:
// "SỞ CÔNG THƯƠNG" / "TỈNH MẪU".
[[nodiscard]] std::vector<std::string> balanced(const std::string& text, std::size_t most,
                                                const Breaks& breaks);
// mm, a third to a half of a line of letters `letter` mm wide.
[[nodiscard]] double rule_under(const std::string& line, double letter);

}  // namespace khien::report
