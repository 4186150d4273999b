// The choice of a printer.
#include "report/report.h"

#include <array>
#include <utility>

#include "report/docx.h"
#include "report/errors.h"
#include "report/html.h"
#include "report/json.h"
#include "report/overview.h"
#include "report/pdf.h"
#include "report/xlsx.h"

namespace khien::report {

Result<Format> format_from(std::string_view name) {
  static constexpr std::array<std::pair<std::string_view, Format>, 8> kFormats = {
      {{"docx", Format::docx}, {"pdf", Format::pdf}, {"html", Format::html},
       {"overview", Format::overview}, {"xlsx", Format::xlsx}, {"json", Format::json},
       {"ocsf", Format::ocsf}, {"oscal", Format::oscal}}};
  for (const auto& [known, format] : kFormats) {
    if (known == name) return format;
  }
  return fail(err::report_format, "",
              {{"value", std::string(name)},
               {"allowed", "docx, pdf, html, overview, xlsx, json, ocsf, oscal"}});
}

Result<std::string> print(Format format, const Assessment& assessment, const Texts& texts,
                          const Seal& seal, const Particulars& particulars) {
  if (format == Format::json) return json(assessment);
  const View view = view_of(assessment);
  switch (format) {
    case Format::docx: return docx(answer(view, texts, seal, particulars));
    case Format::pdf: return pdf(answer(view, texts, seal, particulars));
    case Format::html: return html(answer(view, texts, seal, particulars), texts);
    case Format::overview: return overview(view, texts, particulars);
    case Format::xlsx: return xlsx(view, texts, seal);
    case Format::ocsf: return ocsf(view, texts);
    case Format::oscal: return oscal(view, texts);
    case Format::json: break;
  }
  return json(assessment);
}

}  // namespace khien::report
