// A list runs on over commas and "và"; "đến" and "trở lên" fill what lies between.
#include "dispatch/grades.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/text.h"
#include "dispatch/lines.h"

namespace khien {
namespace {

struct GradeReader {
  const ClauseText& c;

  [[nodiscard]] const Token& token(std::size_t i) const { return c.anatomy->tokens[i]; }
  [[nodiscard]] bool is(std::size_t i, std::u32string_view w) const {
    if (i < c.token_from || i >= c.token_to) return false;
    const std::u32string_view have = cut(*c.folded, token(i).begin, token(i).end);
    if (have == w) return true;
    return c.anatomy->bare && have.size() == w.size() && begins(have, w);
  }

  // "nhất", "hai", "ba", "tư"; 0 for anything else.
  [[nodiscard]] std::int64_t ordinal(std::size_t i) const {
    static constexpr std::array<std::u32string_view, 5> kOrdinals = {U"nhất", U"hai", U"ba", U"tư",
                                                                     U"năm"};
    for (std::size_t n = 0; n < kOrdinals.size(); ++n) {
      if (is(i, kOrdinals[n])) return static_cast<std::int64_t>(n) + 1;
    }
    return i < c.token_to ? std::max<std::int64_t>(token(i).number, 0) : 0;
  }

  [[nodiscard]] Node read(std::u32string_view before, std::int64_t most) const {
    std::set<std::int64_t> found;
    for (std::size_t i = c.token_from; i + 1 < c.token_to; ++i) {
      const bool two_words = before == U"cấp độ";
      const bool here = two_words ? is(i, U"cấp") && is(i + 1, U"độ") : is(i, before);
      if (!here) continue;
      std::size_t k = i + (two_words ? 2 : 1);
      if (is(k, U"thứ")) {
        if (const std::int64_t n = ordinal(k + 1); n >= 1 && n <= most) found.insert(n);
        continue;
      }
      const bool range = i > c.token_from && (is(i - 1, U"đến") || is(i - 1, U"tới"));
      while (k < c.token_to && token(k).number >= 1 && token(k).number <= most) {
        const std::int64_t n = token(k).number;
        const bool to_here = (range || is(k - 1, U"đến")) && !found.empty();
        for (std::int64_t g = to_here ? *found.rbegin() : n; g <= n; ++g) found.insert(g);
        if (is(k + 1, U"trở") && is(k + 2, U"lên")) {
          for (std::int64_t g = n; g <= most; ++g) found.insert(g);
        }
        ++k;
        if (k + 1 < c.token_to && (is(k, U"và") || is(k, U"đến") || is(k, U"hoặc")) &&
            token(k + 1).number >= 0)
          ++k;
      }
    }
    Node out;
    for (const std::int64_t g : found) out.push(Node(g));
    return out;
  }
};

}  // namespace

Node read_grades(const ClauseText& clause, std::u32string_view before, std::int64_t most) {
  return GradeReader{clause}.read(before, most);
}

}  // namespace khien
