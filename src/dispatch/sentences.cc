// Sentences of a paragraph.
#include "dispatch/sentences.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/text.h"

namespace khien {
namespace {

bool is_space(char32_t c) { return c == U' ' || c == U'\n' || c == U'\t'; }

// The dot at `dot` shortens a word: "TP.", "ThS.", "v.v.", "Q.", "1.".
bool is_short_form(std::u32string_view text, std::uint32_t begin, std::uint32_t dot) {
  std::uint32_t from = dot;
  while (from > begin && !is_space(text[from - 1])) --from;
  const std::u32string word = fold(text.substr(from, dot - from));
  static constexpr std::array<std::u32string_view, 16> kShort = {
      U"tp", U"tx", U"tt", U"ths", U"ts", U"pgs", U"gs",  U"bs",
      U"ks", U"kt", U"tm", U"tl",  U"st", U"stt", U"v.v", U"đ/c"};
  if (std::find(kShort.begin(), kShort.end(), word) != kShort.end()) return true;
  if (word.size() == 1) return true;
  return !word.empty() && std::all_of(word.begin(), word.end(), [](char32_t c) {
    return (c >= U'0' && c <= U'9') || c == U'.';
  }) && from == begin;
}

}  // namespace

std::vector<std::pair<std::uint32_t, std::uint32_t>> split_sentences(std::u32string_view text,
                                                                     std::uint32_t begin,
                                                                     std::uint32_t end) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> out;
  std::uint32_t from = begin;
  for (std::uint32_t i = begin; i < end; ++i) {
    const char32_t c = text[i];
    if (c != U'.' && c != U'!' && c != U'?' && c != U'…') continue;
    std::uint32_t next = i + 1;
    while (next < end && (text[next] == U')' || text[next] == U'”' || text[next] == U'"' ||
                          text[next] == U'/' || text[next] == U'.'))
      ++next;
    const std::uint32_t stop = next;
    while (next < end && is_space(text[next])) ++next;
    if (next == stop || next >= end) continue;
    const char32_t first = text[next];
    const bool opens = (is_letter(first) && is_upper(first)) || first == U'“' || first == U'"';
    if (!opens || (c == U'.' && is_short_form(text, begin, i))) continue;
    out.emplace_back(from, stop);
    from = next;
    i = next - 1;
  }
  if (from < end) out.emplace_back(from, end);
  return out;
}

}  // namespace khien
