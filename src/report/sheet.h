// One sheet of a workbook: titles that stay, cells of text or numbers, a filter. Texts go through
// worksheet_write_string alone: "=cmd" stays four letters.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include <xlsxwriter.h>

#include "base/error.h"
#include "report/words.h"

namespace khien::report {

inline constexpr std::size_t kCellPoints = 8000;  // Excel's own limit is 32,767 UTF-16 units

struct Formats {
  lxw_format* title = nullptr;   // row of titles
  lxw_format* cell = nullptr;
  lxw_format* number = nullptr;
  lxw_format* big = nullptr;
  lxw_format* mark = nullptr;
};

class Sheet {
 public:
  Sheet(lxw_workbook* book, const std::string& name, const Formats& formats,
        const std::string& mark)
      : sheet_(workbook_add_worksheet(book, name.c_str())), f_(formats) {
    worksheet_set_paper(sheet_, 9);  // A4
    worksheet_set_landscape(sheet_);
    worksheet_fit_to_pages(sheet_, 1, 0);
    worksheet_set_footer(sheet_, "&C&P/&N");
    if (!mark.empty()) {
      worksheet_set_header(sheet_, ("&R&B" + mark).c_str());
      put(0, mark, f_.mark);
      ++row_;
    }
  }
  void put(int column, const std::string& text, lxw_format* format = nullptr) {
    worksheet_write_string(sheet_, row_, static_cast<lxw_col_t>(column),
                           excerpt(text, kCellPoints).c_str(), format ? format : f_.cell);
  }
  void put(int column, std::int64_t number) {
    worksheet_write_number(sheet_, row_, static_cast<lxw_col_t>(column),
                           static_cast<double>(number), f_.number);
  }
  void next() { ++row_; }
  void wide(int column, double width) {
    const auto c = static_cast<lxw_col_t>(column);
    worksheet_set_column(sheet_, c, c, width, nullptr);
  }
  void titles(const std::vector<std::pair<std::string, double>>& columns) {
    int i = 0;
    for (const auto& [title, width] : columns) {
      wide(i, width);
      put(i++, title, f_.title);
    }
    first_ = row_;
    columns_ = i;
    worksheet_freeze_panes(sheet_, row_ + 1, 0);
    worksheet_repeat_rows(sheet_, row_, row_);
    next();
  }
  void finish() {  // the filter, once all rows are there
    const lxw_row_t last = row_ > first_ + 1 ? row_ - 1 : first_ + 1;
    worksheet_autofilter(sheet_, first_, 0, last, static_cast<lxw_col_t>(columns_ - 1));
  }
  const Formats& formats() const { return f_; }

 private:
  lxw_worksheet* sheet_;
  const Formats& f_;
  lxw_row_t row_ = 0;
  lxw_row_t first_ = 0;
  int columns_ = 1;
};

[[nodiscard]] Formats formats_of(lxw_workbook* book);

// The bytes of a workbook `fill` wrote. libxlsxwriter writes to a file only, so a private folder
// holds it for a moment. Fixed times: same bytes. K0604.
[[nodiscard]] Result<std::string> write_book(const std::string& author, std::int64_t created_ms,
                                             const std::function<void(lxw_workbook*)>& fill);

}  // namespace khien::report
