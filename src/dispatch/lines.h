// Lines, markers and paragraphs of a dispatch: what anatomy is made of. Offsets are code points of
// the clean text.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dispatch/anatomy.h"

namespace khien {

struct Line {                 // trimmed; empty lines are not kept
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  bool blank_before = false;
};

struct Marker {
  ClauseForm form = ClauseForm::bullet;
  std::string label;          // "1", "a", "IV", "1.2"
  std::string style;          // markers of one style are siblings: "1.", "1)", "a)", "-", "+"
  std::uint32_t text_begin = 0;
};

struct Paragraph {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::optional<Marker> marker;
  bool footnote = false;
};

// The same length: '*', '_' runs of markdown and the brackets of <url> become blanks.
[[nodiscard]] std::u32string clean_marks(std::u32string_view text);
[[nodiscard]] std::vector<Line> split_lines(std::u32string_view clean);
// `raw` is the stored text: a bullet written "* " is gone from the clean one. `last` is the number
// of the item before: a number of four digits is a marker only where it goes on with a long list.
[[nodiscard]] std::optional<Marker> read_marker(std::u32string_view clean,
                                                std::u32string_view raw, const Line& line,
                                                int last = 0);
// Lines [from, to) to paragraphs: wrapped lines are joined, also over an empty line when the next
// begins in lower case and the former has not ended. Numbers of pages are left out; a number alone
// right above a text is the first cell of a row.
[[nodiscard]] std::vector<Paragraph> join_lines(std::u32string_view clean,
                                                std::u32string_view raw,
                                                const std::vector<Line>& lines, std::size_t from,
                                                std::size_t to);
// Folded text against a folded word, where a letter may have lost its marks: "so:" is "số:".
[[nodiscard]] bool begins(std::u32string_view folded, std::u32string_view word);
[[nodiscard]] bool ends(std::u32string_view folded, std::u32string_view word);
[[nodiscard]] std::size_t find_like(std::u32string_view folded, std::u32string_view word,
                                    std::size_t from = 0);
[[nodiscard]] bool is_upper_line(std::u32string_view text);
[[nodiscard]] std::u32string_view cut(std::u32string_view text, std::size_t begin,
                                      std::size_t end);
// Squeezed UTF-8 of a piece.
[[nodiscard]] std::string plain(std::u32string_view text, std::size_t begin, std::size_t end);

}  // namespace khien
