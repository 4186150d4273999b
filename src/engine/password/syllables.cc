// A short name as people say it: "somau" is So Mau, and so they write SoMau and SM.
#include <algorithm>

#include "base/syllable.h"
#include "base/text.h"
#include "engine/password/candidates.h"

namespace khien::password {
namespace {

constexpr std::size_t kLongestCode = 24;      // letters
constexpr std::size_t kLongestSyllable = 7;   // "nghieng"
constexpr std::size_t kNoWay = 1000;          // more than any way through a code costs
constexpr std::size_t kSyllable = 10;         // a way costs so much a syllable ...
constexpr std::size_t kVowelFirst = 5;        // ... and this where it begins with a vowel

constexpr std::ptrdiff_t kMostVowels = 3;     // "nghieu", "khuyu"

bool is_vowel(char c) { return std::string_view("aeiouy").find(c) != std::string_view::npos; }

struct Best {
  std::size_t cost = kNoWay, from = 0;
};

// Could marks make a syllable of it? "luat" is none, "luật" is.
bool may_be_syllable(std::u32string& text, std::size_t at) {
  struct Marks {
    char32_t plain;
    std::u32string_view marked;
  };
  static constexpr Marks all[] = {{U'a', U"aâăáấắ"}, {U'e', U"eêéế"}, {U'i', U"ií"},
                                  {U'o', U"oôơóốớ"}, {U'u', U"uưúứ"}, {U'y', U"yý"}};
  while (at < text.size()) {
    const char32_t plain = text[at];
    const auto* marks = std::find_if(std::begin(all), std::end(all),
                                     [&](const Marks& m) { return m.plain == plain; });
    if (marks == std::end(all)) {
      ++at;
      continue;
    }
    for (const char32_t c : marks->marked) {
      text[at] = c;
      if (may_be_syllable(text, at + 1)) return true;
    }
    text[at] = plain;
    return false;
  }
  return is_syllable(text);
}

}  // namespace

// The fewest syllables, with a consonant before each where that can be.
std::string by_syllables(const std::string& code) {
  const bool letters = code.find_first_not_of("abcdefghijklmnopqrstuvwxyz") == std::string::npos;
  if (!letters || code.size() > kLongestCode) return code;
  std::vector<Best> best(code.size() + 1);
  best[0].cost = 0;
  for (std::size_t end = 2; end <= code.size(); ++end) {
    const std::size_t first = end > kLongestSyllable ? end - kLongestSyllable : 0;
    for (std::size_t from = first; from + 2 <= end; ++from) {
      if (best[from].cost >= kNoWay) continue;
      const std::string_view letters_of = std::string_view(code).substr(from, end - from);
      if (std::count_if(letters_of.begin(), letters_of.end(), is_vowel) > kMostVowels) continue;
      std::u32string part = to_u32(letters_of);
      if (!may_be_syllable(part, 0)) continue;
      const std::size_t cost = best[from].cost + kSyllable +
                               (is_vowel(code[from]) ? kVowelFirst : 0);
      if (cost < best[end].cost) best[end] = {cost, from};
    }
  }
  if (best.back().cost >= kNoWay || best.back().from == 0) return code;
  std::string out = code;
  for (std::size_t end = code.size(); end > 0; end = best[end].from) {
    out[best[end].from] = ascii_upper(out[best[end].from]);
  }
  return out;
}

}  // namespace khien::password
