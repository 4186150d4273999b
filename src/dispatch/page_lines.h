// Words with their places on a page, as pdftotext -bbox and tesseract give them, and the printed
// lines they make. Places are points (1/72 inch) from the top left corner.
#pragma once

#include <string>
#include <vector>

namespace khien {

struct PageWord {
  float x0 = 0, y0 = 0, x1 = 0, y1 = 0;
  std::string text;
};

struct PageWords {
  float width = 0;
  float height = 0;
  std::vector<PageWord> words;
};

struct PrintedLine {
  std::vector<PageWord> words;  // from left to right
  float x0 = 0, y0 = 0, x1 = 0, y1 = 0;
  [[nodiscard]] float height() const { return y1 - y0; }
  [[nodiscard]] std::string text() const;
};

struct Strip {                  // free of words, from side to side of something
  float from = 0;
  float to = 0;
  [[nodiscard]] float width() const { return to - from; }
};

// From top to bottom. A raised small number becomes "¹²".
[[nodiscard]] std::vector<PrintedLine> printed_lines(std::vector<PageWord> words);
// Spaces between its words of at least `least`.
[[nodiscard]] std::vector<Strip> gaps_of(const PrintedLine& line, float least);
// The pieces of `strip` that no word of the line covers, those of at least `least`.
[[nodiscard]] std::vector<Strip> free_pieces(const Strip& strip, const PrintedLine& line,
                                             float least);

// The pages without page numbers and running heads, and the footnotes taken off their feet.
struct TidyPages {
  std::vector<std::vector<PrintedLine>> pages;
  std::vector<std::vector<PrintedLine>> notes;  // each one the lines of a footnote
};
[[nodiscard]] TidyPages tidy_pages(std::vector<PageWords> pages);

}  // namespace khien
