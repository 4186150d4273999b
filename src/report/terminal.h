// Text laid out for a terminal: pieces that may be coloured, lines by display width (Vietnamese
// letters are one column each, however many bytes).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "store/model.h"

namespace khien::report {

enum class Tone { plain, strong, good, part, bad, open };
struct Toned {
  std::string text;
  Tone tone = Tone::plain;
};
using Pieces = std::vector<Toned>;
[[nodiscard]] std::string plain(const Pieces& pieces);
[[nodiscard]] Tone tone_of(Verdict verdict);
// Where the terminal shows colours; each piece passes visible() (base/text.h) first.
[[nodiscard]] std::string coloured(const Pieces& pieces);

// Breaks at spaces into lines of at most `columns` (display columns); a longer word is cut.
[[nodiscard]] std::vector<std::string> wrap(std::string_view text, std::size_t columns);
// At most `lines` of wrap(), the last one ending with "..." where something was left out.
[[nodiscard]] std::vector<std::string> wrap(std::string_view text, std::size_t columns,
                                            std::size_t lines);

struct Grid {
  std::vector<std::size_t> widths;
  std::size_t height = 0;  // lines of a row at most; 0: as many as it takes
  // One row of cells, each wrapped in its column; the cell `toned` in its tone.
  void row(Pieces& out, const std::vector<std::string>& cells, std::size_t toned, Tone tone) const;
};

// "  - " and the text, hanging.
[[nodiscard]] std::string listed(const std::vector<std::string>& lines, std::size_t width);
[[nodiscard]] std::string wrapped_line(const std::string& text, std::size_t width);

}  // namespace khien::report
