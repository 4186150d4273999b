#include "base/near.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace khien {

std::size_t edit_distance(std::string_view a, std::string_view b) {
  constexpr std::size_t kBytes = 80;
  a = a.substr(0, kBytes);
  b = b.substr(0, kBytes);
  std::vector<std::size_t> above(b.size() + 1);  // two rows up, for letters that changed places
  std::vector<std::size_t> last(b.size() + 1);
  std::iota(last.begin(), last.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::vector<std::size_t> row(b.size() + 1, i + 1);
    for (std::size_t j = 0; j < b.size(); ++j) {
      row[j + 1] = std::min({last[j + 1] + 1, row[j] + 1, last[j] + (a[i] != b[j])});
      const bool swapped = i > 0 && j > 0 && a[i] == b[j - 1] && a[i - 1] == b[j];
      if (swapped) row[j + 1] = std::min(row[j + 1], above[j - 1] + 1);
    }
    above = std::exchange(last, std::move(row));
  }
  return last.back();
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
