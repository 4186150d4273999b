// One sheet of a workbook: titles that stay, cells of text or numbers, a filter. Texts go through
// worksheet_write_string alone: "=cmd" stays four letters.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include <xlsxwriter.h>

#include "base/error.h"
#include "report/terminal.h"
#include "report/words.h"

namespace khien::report {

inline constexpr std::size_t kCellPoints = 8000;  // Excel's own limit is 32,767 UTF-16 units

struct Formats {
  lxw_format* title = nullptr;   // row of titles
  lxw_format* cell = nullptr;
  lxw_format* plain = nullptr;   // of one line, may run over its neighbours
  lxw_format* number = nullptr;
  lxw_format* big = nullptr;
  lxw_format* mark = nullptr;
  std::array<lxw_format*, 4> verdict{};  // by Verdict: its own background
};

class Sheet {
 public:
  Sheet(lxw_workbook* book, const std::string& name, const Formats& formats,
        const std::string& mark)
      : sheet_(workbook_add_worksheet(book, name.c_str())), f_(formats) {
    worksheet_set_paper(sheet_, 9);  // A4
    worksheet_set_landscape(sheet_);
    worksheet_fit_to_pages(sheet_, 1, 0);
    worksheet_set_margins(sheet_, 0.4, 0.4, 0.6, 0.6);
    worksheet_set_footer(sheet_, "&C&P/&N");
    if (!mark.empty()) {
      worksheet_set_header(sheet_, ("&R&B" + mark).c_str());
      put(0, mark, f_.mark);
      ++row_;
    }
  }
  void put(int column, const std::string& text, lxw_format* format = nullptr) {
    const std::string shown = excerpt(text, kCellPoints);
    worksheet_write_string(sheet_, row_, static_cast<lxw_col_t>(column), shown.c_str(),
                           format ? format : f_.cell);
    const auto at = static_cast<std::size_t>(column);
    if ((format != nullptr && format == f_.plain) || at >= widths_.size()) return;
    lines_ = std::max(lines_, wrap(shown, widths_[at]).size());
  }
  void put(int column, std::int64_t number, lxw_format* format = nullptr) {
    worksheet_write_number(sheet_, row_, static_cast<lxw_col_t>(column),
                           static_cast<double>(number), format ? format : f_.number);
  }
  // Neither LibreOffice nor a viewer fits rows by itself: the height follows the longest cell.
  void next() {
    constexpr double kLine = 15.75;    // points, of Times New Roman 12
    constexpr double kHighest = 409;   // Excel's limit
    if (lines_ > 1) {
      worksheet_set_row(sheet_, row_, std::min(kHighest, kLine * static_cast<double>(lines_) + 2),
                        nullptr);
    }
    lines_ = 1;
    ++row_;
  }
  void wide(int column, double width) {
    const auto c = static_cast<lxw_col_t>(column);
    worksheet_set_column(sheet_, c, c, width, nullptr);
    const auto at = static_cast<std::size_t>(column);
    if (widths_.size() <= at) widths_.resize(at + 1, 80);
    constexpr double kLetters = 1.15;  // Times New Roman 12 is narrower than the width's own unit
    widths_[at] = std::max<std::size_t>(1, static_cast<std::size_t>(width * kLetters));
  }
  [[nodiscard]] lxw_row_t row() const { return row_; }
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
  std::vector<std::size_t> widths_;  // letters of a line in each column
  std::size_t lines_ = 1;            // of the row being written
};

[[nodiscard]] Formats formats_of(lxw_workbook* book);

// The bytes of a workbook `fill` wrote. libxlsxwriter writes to a file only, so a private folder
// holds it for a moment. Fixed times: same bytes. K0604.
[[nodiscard]] Result<std::string> write_book(const std::string& author, std::int64_t created_ms,
                                             const std::function<void(lxw_workbook*)>& fill);

}  // namespace khien::report
