// Rows as lists of lines per cell; a chunk of a row is what still fits on the page.
#include "report/pdf_table.h"

#include <algorithm>

namespace khien::report {
namespace {

constexpr double kPad = 4;       // left and right of a cell, points
constexpr double kPadRow = 1.25;  // above and below, as in the DOCX
constexpr double kGap = 2;       // between paragraphs of a cell
constexpr double kLine = 0.5;
constexpr double kKeep = 0.4;    // rows up to this share of a page are never split

struct CellText {
  struct Line {
    std::size_t text = 0;
    std::size_t index = 0;
    double top = 0;     // in the cell, gaps included
    double bottom = 0;
  };
  std::vector<Text> texts;
  std::vector<Line> lines;
  std::size_t next = 0;  // first line not drawn yet

  [[nodiscard]] double left() const {
    return next >= lines.size() ? 0 : lines.back().bottom - lines[next].top;
  }
  [[nodiscard]] std::size_t fit(double height) const {  // lines from next that fit
    std::size_t to = next;
    while (to < lines.size() && lines[to].bottom - lines[next].top <= height) ++to;
    return to;
  }
};
using RowText = std::vector<CellText>;

class TableDrawer {
 public:
  TableDrawer(Canvas& canvas, const Table& table) : c_(canvas), t_(table) {
    for (const Column& column : t_.columns) {
      Runs title{{column.title, true, false}};
      titles_.push_back(cell(column, {{title}}, Align::center));
    }
  }

  [[nodiscard]] double least() {
    double height = tall(titles_);
    if (!t_.rows.empty()) {
      height += std::min(tall(row(t_.rows.front())), (c_.bottom() - c_.top()) * kKeep);
    }
    return height;
  }

  void draw() {
    c_.y += 5;
    c_.need(least());
    draw_titles();
    for (const auto& cells : t_.rows) draw_row(row(cells));
    c_.y += 5;
  }

 private:
  CellText cell(const Column& column, const Cell& cell, Align align) {
    CellText out;
    double y = 0;
    for (const Runs& runs : cell.paragraphs) {
      if (!out.texts.empty()) y += kGap;
      Text text = c_.text(runs, t_.size, points(column.width) - 2 * kPad, align);
      for (std::size_t i = 0; i < text.lines.size(); ++i) {
        const double top = y + text.lines[i].top;
        out.lines.push_back({out.texts.size(), i, top, top + text.lines[i].height});
      }
      y += text.height;
      out.texts.push_back(std::move(text));
    }
    return out;
  }
  RowText row(const std::vector<Cell>& cells) {
    RowText out;
    for (std::size_t i = 0; i < t_.columns.size(); ++i) {
      out.push_back(cell(t_.columns[i], i < cells.size() ? cells[i] : Cell{}, t_.columns[i].align));
    }
    return out;
  }
  static double tall(const RowText& row) {
    double height = 0;
    for (const CellText& c : row) height = std::max(height, c.left());
    return height + 2 * kPadRow;
  }

  void draw_titles() {
    for (CellText& c : titles_) c.next = 0;
    chunk(titles_, tall(titles_), true);
  }

  // Draws what fits into `height` of every cell, and the borders around it.
  void chunk(RowText& row, double height, bool titles) {
    double x = c_.left();
    const double top = c_.y;
    for (std::size_t i = 0; i < row.size(); ++i) {
      CellText& c = row[i];
      const std::size_t to = c.fit(height - 2 * kPadRow + 0.01);
      const double start = c.next < c.lines.size() ? c.lines[c.next].top : 0;
      const double slack = titles ? (height - 2 * kPadRow - c.left()) / 2 : 0;
      for (; c.next < to; ++c.next) {
        const CellText::Line& line = c.lines[c.next];
        c_.draw(c.texts[line.text], line.index, line.index + 1, x + kPad,
                top + kPadRow + slack + line.top - start);
      }
      c_.rule(x, top, x, top + height, kLine);
      x += points(t_.columns[i].width);
    }
    c_.rule(x, top, x, top + height, kLine);
    c_.rule(c_.left(), top, x, top, kLine);
    c_.rule(c_.left(), top + height, x, top + height, kLine);
    c_.y += height;
  }

  void break_page() {
    c_.new_page();
    draw_titles();
  }

  void draw_row(RowText row) {
    const double page = c_.bottom() - c_.top();
    bool fresh = false;  // the page holds only the titles yet
    for (;;) {
      const double height = tall(row);
      if (height <= c_.room()) return chunk(row, height, false);
      if (!fresh && height <= page * kKeep) {
        break_page();
        fresh = true;
        continue;
      }
      bool fits = false;
      for (const CellText& c : row) fits = fits || c.fit(c_.room() - 2 * kPadRow) > c.next;
      if (fits) {
        chunk(row, c_.room(), false);
      } else if (fresh) {
        return chunk(row, height, false);  // one line taller than a page: cannot be with our fonts
      }
      break_page();
      fresh = true;
    }
  }

  Canvas& c_;
  const Table& t_;
  RowText titles_;
};

}  // namespace

void draw_table(Canvas& canvas, const Table& table) { TableDrawer(canvas, table).draw(); }

double least_height(Canvas& canvas, const Table& table) {
  return TableDrawer(canvas, table).least();
}

}  // namespace khien::report
