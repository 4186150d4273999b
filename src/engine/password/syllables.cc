// A short name as people say it: "somau" is So Mau, and so they write SoMau and SM.
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

struct Best {
  std::size_t cost = kNoWay, from = 0;
};

// A syllable that ends in c, p or t always has a tone: "luat" is none, "luát" is.
std::u32string with_tone(const std::string& part) {
  constexpr std::u32string_view plain = U"aeiouy", toned = U"áéíóúý";
  std::u32string out = to_u32(part);
  const std::size_t at = out.find_last_of(plain);
  if (at != std::u32string::npos) out[at] = toned[plain.find(out[at])];
  return out;
}

}  // namespace

// The fewest syllables, with a consonant before each where that can be.
std::vector<std::string> syllables_of(const std::string& code) {
  if (code.size() > kLongestCode || code.find_first_of("0123456789") != std::string::npos) {
    return {};
  }
  std::vector<Best> best(code.size() + 1);
  best[0].cost = 0;
  for (std::size_t end = 2; end <= code.size(); ++end) {
    const std::size_t first = end > kLongestSyllable ? end - kLongestSyllable : 0;
    for (std::size_t from = first; from + 2 <= end; ++from) {
      if (best[from].cost >= kNoWay) continue;
      const std::string part = code.substr(from, end - from);
      if (!is_syllable(to_u32(part)) && !is_syllable(with_tone(part))) continue;
      const bool vowel = std::string_view("aeiouy").find(part[0]) != std::string_view::npos;
      const std::size_t cost = best[from].cost + kSyllable + (vowel ? kVowelFirst : 0);
      if (cost < best[end].cost) best[end] = {cost, from};
    }
  }
  if (best.back().cost >= kNoWay) return {};
  std::vector<std::string> out;
  for (std::size_t end = code.size(); end > 0; end = best[end].from) {
    out.insert(out.begin(), code.substr(best[end].from, end - best[end].from));
  }
  return out.size() < 2 ? std::vector<std::string>() : out;
}

}  // namespace khien::password
