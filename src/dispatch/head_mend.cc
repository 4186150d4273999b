// Only blanks are written, in the place of bars and ends of lines, so that offsets stay.
#include "dispatch/head_mend.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "dispatch/head_lines.h"
#include "dispatch/lines.h"

namespace khien {
namespace {

constexpr std::size_t kMendedLines = 40;
constexpr std::size_t kShortLine = 60;   // a line that a narrow column broke
constexpr std::size_t kPlaceLetters = 25;
constexpr std::size_t kPlaceWord = 12;

bool holds_digit_first(std::u32string_view text) {
  return !text.empty() && text[0] >= U'0' && text[0] <= U'9';
}

// Nothing of a head stands from here on.
bool ends_head(std::u32string_view folded) {
  static constexpr std::array<std::u32string_view, 6> kEnds = {
      U"kính gửi", U"căn cứ", U"điều 1", U"stt", U"tt |", U"1."};
  return std::any_of(kEnds.begin(), kEnds.end(), [&](auto w) { return begins(folded, w); });
}

bool of_head(std::u32string_view folded) {
  static constexpr std::array<std::u32string_view, 6> kOfHead = {
      U"cộng hòa", U"cộng hoà", U"độc lập", U"số:", U"v/v", U", ngày"};
  return std::any_of(kOfHead.begin(), kOfHead.end(), [&](auto w) {
    return find_like(folded, w) != std::u32string_view::npos;
  });
}

bool is_ruled_off(std::u32string_view text) {
  return text.find_first_not_of(U" |-–—_=*.") == std::u32string_view::npos;
}

// The line was broken and goes on with the next.
bool breaks_off(std::u32string_view text, std::u32string_view next) {
  const std::u32string f = fold(text);
  const std::u32string g = fold(next);
  if ((f == U"số:" || f == U"số") && (holds_digit_first(next) || next[0] == U'/')) return true;
  if (text.size() > kShortLine) return false;
  const bool dated = find_like(f, U"ngày") != std::u32string::npos;
  if (dated && (begins(g, U"tháng ") || begins(g, U"năm ") || ends(f, U"ngày") ||
                ends(f, U"tháng") || ends(f, U"năm")))
    return begins(g, U"tháng ") || begins(g, U"năm ") || holds_digit_first(next);
  const bool one_word = text.find(U' ') == std::u32string_view::npos;
  // "ỦY" over "BAN NHÂN DÂN"; "KHẨN" stands alone
  if (one_word && is_upper(text[0]) && is_upper_line(next) && text.size() < 5 &&
      !begins(f, U"khẩn") && is_letter(text[0]))
    return is_upper_line(text) || text.size() < 3 || is_upper(text.back());
  // "Lam" over "Giang, ngày 12 tháng 8"
  const std::size_t day = find_like(g, U", ngày");
  return day < kPlaceLetters && is_letter(text[0]) && is_upper(text[0]) && !is_upper_line(text) &&
         text.size() < kPlaceWord && is_letter(next[0]) && is_upper(next[0]);
}

void blank_bars(std::u32string& clean, const Line& line) {
  const std::u32string_view text = cut(clean, line.begin, line.end);
  if (text.find(U'|') == std::u32string_view::npos) return;
  if (!is_ruled_off(text) && !of_head(fold(text))) return;
  for (std::uint32_t i = line.begin; i < line.end; ++i) {
    if (clean[i] == U'|') clean[i] = U' ';
  }
}

}  // namespace

void mend_head(std::u32string& clean) {
  std::size_t count = 0;
  for (const Line& line : split_lines(clean)) {
    if (++count > kMendedLines || ends_head(fold(cut(clean, line.begin, line.end)))) break;
    blank_bars(clean, line);
  }
  const std::vector<Line> lines = split_lines(clean);
  for (std::size_t i = 0; i + 1 < std::min(lines.size(), kMendedLines); ++i) {
    const std::u32string_view text = cut(clean, lines[i].begin, lines[i].end);
    const std::u32string_view next = cut(clean, lines[i + 1].begin, lines[i + 1].end);
    if (ends_head(fold(text)) || ends_head(fold(next))) break;
    if (lines[i + 1].blank_before || !breaks_off(text, next)) continue;
    std::fill(clean.begin() + lines[i].end, clean.begin() + lines[i + 1].begin, U' ');
  }
}

}  // namespace khien
