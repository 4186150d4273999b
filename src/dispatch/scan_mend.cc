// Only what continues the numbering is touched: a line that begins with "H" where no heading "I."
// stands above stays as it is.
#include "dispatch/scan_mend.h"

#include <array>
#include <string_view>

#include "base/text.h"

namespace khien {
namespace {

constexpr std::array<std::string_view, 10> kRomans = {"I", "II", "III", "IV", "V",
                                                      "VI", "VII", "VIII", "IX", "X"};

// The letters a Roman number is taken for: I as l, 1, | or L; two of them as H.
std::string as_roman(std::string_view word) {
  std::string out;
  for (const char c : word) {
    if (c == 'I' || c == 'l' || c == '1' || c == '|' || c == 'L') out += 'I';
    else if (c == 'H') out += "II";
    else if (c == 'V' || c == 'X') out += c;
    else return "";
  }
  return out;
}

bool starts_capital(std::string_view text) {
  const std::u32string letters = to_u32(text.substr(0, 4));
  return !letters.empty() && is_letter(letters[0]) && is_upper(letters[0]);
}

std::string close_number(std::string text) {
  const std::string key = skeleton(std::string_view(text).substr(0, 5));
  if (!key.starts_with("so:") && !key.starts_with("so ")) return text;
  for (const std::string_view gap : {"- ", " -", "/ ", " /"}) {
    const std::size_t at = text.find(gap, 4);
    if (at == std::string::npos || at > 24 || at + 2 >= text.size()) continue;
    if (starts_capital(std::string_view(text).substr(at + 2)))
      text.erase(at + (gap[0] == ' ' ? 0 : 1), 1);
  }
  return text;
}

}  // namespace

std::string ScanMender::mended(std::string text) {
  const std::size_t blank = text.find(' ');
  if (blank == std::string::npos || !starts_capital(std::string_view(text).substr(blank + 1)))
    return close_number(std::move(text));
  std::string_view word = std::string_view(text).substr(0, blank);
  const bool closed = word.ends_with('.') || word.ends_with(',');
  if (closed) word.remove_suffix(1);
  if (closed && word == "I") {
    roman_ = 1;
    return text;
  }
  const auto next = static_cast<std::size_t>(roman_);
  const bool digits = word.find_first_not_of("0123456789") == std::string_view::npos;
  if (roman_ == 0 || next >= kRomans.size() || digits || as_roman(word) != kRomans[next])
    return close_number(std::move(text));
  ++roman_;
  return std::string(kRomans[next]) + "." + text.substr(blank);
}

}  // namespace khien
