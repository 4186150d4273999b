#include "base/near.h"

#include <algorithm>
#include <numeric>

namespace khien {

std::size_t edit_distance(std::string_view a, std::string_view b) {
  constexpr std::size_t kBytes = 80;
  a = a.substr(0, kBytes);
  b = b.substr(0, kBytes);
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t left_above = row[0]++;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t changed = left_above + (a[i] != b[j]);
      left_above = row[j + 1];
      row[j + 1] = std::min({changed, left_above + 1, row[j] + 1});
    }
  }
  return row.back();
}

std::string nearest(std::string_view word, const std::vector<std::string>& words) {
  std::string best;
  std::size_t least = std::max<std::size_t>(1, word.size() / 3) + 1;
  for (const std::string& one : words) {
    const std::size_t letters = edit_distance(word, one);
    if (letters < least) best = one, least = letters;
  }
  return best;
}

}  // namespace khien
