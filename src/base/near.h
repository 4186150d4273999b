// The word somebody meant: the nearest of those there are, for "did you mean".
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace khien {

// Bytes to change, add, leave out or swap with the next until one word is the other; the first 80
// of each.
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b);
// The first of `words` with the least distance, at most a third of the letters of `word`; "" when
// none is so near.
[[nodiscard]] std::string nearest(std::string_view word, const std::vector<std::string>& words);

}  // namespace khien
