// Where the words of a text stand on the pages it was read from: what a reader's window draws over
// the page. Told afterwards, by comparing the text with the words of the pages in their order, so
// that no step between (columns, tables, what was mended) has to carry places along.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/node.h"
#include "dispatch/page_lines.h"

namespace khien {

struct PlacedWord {
  std::uint32_t from = 0, to = 0;           // code points of the text
  std::uint16_t x0 = 0, y0 = 0, x1 = 0, y1 = 0;  // parts of kPageParts of the page, from top left
};
inline constexpr float kPageParts = 10'000;

struct PagePlaces {
  float width = 0, height = 0;              // points
  std::vector<PlacedWord> words;            // as they stand on the page, from top to bottom
};

// A page an entry, the first kPlacedPages of them. A word that stands nowhere in the text, such as
// a page number, has no place; a word of the text is given to one place at most.
[[nodiscard]] std::vector<PagePlaces> find_places(std::string_view text,
                                                  const std::vector<PageWords>& pages);
inline constexpr std::size_t kPlacedPages = 60;

// [{width, height, words: [from, to, x0, y0, x1, y1, from, ...]}]
[[nodiscard]] Node to_node(const std::vector<PagePlaces>& pages);
[[nodiscard]] std::vector<PagePlaces> places_from(const Node& node);

}  // namespace khien
