// Records of the binary parts of an XLSB workbook ([MS-XLSB] 2.1.4): a kind and a size of seven
// bits a byte, then the body. Strings are counted UTF-16.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "format/table/biff.h"

namespace khien::biff12 {

enum Kind : std::uint32_t {
  kRow = 0, kCellBlank = 1, kCellRk = 2, kCellError = 3, kCellBool = 4, kCellReal = 5,
  kCellText = 6, kCellShared = 7,
  kFormulaText = 8, kFormulaNumber = 9, kFormulaBool = 10, kFormulaError = 11,
  // The same as 1 to 7 in the column after the last cell's, which is not written.
  kShortBlank = 12, kShortRk = 13, kShortError = 14, kShortBool = 15, kShortReal = 16,
  kShortText = 17, kShortShared = 18,
  kSharedItem = 19, kFormat = 44, kXf = 47, kCellRich = 62, kBookProperties = 153, kSheet = 156,
  kMerged = 176, kBeginCellXfs = 617, kEndCellXfs = 618
};

struct Record {
  std::uint32_t kind = 0;
  biff::Body body;
};

class Reader {
 public:
  explicit Reader(std::string_view part) : part_(part) {}
  [[nodiscard]] bool next(Record& out);  // false at the end or where the part is cut
  [[nodiscard]] bool cut() const { return cut_; }

 private:
  [[nodiscard]] bool number(int longest, std::uint32_t& out);

  std::string_view part_;
  std::size_t at_ = 0;
  bool cut_ = false;
};

// XLWideString; "" too for XLNullableWideString without one.
[[nodiscard]] std::string wide_string(biff::Body& body);
// RichStr: its runs and phonetics are left unread.
[[nodiscard]] std::string rich_string(biff::Body& body);

}  // namespace khien::biff12
