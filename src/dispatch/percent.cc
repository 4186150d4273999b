// A number with "%" or "phần trăm" after it, whose neighbours make no decimals of it.
#include "dispatch/percent.h"

#include <algorithm>

#include "base/text.h"
#include "dispatch/lines.h"

namespace khien {
namespace {

constexpr std::size_t kLackReach = 7;  // words from the number to "chưa"

struct PercentReader {
  const ClauseText& c;

  [[nodiscard]] const Token& token(std::size_t i) const { return c.anatomy->tokens[i]; }
  [[nodiscard]] bool is(std::size_t i, std::u32string_view w) const {
    if (i >= c.token_to) return false;
    const std::u32string_view have = cut(*c.folded, token(i).begin, token(i).end);
    return have == w || (c.anatomy->bare && have.size() == w.size() && begins(have, w));
  }
  // A mark of decimals joins the numbers at a and b.
  [[nodiscard]] bool joined(std::size_t a, std::size_t b) const {
    if (token(a).number < 0 || token(b).number < 0) return false;
    const std::u32string_view gap = cut(c.anatomy->clean, token(a).end, token(b).begin);
    return gap == U"," || gap == U".";
  }
  [[nodiscard]] bool is_percent(std::size_t i) const {
    if (token(i).number < 0 || token(i).number > 100) return false;
    if (i > c.token_from && joined(i - 1, i)) return false;
    if (i + 1 < c.token_to && joined(i, i + 1)) return false;
    const std::u32string_view after = cut(c.anatomy->clean, token(i).end, token(i).end + 2);
    return after.starts_with(U"%") || after == U" %" ||
           (is(i + 1, U"phần") && is(i + 2, U"trăm"));
  }
  [[nodiscard]] bool tells_lack(std::size_t i) const {
    if (token(i).number == 100) return false;
    for (std::size_t k = i + 1; k < i + kLackReach; ++k) {
      if (is(k, U"chưa")) return true;
    }
    return false;
  }
};

}  // namespace

std::int64_t read_percent(const ClauseText& clause) {
  const PercentReader reader{clause};
  for (std::size_t i = clause.token_from; i < clause.token_to; ++i) {
    if (reader.is_percent(i) && !reader.tells_lack(i)) return reader.token(i).number;
  }
  return -1;
}

}  // namespace khien
