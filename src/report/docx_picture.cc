// A picture as a group of DrawingML shapes: vectors in Word and LibreOffice alike.
#include <fmt/format.h>

#include "report/docx.h"
#include "report/picture.h"
#include "report/xml.h"

namespace khien::report {
namespace {

std::int64_t emu(double mm) { return static_cast<std::int64_t>(mm * 36000 + 0.5); }

std::string path_xml(const Picture& p, const Shape& shape) {
  std::string out = fmt::format("<a:path w=\"{}\" h=\"{}\"{}>", emu(p.width), emu(p.height),
                                shape.fill.empty() ? " fill=\"none\"" : "");
  for (const Step& s : steps_of(shape.path)) {
    std::string points;
    for (std::size_t i = 0; i + 1 < s.at.size(); i += 2) {
      points += fmt::format("<a:pt x=\"{}\" y=\"{}\"/>", emu(s.at[i]), emu(s.at[i + 1]));
    }
    const char* name = s.kind == 'M' ? "moveTo" : s.kind == 'L' ? "lnTo" : "cubicBezTo";
    out += s.kind == 'Z' ? "<a:close/>" : fmt::format("<a:{0}>{1}</a:{0}>", name, points);
  }
  return out + "</a:path>";
}

std::string solid(const std::string& colour) {
  if (colour.empty()) return "<a:noFill/>";
  return fmt::format("<a:solidFill><a:srgbClr val=\"{}\"/></a:solidFill>", colour);
}

}  // namespace

std::string picture_xml(const Picture& p, int number) {
  const std::string size = fmt::format("cx=\"{}\" cy=\"{}\"", emu(p.width), emu(p.height));
  const int id = number * 1000;
  std::string shapes;
  for (std::size_t i = 0; i < p.shapes.size(); ++i) {
    const Shape& s = p.shapes[i];
    shapes += fmt::format(
        "<wps:wsp><wps:cNvPr id=\"{0}\" name=\"{0}\"/><wps:cNvSpPr/><wps:spPr>"
        "<a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext {1}/></a:xfrm>"
        "<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/>"
        "<a:rect l=\"0\" t=\"0\" r=\"r\" b=\"b\"/><a:pathLst>{2}</a:pathLst></a:custGeom>{3}"
        "<a:ln w=\"{4}\" cap=\"rnd\">{5}</a:ln></wps:spPr><wps:bodyPr/></wps:wsp>",
        id + 1 + static_cast<int>(i), size, path_xml(p, s), solid(s.fill), emu(s.line),
        solid(s.stroke));
  }
  return fmt::format(
      "<w:p><w:pPr><w:spacing w:before=\"120\" w:after=\"40\"/><w:jc w:val=\"center\"/></w:pPr>"
      "<w:r><mc:AlternateContent"
      " xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\""
      " xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\""
      " xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\""
      " xmlns:wpg=\"http://schemas.microsoft.com/office/word/2010/wordprocessingGroup\""
      " xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\">"
      "<mc:Choice Requires=\"wpg\"><w:drawing>"
      "<wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent {0}/>"
      "<wp:docPr id=\"{1}\" name=\"{1}\" descr=\"{2}\"/><wp:cNvGraphicFramePr/><a:graphic>"
      "<a:graphicData uri=\"http://schemas.microsoft.com/office/word/2010/wordprocessingGroup\">"
      "<wpg:wgp><wpg:cNvGrpSpPr/><wpg:grpSpPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext {0}/>"
      "<a:chOff x=\"0\" y=\"0\"/><a:chExt {0}/></a:xfrm></wpg:grpSpPr>{3}</wpg:wgp>"
      "</a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice></mc:AlternateContent>"
      "</w:r></w:p>",
      size, id, escaped(p.about), shapes);
}

}  // namespace khien::report
