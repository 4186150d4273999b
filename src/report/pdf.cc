// Draws the blocks in order, looking one block ahead where a block must not end its page alone.
#include "report/pdf.h"

#include <algorithm>

#include "report/lines.h"
#include "report/pdf_canvas.h"
#include "report/pdf_table.h"

namespace khien::report {
namespace {

Runs plain(const std::string& text) { return {{text}}; }
Runs bold(const std::string& text) { return {{text, true, false}}; }

class Printer {
 public:
  Printer(Canvas& canvas, const Document& d) : c_(canvas), d_(d) {}

  void print() {
    for (at_ = 0; at_ < d_.blocks.size(); ++at_) {
      std::visit([this](const auto& block) { this->put(block); }, d_.blocks[at_]);
    }
  }

 private:
  // The least height that must stand together at the start of block `i`.
  double least(std::size_t i) {
    if (i >= d_.blocks.size()) return 0;
    if (const auto* p = std::get_if<Paragraph>(&d_.blocks[i])) {
      const Text t = text_of(*p);
      const std::size_t lines = std::min<std::size_t>(2, t.lines.size());
      const double own = t.lines[lines - 1].top + t.lines[lines - 1].height + p->before;
      return p->keep_next ? t.height + p->before + least(i + 1) : own;
    }
    if (const auto* t = std::get_if<Table>(&d_.blocks[i])) return least_height(c_, *t) + 6;
    if (const auto* s = std::get_if<SignatureBlock>(&d_.blocks[i])) return signature(*s, false);
    if (const auto* h = std::get_if<Heading>(&d_.blocks[i])) {
      return heading_text(*h).height + 8 + least(i + 1);
    }
    return 0;
  }

  Text text_of(const Paragraph& p) {
    const double left = points(p.left);
    return c_.text(p.runs, p.size, c_.width() - left, p.align, points(p.first_line));
  }
  Text heading_text(const Heading& h) {
    return c_.text(bold(h.text), h.level == 1 ? kBodyPt : 13, c_.width(), Align::justify,
                   points(kFirstLine));
  }

  void put(const Paragraph& p) {
    const Text t = text_of(p);
    if (!c_.at_top()) c_.y += p.before;
    if (p.keep_next) c_.need(t.height + least(at_ + 1));
    flow(t, points(p.left));
  }

  // Lines over pages: at least two before and after a break.
  void flow(const Text& t, double indent) {
    std::size_t from = 0;
    while (from < t.lines.size()) {
      std::size_t to = from;
      const double start = t.lines[from].top;
      while (to < t.lines.size() &&
             t.lines[to].top + t.lines[to].height - start <= c_.room() + 0.01) {
        ++to;
      }
      const std::size_t left = t.lines.size() - to;
      if (left == 1 && to > from + 2) --to;
      const bool lone = to < t.lines.size() && to - from < 2 && t.lines.size() - from > 1;
      if ((to == from || lone) && !c_.at_top()) {
        c_.new_page();
        continue;
      }
      to = std::max(to, from + 1);
      c_.draw(t, from, to, c_.left() + indent, c_.y);
      c_.y += t.lines[to - 1].top + t.lines[to - 1].height - start;
      from = to;
      if (from < t.lines.size()) c_.new_page();
    }
  }

  void put(const Heading& h) {
    const Text t = heading_text(h);
    if (!c_.at_top()) c_.y += h.level == 1 ? 10 : 8;
    c_.need(t.height + least(at_ + 1));
    c_.bookmark(h.text, h.level);
    flow(t, 0);
  }

  void centred(const Text& t, double x, double& y) {
    c_.draw(t, 0, t.lines.size(), x, y);
    y += t.height;
  }

  void title(const std::vector<std::string>& lines) {
    for (const std::string& line : lines) {
      centred(c_.text(bold(line), kBodyPt, c_.width(), Align::center), c_.left(), c_.y);
    }
  }

  void put(const NoteHead& h) {
    const double left = points(62);
    const double right = c_.width() - left;
    const double x2 = c_.left() + left;
    double y1 = c_.y;
    for (const std::string& line : h.parent) {
      centred(c_.text(plain(line), kHeadPt, left - 6, Align::center), c_.left(), y1);
    }
    for (const std::string& line : h.agency) {
      centred(c_.text(bold(line), kHeadPt, left - 6, Align::center), c_.left(), y1);
    }
    const double middle1 = c_.left() + (left - 6) / 2;
    const double half1 = points(h.rule) / 2;
    c_.rule(middle1 - half1, y1 + 2, middle1 + half1, y1 + 2, 0.75);
    y1 += 10;
    if (!h.number.empty()) {
      centred(c_.text(plain(h.number), 13, left - 6, Align::center), c_.left(), y1);
    }
    if (!h.about.empty()) {
      y1 += 6;
      centred(c_.text(plain(h.about), 12, left - 6, Align::center), c_.left(), y1);
    }
    double y2 = c_.y;
    centred(c_.text(bold(h.motto), kHeadPt, right, Align::center), x2, y2);
    const Text slogan = c_.text(bold(h.slogan), 14, right, Align::center);
    const double side = slogan.lines[0].x;
    centred(slogan, x2, y2);
    c_.rule(x2 + side, y2 + 2, x2 + right - side, y2 + 2, 0.75);
    y2 += 10;
    centred(c_.text({{h.place_date, false, true}}, 14, right, Align::center), x2, y2);
    c_.y = std::max(y1, y2);
  }

  void put(const Title& t) {
    c_.y += 18;
    centred(c_.text(bold(t.kind), kBodyPt, c_.width(), Align::center), c_.left(), c_.y);
    const std::vector<std::string> lines = balanced(t.about, kTitleLetters, d_.breaks);
    title(lines);
    const double middle = c_.left() + c_.width() / 2;
    const double half = lines.empty() ? 0 : points(rule_under(lines.back(), kTitleWide)) / 2;
    c_.rule(middle - half, c_.y + 5, middle + half, c_.y + 5, 0.75);
    c_.y += 14;
  }

  void put(const Addressees& to) {
    c_.y += 6;
    if (to.names.size() == 1) {
      centred(c_.text(plain(to.label + " " + to.names[0] + "."), kBodyPt, c_.width(),
                      Align::center),
              c_.left(), c_.y);
    } else {
      centred(c_.text(plain(to.label), kBodyPt, c_.width(), Align::left), c_.left() + points(35),
              c_.y);
      for (std::size_t i = 0; i < to.names.size(); ++i) {
        const std::string end = i + 1 == to.names.size() ? "." : ";";
        flow(c_.text(plain("- " + to.names[i] + end), kBodyPt, c_.width() - points(60),
                     Align::left),
             points(60));
      }
    }
    c_.y += 6;
  }

  void put(const Table& t) { draw_table(c_, t); }

  // Both columns on one page; returns the height. `draw` false only measures.
  double signature(const SignatureBlock& s, bool draw) {
    const double left = points(82);
    const double right = c_.width() - left;
    std::vector<Text> list;
    list.push_back(c_.text({{s.recipients_label, true, true}}, 12, left, Align::left));
    for (const std::string& line : s.recipients) {
      list.push_back(c_.text(plain(line), 11, left - 10, Align::left));
    }
    std::vector<Text> titles;
    for (const std::string& line : s.signer_title) {
      titles.push_back(c_.text(bold(line), kBodyPt, right, Align::center));
    }
    const Text name = c_.text(bold(s.signer_name), kBodyPt, right, Align::center);
    double h1 = 0, h2 = points(32) + name.height;
    for (const Text& t : list) h1 += t.height;
    for (const Text& t : titles) h2 += t.height;
    const double height = std::max(h1, h2) + 8;
    if (!draw) return height;
    c_.need(height);
    double y = c_.y + 8;
    for (const Text& t : list) centred(t, c_.left(), y);
    y = c_.y + 8;
    for (const Text& t : titles) centred(t, c_.left() + left, y);
    y += points(32);
    centred(name, c_.left() + left, y);
    c_.y += height;
    return height;
  }
  void put(const SignatureBlock& s) { (void)signature(s, true); }

  void put(const AnnexTitle& t) {
    c_.restart_numbers();
    c_.new_page();
    c_.bookmark(t.label, 1);
    centred(c_.text(bold(t.label), kBodyPt, c_.width(), Align::center), c_.left(), c_.y);
    title(balanced(t.title, kTitleLetters, d_.breaks));
  }
  void put(const Picture& p) {
    const double height = points(p.height);
    c_.need(height + 8);
    const double x = c_.left() + (c_.width() - points(p.width)) / 2;
    for (const Shape& s : p.shapes) c_.shape(s, x, c_.y + 6);
    c_.y += height + 8;
  }
  void put(const PageBreak&) {
    if (!c_.at_top()) c_.new_page();
  }

  Canvas& c_;
  const Document& d_;
  std::size_t at_ = 0;
};

}  // namespace

Result<std::string> pdf(const Document& document) {
  KHIEN_TRY(auto canvas, Canvas::open(document));
  Printer(*canvas, document).print();
  return canvas->finish();
}

}  // namespace khien::report
