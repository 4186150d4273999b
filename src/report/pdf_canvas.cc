// Cairo surface, fonts and pages. Hinting and glyph rounding are off, so that line breaks depend on
// the font alone.
#include "report/pdf_canvas.h"

#include <algorithm>
#include <array>
#include <charconv>

#include <cairo-pdf.h>
#include <fmt/format.h>

#include "base/calendar.h"
#include "report/errors.h"
#include "report/picture.h"

namespace khien::report {
namespace {

// All with the widths of Times New Roman and complete Vietnamese.
constexpr std::array<const char*, 3> kFamilies = {"Liberation Serif", "Tinos", "Times New Roman"};

cairo_status_t append(void* closure, const unsigned char* data, unsigned int length) {
  static_cast<std::string*>(closure)->append(reinterpret_cast<const char*>(data), length);
  return CAIRO_STATUS_SUCCESS;
}

std::string find_family(PangoContext* context) {
  for (const char* family : kFamilies) {
    std::unique_ptr<PangoFontDescription, Unref> want(pango_font_description_new());
    pango_font_description_set_family(want.get(), family);
    PangoFont* font = pango_context_load_font(context, want.get());
    if (font == nullptr) continue;
    std::unique_ptr<PangoFontDescription, Unref> got(pango_font_describe(font));
    const char* name = pango_font_description_get_family(got.get());
    const bool same = name != nullptr && std::string_view(name) == family;
    g_object_unref(font);
    if (same) return family;
  }
  return "";
}

PangoAttribute* ranged(PangoAttribute* attribute, std::size_t from, std::size_t to) {
  attribute->start_index = static_cast<guint>(from);
  attribute->end_index = static_cast<guint>(to);
  return attribute;
}

// Pango shapes the rest of a paragraph anew for every line of it: time grows with the square of its
// length. No sentence comes near this; what does (a word of 100 KB) is broken as it is anyway.
constexpr std::size_t kPiece = 4000;
constexpr std::size_t kToNextSpace = 200;

// Appends `text` with a line end where a piece is full. `since`: letters since the last one.
void append_in_pieces(std::string& out, const std::string& text, std::size_t& since) {
  for (const char c : text) {
    const bool inside = (static_cast<unsigned char>(c) & 0xC0U) == 0x80;
    const bool full = since >= kPiece && (c == ' ' || since >= kPiece + kToNextSpace);
    if (full && !inside) out += '\n';
    if ((full && !inside) || c == '\n') since = 0;
    since += inside ? 0 : 1;
    out += c;
  }
}

double units(int pango) { return static_cast<double>(pango) / PANGO_SCALE; }

}  // namespace

Result<std::unique_ptr<Canvas>> Canvas::open(const Document& document) {
  std::unique_ptr<Canvas> canvas(new Canvas(document));
  KHIEN_DO(canvas->start());
  return canvas;
}

Done Canvas::start() {
  surface_.reset(cairo_pdf_surface_create_for_stream(append, &bytes_, points(kPageWidth),
                                                     points(kPageHeight)));
  const std::string created = to_iso(local_date(document_.created_at)) + "T00:00:00Z";
  cairo_pdf_surface_set_metadata(surface_.get(), CAIRO_PDF_METADATA_TITLE,
                                 document_.title.c_str());
  cairo_pdf_surface_set_metadata(surface_.get(), CAIRO_PDF_METADATA_AUTHOR,
                                 document_.author.c_str());
  cairo_pdf_surface_set_metadata(surface_.get(), CAIRO_PDF_METADATA_CREATE_DATE, created.c_str());
  cairo_.reset(cairo_create(surface_.get()));
  if (cairo_status(cairo_.get()) != CAIRO_STATUS_SUCCESS) {
    return fail(err::report_pdf, "",
                {{"detail", cairo_status_to_string(cairo_status(cairo_.get()))}});
  }
  cairo_font_options_t* options = cairo_font_options_create();
  cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
  context_.reset(pango_cairo_create_context(cairo_.get()));
  pango_cairo_context_set_font_options(context_.get(), options);
  cairo_font_options_destroy(options);
  pango_cairo_context_set_resolution(context_.get(), 72);
  pango_context_set_round_glyph_positions(context_.get(), FALSE);
  pango_context_set_language(context_.get(),
                             pango_language_from_string(document_.lang.c_str()));
  family_ = find_family(context_.get());
  if (family_.empty()) {
    return fail(err::report_font_missing, "",
                {{"fonts", fmt::format("{}", fmt::join(kFamilies, ", "))}});
  }
  left_ = points(document_.margins.left);
  width_ = points(body_width(document_));
  top_ = points(document_.margins.top);
  bottom_ = points(kPageHeight - document_.margins.bottom);
  y = top_;
  furniture();
  return {};
}

Text Canvas::text(const Runs& runs, double size, double width, Align align, double first_line) {
  std::string all;
  std::size_t since = 0;
  PangoAttrList* attributes = pango_attr_list_new();
  for (const Run& run : runs) {
    const std::size_t from = all.size();
    append_in_pieces(all, run.text, since);
    if (run.bold) {
      pango_attr_list_insert(attributes,
                             ranged(pango_attr_weight_new(PANGO_WEIGHT_BOLD), from, all.size()));
    }
    if (run.italic) {
      pango_attr_list_insert(attributes,
                             ranged(pango_attr_style_new(PANGO_STYLE_ITALIC), from, all.size()));
    }
  }
  // A digest broken over lines must not gain a hyphen that is not in it.
  pango_attr_list_insert(attributes, ranged(pango_attr_insert_hyphens_new(FALSE), 0, all.size()));
  Text out;
  out.layout.reset(pango_layout_new(context_.get()));
  PangoLayout* layout = out.layout.get();
  std::unique_ptr<PangoFontDescription, Unref> font(pango_font_description_new());
  pango_font_description_set_family(font.get(), family_.c_str());
  pango_font_description_set_absolute_size(font.get(), size * PANGO_SCALE);
  pango_layout_set_font_description(layout, font.get());
  pango_layout_set_text(layout, all.c_str(), static_cast<int>(all.size()));
  pango_layout_set_attributes(layout, attributes);
  pango_attr_list_unref(attributes);
  pango_layout_set_width(layout, static_cast<int>(width * PANGO_SCALE));
  pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_auto_dir(layout, FALSE);
  pango_layout_set_justify(layout, align == Align::justify);
  pango_layout_set_indent(layout, static_cast<int>(first_line * PANGO_SCALE));
  pango_layout_set_alignment(layout, align == Align::center  ? PANGO_ALIGN_CENTER
                                     : align == Align::right ? PANGO_ALIGN_RIGHT
                                                             : PANGO_ALIGN_LEFT);
  // Word and LibreOffice keep the line gap of Times New Roman, Pango leaves it out.
  constexpr double kLeading = 1.149 / 1.107;
  PangoLayoutIter* iter = pango_layout_get_iter(layout);
  do {
    PangoRectangle box;
    pango_layout_iter_get_line_extents(iter, nullptr, &box);
    const double height = units(box.height) * kLeading;
    const double top = units(box.y) * kLeading;
    const double ascent = units(pango_layout_iter_get_baseline(iter) - box.y);
    out.lines.push_back({pango_layout_iter_get_line_readonly(iter), units(box.x), top, height,
                         top + height - units(box.height) + ascent});
    out.height = std::max(out.height, top + height);
  } while (pango_layout_iter_next_line(iter));
  pango_layout_iter_free(iter);
  return out;
}

void Canvas::draw(const Text& text, std::size_t from, std::size_t to, double x, double at) {
  if (from >= to || from >= text.lines.size()) return;
  const double shift = at - text.lines[from].top;
  for (std::size_t i = from; i < std::min(to, text.lines.size()); ++i) {
    const Text::Line& line = text.lines[i];
    cairo_move_to(cairo_.get(), x + line.x, shift + line.baseline);
    pango_cairo_show_layout_line(cairo_.get(), line.line);
  }
}

void Canvas::shape(const Shape& shape, double left, double top) {
  const auto colour = [&](const std::string& hex) {
    const auto part = [&](std::size_t at) {
      int value = 0;
      std::from_chars(hex.data() + at, hex.data() + at + 2, value, 16);
      return value / 255.0;
    };
    cairo_set_source_rgb(cairo_.get(), part(0), part(2), part(4));
  };
  cairo_save(cairo_.get());
  cairo_translate(cairo_.get(), left, top);
  cairo_scale(cairo_.get(), points(1), points(1));
  for (const Step& s : steps_of(shape.path)) {
    if (s.kind == 'M') cairo_move_to(cairo_.get(), s.at[0], s.at[1]);
    if (s.kind == 'L') cairo_line_to(cairo_.get(), s.at[0], s.at[1]);
    if (s.kind == 'C') {
      cairo_curve_to(cairo_.get(), s.at[0], s.at[1], s.at[2], s.at[3], s.at[4], s.at[5]);
    }
    if (s.kind == 'Z') cairo_close_path(cairo_.get());
  }
  if (shape.fill.size() == 6) {
    colour(shape.fill);
    cairo_fill_preserve(cairo_.get());
  }
  if (shape.stroke.size() == 6) {
    colour(shape.stroke);
    cairo_set_line_width(cairo_.get(), shape.line);
    cairo_set_line_cap(cairo_.get(), CAIRO_LINE_CAP_ROUND);
    cairo_set_line_join(cairo_.get(), CAIRO_LINE_JOIN_ROUND);
    cairo_stroke_preserve(cairo_.get());
  }
  cairo_new_path(cairo_.get());
  cairo_restore(cairo_.get());
}

void Canvas::rule(double x1, double y1, double x2, double y2, double width) {
  cairo_set_line_width(cairo_.get(), width);
  cairo_move_to(cairo_.get(), x1, y1);
  cairo_line_to(cairo_.get(), x2, y2);
  cairo_stroke(cairo_.get());
}

void Canvas::new_page() {
  cairo_show_page(cairo_.get());
  ++page_;
  y = top_;
  furniture();
}

void Canvas::furniture() {
  const double at = points(10);
  if (page_ > 1 && document_.numbered) {
    const Text number = text({{std::to_string(page_)}}, 14, width_, Align::center);
    draw(number, 0, 1, left_, at);
  }
  if (document_.sample_mark.empty()) return;
  const Text mark = text({{document_.sample_mark, true, false}}, 12, width_, Align::right);
  draw(mark, 0, 1, left_ - 4, at);
  const double x = left_ + mark.lines[0].x - 8;
  cairo_set_line_width(cairo_.get(), 0.9);
  cairo_rectangle(cairo_.get(), x, at - 2, left_ + width_ - x, mark.height + 4);
  cairo_stroke(cairo_.get());
}

void Canvas::bookmark(const std::string& title, int level) {
  const int parent = level <= 1 ? CAIRO_PDF_OUTLINE_ROOT : outline_[1];
  const std::string where = fmt::format("page={} pos=[{:.1f} {:.1f}]", page_, left_, y);
  const int id = cairo_pdf_surface_add_outline(surface_.get(), parent, title.c_str(),
                                               where.c_str(), CAIRO_PDF_OUTLINE_FLAG_OPEN);
  if (level <= 1) outline_[1] = id;
}

Result<std::string> Canvas::finish() {
  cairo_show_page(cairo_.get());
  const cairo_status_t drawn = cairo_status(cairo_.get());
  cairo_.reset();
  cairo_surface_finish(surface_.get());
  const cairo_status_t status =
      drawn != CAIRO_STATUS_SUCCESS ? drawn : cairo_surface_status(surface_.get());
  if (status != CAIRO_STATUS_SUCCESS || bytes_.empty()) {
    return fail(err::report_pdf, "", {{"detail", cairo_status_to_string(status)}});
  }
  return std::move(bytes_);
}

}  // namespace khien::report
