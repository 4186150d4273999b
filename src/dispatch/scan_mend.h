// What character recognition misreads in a way only one reading fits: Roman numbers of headings
// ("H." after "I." is "II."), blanks inside the numbers of documents ("55/CNM- KT") and dates,
// letters taken for the digits of a number ("O5/l2/2027").
#pragma once

#include <string>

namespace khien {

class ScanMender {
 public:
  // The next line or paragraph of the paper.
  [[nodiscard]] std::string mended(std::string text);
  // Numbers and dates alone, as in a cell.
  [[nodiscard]] static std::string mended_numbers(const std::string& text);

 private:
  int roman_ = 0;  // the last heading's number
};

}  // namespace khien
