// Only what continues the numbering is touched: a line that begins with "H" where no heading "I."
// stands above stays as it is.
#include "dispatch/scan_mend.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "base/text.h"

namespace khien {
namespace {

constexpr std::array<std::string_view, 10> kRomans = {"I", "II", "III", "IV", "V",
                                                      "VI", "VII", "VIII", "IX", "X"};

constexpr std::size_t kNumberLetters = 10;  // "15/12/2027"

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

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// The digit a letter of a number is taken for: 0 as O, 1 as l, I or |.
char as_digit(char c) {
  if (c == 'O' || c == 'o') return '0';
  return c == 'l' || c == 'I' || c == '|' ? '1' : c;
}

// "O5", "2O26", "l5/O3/2027": a word of digits and of letters that look like them.
std::string plain_digits(std::string word) {
  std::size_t digits = 0;
  std::size_t length = word.size();
  while (length > 0 && std::string_view(".,;:)").find(word[length - 1]) != std::string_view::npos)
    --length;
  for (std::size_t i = 0; i < length; ++i) {
    const bool part = is_digit(as_digit(word[i])) || (word[i] == '/' && i > 0);
    if (!part) return word;
    digits += is_digit(word[i]) ? 1 : 0;
  }
  if (length < 2 || length > kNumberLetters || digits == 0) return word;
  for (std::size_t i = 0; i < length; ++i) word[i] = as_digit(word[i]);
  return word;
}

// "ngày15/6" to "ngày 15/6".
std::string part_from_number(std::string word) {
  for (const std::string_view before : {"ngày", "tháng", "năm", "quý", "trước"}) {
    const bool joined = word.size() > before.size() && word.starts_with(before) &&
                        is_digit(as_digit(word[before.size()]));
    if (joined)
      return std::string(before) + " " + plain_digits(word.substr(before.size()));
  }
  return word;
}

// A blank beside the stroke of a date: "30/ 6/2027", "30 /6/2027".
std::string close_dates(std::string text) {
  for (std::size_t at = text.find('/'); at != std::string::npos; at = text.find('/', at + 1)) {
    const bool right = at > 0 && is_digit(text[at - 1]) && at + 2 < text.size() &&
                       text[at + 1] == ' ' && is_digit(text[at + 2]);
    if (right) text.erase(at + 1, 1);
    const bool left = at > 1 && text[at - 1] == ' ' && is_digit(text[at - 2]) &&
                      at + 1 < text.size() && is_digit(text[at + 1]);
    if (left) text.erase(--at, 1);
  }
  return text;
}

}  // namespace

std::string ScanMender::mended_numbers(const std::string& text) {
  std::string out;
  for (std::size_t from = 0; from <= text.size();) {
    const std::size_t end = std::min(text.find(' ', from), text.size());
    if (from > 0) out += ' ';
    out += part_from_number(plain_digits(text.substr(from, end - from)));
    from = end + 1;
  }
  return close_dates(std::move(out));
}

std::string ScanMender::mended(std::string text) {
  text = mended_numbers(text);
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
