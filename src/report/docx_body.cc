// word/document.xml: each block as paragraphs and tables. Units: twentieths of a point; sizes in
// half points.
#include <algorithm>

#include <fmt/format.h>

#include "report/docx.h"
#include "report/lines.h"
#include "report/xml.h"

namespace khien::report {
namespace {

int twips(double mm) { return static_cast<int>(mm / 25.4 * 1440 + 0.5); }
int half(double pt) { return static_cast<int>(pt * 2 + 0.5); }

const char* jc(Align align) {
  switch (align) {
    case Align::center: return "center";
    case Align::right: return "right";
    case Align::justify: return "both";
    case Align::left: break;
  }
  return "left";
}

struct Style {
  Align align = Align::left;
  double size = kBodyPt;
  double before = 0;
  double after = 0;
  double first_line = 0;
  double left = 0;
  bool keep_next = false;
  bool page_break = false;
  const char* style = nullptr;
  double rule = 0;  // a rule below, this many mm wide: see ruled()
};

std::string runs_xml(const Runs& runs, double size) {
  std::string out;
  for (const Run& run : runs) {
    out += fmt::format("<w:r><w:rPr>{}{}<w:sz w:val=\"{}\"/></w:rPr><w:t xml:space=\"preserve\">{}"
                       "</w:t></w:r>",
                       run.bold ? "<w:b/>" : "", run.italic ? "<w:i/>" : "", half(size),
                       escaped(run.text));
  }
  return out;
}

std::string para(const Runs& runs, const Style& s) {
  std::string out = "<w:p><w:pPr>";
  if (s.style != nullptr) out += fmt::format("<w:pStyle w:val=\"{}\"/>", s.style);
  if (s.keep_next) out += "<w:keepNext/>";
  if (s.page_break) out += "<w:pageBreakBefore/>";
  out += fmt::format("<w:spacing w:before=\"{}\" w:after=\"{}\"/>", static_cast<int>(s.before * 20),
                     static_cast<int>(s.after * 20));
  if (s.left > 0 || s.first_line > 0) {
    out += fmt::format("<w:ind w:left=\"{}\" w:firstLine=\"{}\"/>", twips(s.left),
                       twips(s.first_line));
  }
  out += fmt::format("<w:jc w:val=\"{}\"/><w:rPr><w:sz w:val=\"{}\"/></w:rPr></w:pPr>", jc(s.align),
                     half(s.size));
  return out + runs_xml(runs, s.size) + "</w:p>";
}

// A paragraph too low to be seen or to take a page of its own.
std::string low(const std::string& section) {
  return fmt::format("<w:p><w:pPr><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"20\" "
                     "w:lineRule=\"exact\"/>{}</w:pPr></w:p>", section);
}

Runs plain(const std::string& text) { return {{text}}; }
Runs bold(const std::string& text) { return {{text, true, false}}; }

// A rule of `mm` in the middle of `width`: an empty 2-point paragraph with a top border.
std::string rule(double width, double mm, bool keep_next) {
  const int side = twips((width - mm) / 2);
  return fmt::format(
      "<w:p><w:pPr>{}<w:pBdr><w:top w:val=\"single\" w:sz=\"6\" w:space=\"1\" "
      "w:color=\"000000\"/></w:pBdr><w:spacing w:before=\"40\" w:after=\"0\" w:line=\"80\" "
      "w:lineRule=\"exact\"/><w:ind w:left=\"{}\" w:right=\"{}\"/><w:rPr><w:sz w:val=\"4\"/>"
      "</w:rPr></w:pPr></w:p>",
      keep_next ? "<w:keepNext/>" : "", side, side);
}

// Two columns without borders: the head and the signature block.
std::string pair_table(double left_mm, double right_mm, const std::string& left,
                       const std::string& right) {
  return fmt::format(
      "<w:tbl><w:tblPr><w:tblW w:w=\"{}\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/>"
      "<w:tblCellMar><w:left w:w=\"28\" w:type=\"dxa\"/><w:right w:w=\"28\" w:type=\"dxa\"/>"
      "</w:tblCellMar></w:tblPr><w:tblGrid><w:gridCol w:w=\"{}\"/><w:gridCol w:w=\"{}\"/>"
      "</w:tblGrid><w:tr><w:trPr><w:cantSplit/></w:trPr>"
      "<w:tc><w:tcPr><w:tcW w:w=\"{}\" w:type=\"dxa\"/></w:tcPr>{}</w:tc>"
      "<w:tc><w:tcPr><w:tcW w:w=\"{}\" w:type=\"dxa\"/></w:tcPr>{}</w:tc></w:tr></w:tbl>",
      twips(left_mm + right_mm), twips(left_mm), twips(right_mm), twips(left_mm), left,
      twips(right_mm), right);
}

constexpr std::size_t kWholeRow = 900;  // bytes of a cell; longer rows may cross pages

std::size_t length_of(const Cell& cell) {
  std::size_t bytes = 0;
  for (const Runs& runs : cell.paragraphs) {
    for (const Run& run : runs) bytes += run.text.size();
  }
  return bytes;
}

class Writer {
 public:
  explicit Writer(const Document& d) : d_(d), width_(body_width(d)) {}

  void operator()(const Paragraph& p) {
    out_ += para(p.runs, {.align = p.align, .size = p.size, .before = p.before,
                          .first_line = p.first_line, .left = p.left, .keep_next = p.keep_next});
  }
  void operator()(const Heading& h) {
    out_ += para(bold(h.text), {.align = Align::justify, .size = h.level == 1 ? kBodyPt : 13,
                                .before = h.level == 1 ? 10.0 : 8.0, .first_line = kFirstLine,
                                .keep_next = true,
                                .style = h.level == 1 ? "Heading1" : "Heading2"});
  }
  void operator()(const NoteHead& h) {
    const double left = 62;
    const double right = width_ - left;
    std::string a;
    for (const std::string& line : h.parent) {
      a += para(plain(line), {.align = Align::center, .size = kHeadPt});
    }
    for (const std::string& line : h.agency) {
      a += para(bold(line), {.align = Align::center, .size = kHeadPt});
    }
    a += rule(left, h.rule, false);
    if (!h.number.empty()) {
      a += para(plain(h.number), {.align = Align::center, .size = 13, .before = 8});
    }
    if (!h.about.empty()) {
      a += para(plain(h.about), {.align = Align::center, .size = 12, .before = 6});
    }
    std::string b = para(bold(h.motto), {.align = Align::center, .size = kHeadPt});
    b += para(bold(h.slogan), {.align = Align::center, .size = 14}) + rule(right, 59, false);
    b += para({{h.place_date, false, true}}, {.align = Align::center, .size = 14, .before = 6});
    out_ += pair_table(left, right, a, b);
  }
  void operator()(const Title& t) {
    out_ += para(bold(t.kind), {.align = Align::center, .before = 18, .keep_next = true});
    const std::vector<std::string> lines = balanced(t.about, kTitleLetters, d_.breaks);
    for (const std::string& line : lines) {
      out_ += para(bold(line), {.align = Align::center, .keep_next = true});
    }
    if (!lines.empty()) out_ += rule(width_, rule_under(lines.back(), kTitleWide), true);
    out_ += para({}, {.size = 6});
  }
  void operator()(const Addressees& to) {
    if (to.names.size() == 1) {
      out_ += para(plain(to.label + " " + to.names[0] + "."),
                   {.align = Align::center, .before = 6, .after = 6});
      return;
    }
    out_ += para(plain(to.label), {.before = 6, .left = 35, .keep_next = true});
    for (std::size_t i = 0; i < to.names.size(); ++i) {
      const bool last = i + 1 == to.names.size();
      out_ += para(plain("- " + to.names[i] + (last ? "." : ";")),
                   {.after = last ? 6.0 : 0.0, .left = 60});
    }
  }
  void operator()(const Table& t);
  void operator()(const SignatureBlock& s);
  // Ends the section before it: an annex counts its pages from 1.
  void operator()(const AnnexTitle& t) {
    out_ += low(section());
    ++sections_;
    out_ += para(bold(t.label), {.align = Align::center, .keep_next = true, .style = "Heading1"});
    for (const std::string& line : balanced(t.title, kTitleLetters, d_.breaks)) {
      out_ += para(bold(line), {.align = Align::center, .keep_next = true});
    }
  }
  void operator()(const Picture& p) { out_ += picture_xml(p, ++pictures_); }
  void operator()(const PageBreak&) {  // before a paragraph too low to be seen: a table may follow
    out_ += para({}, {.size = 1, .page_break = true});
  }

  std::string finish();

 private:
  std::string cell_xml(const Column& column, const Cell& cell, bool title, double size);
  std::string section() const;

  const Document& d_;
  double width_;
  int sections_ = 0;  // before this one
  int pictures_ = 0;
  std::string out_;
};

std::string Writer::cell_xml(const Column& column, const Cell& cell, bool title, double size) {
  std::string out = fmt::format("<w:tc><w:tcPr><w:tcW w:w=\"{}\" w:type=\"dxa\"/>{}</w:tcPr>",
                                twips(column.width),
                                title ? "<w:vAlign w:val=\"center\"/>" : "");
  for (const Runs& runs : cell.paragraphs) {
    out += para(runs, {.align = title ? Align::center : column.align, .size = size,
                       .before = 1, .after = 1, .keep_next = title});
  }
  if (cell.paragraphs.empty()) out += "<w:p/>";
  return out + "</w:tc>";
}

void Writer::operator()(const Table& t) {
  std::string grid;
  std::string titles;
  for (const Column& c : t.columns) {
    grid += fmt::format("<w:gridCol w:w=\"{}\"/>", twips(c.width));
    titles += cell_xml(c, {{bold(c.title)}}, true, t.size);
  }
  std::string borders;
  for (const char* side : {"top", "left", "bottom", "right", "insideH", "insideV"}) {
    borders += fmt::format("<w:{} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>",
                           side);
  }
  out_ += para({}, {.size = 3, .keep_next = true});
  out_ += fmt::format(
      "<w:tbl><w:tblPr><w:tblW w:w=\"{}\" w:type=\"dxa\"/>"
      "<w:tblInd w:w=\"80\" w:type=\"dxa\"/><w:tblBorders>{}</w:tblBorders>"
      "<w:tblLayout w:type=\"fixed\"/><w:tblCellMar><w:left w:w=\"80\" w:type=\"dxa\"/>"
      "<w:right w:w=\"80\" w:type=\"dxa\"/></w:tblCellMar>{}</w:tblPr><w:tblGrid>{}</w:tblGrid>"
      "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{}</w:tr>",
      twips(width_), borders,
      t.about.empty() ? ""
                      : fmt::format("<w:tblCaption w:val=\"{}\"/>", escaped(t.about)),
      grid, titles);
  for (const auto& row : t.rows) {
    std::size_t longest = 0;
    for (const Cell& cell : row) longest = std::max(longest, length_of(cell));
    out_ += longest <= kWholeRow ? "<w:tr><w:trPr><w:cantSplit/></w:trPr>" : "<w:tr>";
    for (std::size_t i = 0; i < t.columns.size(); ++i) {
      out_ += cell_xml(t.columns[i], i < row.size() ? row[i] : Cell{}, false, t.size);
    }
    out_ += "</w:tr>";
  }
  out_ += "</w:tbl>";
  out_ += para({}, {.size = 3});
}

void Writer::operator()(const SignatureBlock& s) {
  std::string left = para({{s.recipients_label, true, true}}, {.size = 12});
  for (const std::string& line : s.recipients) left += para(plain(line), {.size = 11});
  std::string right;
  for (const std::string& line : s.signer_title) {
    right += para(bold(line), {.align = Align::center});
  }
  // 30 mm free for the signature and the seal.
  right += para(bold(s.signer_name), {.align = Align::center, .before = 85});
  out_ += para({}, {.size = 6, .keep_next = true});
  out_ += pair_table(82, width_ - 82, left, right);
}

std::string Writer::section() const {
  const Margins& m = d_.margins;
  return fmt::format(
      "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"rId2\"/>"
      "<w:headerReference w:type=\"first\" r:id=\"rId3\"/>"
      "<w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"{}\" w:right=\"{}\" w:bottom=\"{}\" "
      "w:left=\"{}\" w:header=\"567\" w:footer=\"567\" w:gutter=\"0\"/>{}<w:titlePg/></w:sectPr>",
      twips(m.top), twips(m.right), twips(m.bottom), twips(m.left),
      sections_ > 0 ? "<w:pgNumType w:start=\"1\"/>" : "");
}

std::string Writer::finish() {
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:document "
      "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" "
      "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><w:body>{}"
      "{}</w:body></w:document>",
      out_ + low(""), section());
}

}  // namespace

std::string docx_body(const Document& document) {
  Writer writer(document);
  for (const Block& block : document.blocks) std::visit(writer, block);
  return writer.finish();
}

}  // namespace khien::report
