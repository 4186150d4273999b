// Blocks as HTML. Sections are h2/h3, tables have captions and scopes, the head is plain text flow
// for screen readers and two columns for eyes.
#include "report/html.h"

#include <fmt/format.h>

#include "report/xml.h"

namespace khien::report {
namespace {

constexpr const char* kStyle = R"(
@page{size:A4;margin:20mm 15mm 20mm 30mm}
@page{@top-center{content:counter(page);font:14pt "Times New Roman",serif}}
@page:first{@top-center{content:none}}
*{box-sizing:border-box}
body{margin:0;background:#e8e8e8;color:#000;
 font:14pt/1.3 "Times New Roman","Liberation Serif",Tinos,serif}
main{width:210mm;max-width:100%;margin:8mm auto;padding:20mm 15mm 20mm 30mm;background:#fff}
.skip{position:absolute;left:-999em}.skip:focus{left:0;background:#fff;padding:4px}
p{margin:6pt 0 0;text-align:justify;text-indent:10mm;overflow-wrap:anywhere}
p.flat{text-indent:0}p.c{text-align:center;text-indent:0}p.small{font-size:13pt}
h2,h3{font-size:14pt;margin:10pt 0 0;text-indent:10mm;break-after:avoid;overflow-wrap:anywhere}
h3{font-size:13pt;margin-top:8pt}
.pre{white-space:pre-wrap}h1,h2.annex{text-wrap:balance}
h1{font-size:14pt;text-align:center;margin:18pt 0 0;text-indent:0}
h2.annex{text-align:center;text-indent:0;break-before:page}
h2.annex span{display:block}
.head{display:flex;gap:4mm;text-align:center;font-size:13pt;line-height:1.25}
.head>div:first-child{flex:0 1 60mm}.head>div:last-child{flex:1 0 98mm}
.head p{text-align:center;text-indent:0;margin:0}
.head .rule,hr{border:0;border-top:1px solid #000;margin:3pt auto 6pt;height:0}
.r59{width:59mm}.r50{width:50mm}
.about{display:block}.picture{display:block;width:100%;margin:8pt 0 4pt}
.frame{width:100%;border-collapse:collapse;table-layout:fixed}
.grid{width:calc(100% - 1px);border-collapse:collapse;margin:6pt 0;
 font-size:12pt;line-height:1.2;table-layout:fixed}
caption{position:absolute;width:1px;height:1px;overflow:hidden;
 clip-path:inset(50%);white-space:nowrap}
.grid th,.grid td{border:1px solid #000;padding:3px 5px;vertical-align:top;
 text-align:left;overflow-wrap:anywhere}
.grid th{text-align:center;vertical-align:middle}
.grid td.c{text-align:center}.grid td.r{text-align:right}
.grid p{margin:2pt 0 0;text-align:inherit;text-indent:0}.grid p:first-child{margin-top:0}
thead{display:table-header-group}.grid tr{break-inside:avoid}.grid thead{break-after:avoid}
.to{margin:6pt 0 6pt 35mm}.to ul{list-style:none;margin:0;padding-left:25mm}
.sign{display:flex;margin-top:10pt;break-inside:avoid}
.sign>div:first-child{flex:0 0 82mm;font-size:11pt}
.sign>div:last-child{flex:1;text-align:center;font-weight:bold}
.sign p{text-indent:0;margin:0;text-align:inherit}.sign>div:first-child p{text-align:left}
.sign .name{margin-top:32mm}
.frame>thead>tr>td,.frame>tbody>tr>td{padding:0}
.frame>thead>tr>td{text-align:right;height:9mm}
.sample{position:fixed;top:3mm;right:8mm;border:2px solid #000;background:#fff;
 padding:1px 8px;font:bold 12pt "Times New Roman",serif;z-index:1}
@media screen and (max-width:210mm){main{padding:12mm 6mm}
 .head{flex-wrap:wrap}.head>div{flex:1 1 100%!important}.grid{font-size:11pt}}
@media print{body{background:none}main{margin:0;padding:0!important;width:auto}
 .sample{position:static}.skip{display:none}}
)";

const char* css_class(Align align) {
  if (align == Align::center) return " class=\"c\"";
  return align == Align::right ? " class=\"r\"" : "";
}

std::string runs_html(const Runs& runs) {
  std::string out;
  for (const Run& run : runs) {
    std::string text = escaped(run.text);
    if (run.italic) text = "<em>" + text + "</em>";
    if (run.bold) text = "<strong>" + text + "</strong>";
    out += text;
  }
  return out;
}

class Page {
 public:
  void operator()(const Paragraph& p) {
    const char* name = p.align == Align::center ? " class=\"c\""
                       : p.first_line == 0      ? " class=\"flat\""
                       : p.size < kBodyPt       ? " class=\"small\""
                                                : "";
    out += fmt::format("<p{}>{}</p>\n", name, runs_html(p.runs));
  }
  void operator()(const Heading& h) {
    out += fmt::format("<h{0}>{1}</h{0}>\n", h.level + 1, escaped(h.text));
  }
  void operator()(const NoteHead& h) {
    std::string who;
    for (const std::string& line : h.parent) who += "<p>" + escaped(line) + "</p>";
    for (const std::string& line : h.agency) who += "<p><strong>" + escaped(line) + "</strong></p>";
    out += fmt::format(
        "<header class=\"head\"><div>{}<hr class=\"rule\" style=\"width:{:.0f}mm\">"
        "<p class=\"pre\">{}</p>{}"
        "</div><div><p><strong>{}</strong></p><p><strong>{}</strong></p><hr class=\"rule r59\">"
        "<p class=\"pre\"><em>{}</em></p></div></header>\n",
        who, h.rule, escaped(h.number), h.about.empty() ? "" : "<p>" + escaped(h.about) + "</p>",
        escaped(h.motto), escaped(h.slogan), escaped(h.place_date));
  }
  void operator()(const Title& t) {
    out += fmt::format("<h1 id=\"report\">{} <span class=\"about\">{}</span></h1>"
                       "<hr class=\"r50\">\n",
                       escaped(t.kind), escaped(t.about));
  }
  void operator()(const Addressees& to) {
    if (to.names.size() == 1) {
      out += fmt::format("<p class=\"c\">{} {}.</p>\n", escaped(to.label), escaped(to.names[0]));
      return;
    }
    out += fmt::format("<div class=\"to\">{}<ul>", escaped(to.label));
    for (std::size_t i = 0; i < to.names.size(); ++i) {
      out += fmt::format("<li>- {}{}</li>", escaped(to.names[i]),
                         i + 1 == to.names.size() ? "." : ";");
    }
    out += "</ul></div>\n";
  }
  void operator()(const Table& t);
  void operator()(const SignatureBlock& s);
  void operator()(const AnnexTitle& t) {
    out += fmt::format("<h2 class=\"annex\">{} <span>{}</span></h2>\n", escaped(t.label),
                       escaped(t.title));
  }
  void operator()(const Picture& p) {
    out += fmt::format("<svg class=\"picture\" role=\"img\" aria-label=\"{}\" "
                       "viewBox=\"0 0 {} {}\">", escaped(p.about), p.width, p.height);
    for (const Shape& s : p.shapes) {
      const auto colour = [](const std::string& c) { return c.empty() ? "none" : "#" + c; };
      out += fmt::format("<path d=\"{}\" fill=\"{}\" stroke=\"{}\" stroke-width=\"{}\"/>",
                         escaped(s.path), colour(s.fill), colour(s.stroke), s.line);
    }
    out += "</svg>\n";
  }
  void operator()(const PageBreak&) { out += "<hr style=\"break-after:page;border:0\">\n"; }

  std::string out;
};

void Page::operator()(const Table& t) {
  double total = 0;
  for (const Column& c : t.columns) total += c.width;
  out += fmt::format("<table class=\"grid\"><caption>{}</caption><colgroup>", escaped(t.about));
  for (const Column& c : t.columns) {
    out += fmt::format("<col style=\"width:{:.1f}%\">", total > 0 ? c.width * 100 / total : 0);
  }
  out += "</colgroup><thead><tr>";
  for (const Column& c : t.columns) {
    out += fmt::format("<th scope=\"col\">{}</th>", escaped(c.title));
  }
  out += "</tr></thead><tbody>\n";
  for (const auto& row : t.rows) {
    out += "<tr>";
    for (std::size_t i = 0; i < t.columns.size(); ++i) {
      out += fmt::format("<td{}>", css_class(t.columns[i].align));
      if (i < row.size()) {
        for (const Runs& runs : row[i].paragraphs) out += "<p>" + runs_html(runs) + "</p>";
      }
      out += "</td>";
    }
    out += "</tr>\n";
  }
  out += "</tbody></table>\n";
}

void Page::operator()(const SignatureBlock& s) {
  out += fmt::format("<div class=\"sign\"><div><p style=\"font-size:12pt\"><strong><em>{}</em>"
                     "</strong></p>",
                     escaped(s.recipients_label));
  for (const std::string& line : s.recipients) out += "<p>" + escaped(line) + "</p>";
  out += "</div><div>";
  for (const std::string& line : s.signer_title) out += "<p>" + escaped(line) + "</p>";
  out += fmt::format("<p class=\"name\">{}</p></div></div>\n", escaped(s.signer_name));
}

}  // namespace

std::string html(const Document& d, const Texts& texts) {
  Page page;
  for (const Block& block : d.blocks) std::visit(page, block);
  std::string out = fmt::format(
      "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
      "style-src 'unsafe-inline'\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"referrer\" content=\"no-referrer\">\n<title>{}</title>\n<style>",
      d.lang, escaped(d.title));
  out += kStyle;
  out += fmt::format("</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#report\">{}</a>\n",
                     escaped(texts("report.html.skip")));
  const std::string main = "<main>\n" + page.out + "</main>\n";
  if (d.sample_mark.empty()) return out + main + "</body>\n</html>\n";
  // A table head is the one thing every browser repeats on each printed page.
  out += fmt::format("<table class=\"frame\" role=\"presentation\"><thead><tr><td>"
                     "<span class=\"sample\">{}</span></td></tr></thead><tbody><tr><td>\n",
                     escaped(d.sample_mark));
  return out + main + "</td></tr></tbody></table>\n</body>\n</html>\n";
}

}  // namespace khien::report
