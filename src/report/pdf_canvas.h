// Pages and laid-out text of one PDF: cairo and pango behind RAII. Units are points from the top
// left corner of the page. One owner, one thread.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <pango/pangocairo.h>

#include "base/error.h"
#include "report/blocks.h"

namespace khien::report {

struct Unref {
  void operator()(PangoLayout* p) const { g_object_unref(p); }
  void operator()(PangoContext* p) const { g_object_unref(p); }
  void operator()(PangoFontDescription* p) const { pango_font_description_free(p); }
  void operator()(cairo_t* p) const { cairo_destroy(p); }
  void operator()(cairo_surface_t* p) const { cairo_surface_destroy(p); }
};

[[nodiscard]] constexpr double points(double mm) { return mm * 72 / 25.4; }

// Text broken into lines for one width.
struct Text {
  struct Line {
    PangoLayoutLine* line = nullptr;  // owned by layout
    double x = 0;                     // from the left of the text
    double top = 0;
    double height = 0;
    double baseline = 0;              // from top of the text
  };
  std::unique_ptr<PangoLayout, Unref> layout;
  std::vector<Line> lines;
  double height = 0;
};

class Canvas {
 public:
  [[nodiscard]] static Result<std::unique_ptr<Canvas>> open(const Document& document);

  [[nodiscard]] Text text(const Runs& runs, double size, double width, Align align,
                          double first_line = 0);
  void draw(const Text& text, std::size_t from, std::size_t to, double x, double y);
  void shape(const Shape& shape, double left, double top);  // of its picture
  void rule(double x1, double y1, double x2, double y2, double width);

  void new_page();
  void restart_numbers() { page_ = 0; }  // the next page is page 1 of its part
  [[nodiscard]] double left() const { return left_; }
  [[nodiscard]] double width() const { return width_; }
  [[nodiscard]] double top() const { return top_; }
  [[nodiscard]] double bottom() const { return bottom_; }
  [[nodiscard]] double room() const { return bottom_ - y; }
  [[nodiscard]] bool at_top() const { return y <= top_ + 0.01; }
  void need(double height) {  // a fresh page unless `height` still fits on this one
    if (height > room() && !at_top()) new_page();
  }
  void bookmark(const std::string& title, int level);

  [[nodiscard]] Result<std::string> finish();

  double y = 0;  // where the next thing goes

 private:
  explicit Canvas(const Document& document) : document_(document) {}
  [[nodiscard]] Done start();
  void furniture();  // page number, sample mark

  const Document& document_;
  std::string bytes_;
  std::unique_ptr<cairo_surface_t, Unref> surface_;
  std::unique_ptr<cairo_t, Unref> cairo_;
  std::unique_ptr<PangoContext, Unref> context_;
  std::string family_;
  double left_ = 0, width_ = 0, top_ = 0, bottom_ = 0;
  int page_ = 1;
  int outline_[3] = {0, 0, 0};
};

}  // namespace khien::report
