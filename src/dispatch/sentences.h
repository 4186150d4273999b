// Where sentences end: at . ! ? … before a capital, not after "TP.", "ThS.", an initial, a number.
#pragma once

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace khien {

// [begin, end) of each, blanks at the ends left out; at least one when the piece holds a letter.
[[nodiscard]] std::vector<std::pair<std::uint32_t, std::uint32_t>> split_sentences(
    std::u32string_view text, std::uint32_t begin, std::uint32_t end);

}  // namespace khien
