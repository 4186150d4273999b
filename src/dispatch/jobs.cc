// The worker side of the readers.
#include "dispatch/jobs.h"

#include "base/limits.h"
#include "dispatch/doc.h"
#include "dispatch/document.h"
#include "dispatch/docx.h"
#include "dispatch/html_text.h"
#include "dispatch/markdown.h"
#include "dispatch/ocr.h"
#include "dispatch/odt.h"
#include "dispatch/page_pictures.h"
#include "dispatch/pdf.h"
#include "dispatch/reading.h"
#include "dispatch/rtf.h"
#include "dispatch/text_tables.h"

namespace khien::dispatch {
namespace {

Result<Reading> read_txt(std::string_view bytes, const std::string& name) {
  KHIEN_TRY(Document document, document_from_text(bytes, name));
  Reading out = read_text_tables(document.text);
  out.encoding = std::move(document.encoding);
  return out;
}

template <Result<Reading> (*read)(std::string_view, const std::string&)>
Result<Node> run(const JobInput& input) {
  KHIEN_TRY(const Reading reading, read(input.bytes, input.name));
  return to_node(reading);
}

}  // namespace

std::vector<Job> jobs() {
  constexpr std::size_t most = limits::dispatch_file_bytes;
  return {{"dispatch.txt", most, run<read_txt>},
          {"dispatch.docx", most, run<read_docx>},
          {"dispatch.doc", most, run<read_doc>},
          {"dispatch.rtf", most, run<read_rtf>},
          {"dispatch.odt", most, run<read_odt>},
          {"dispatch.html", most, run<read_html_text>},
          {"dispatch.md", most, run<read_markdown>},
          {"dispatch.pdf", most, run<read_pdf_boxes>},
          {"dispatch.scan", most, run<read_scan_tables>},
          {"dispatch.picture", most, run_picture},
          {"dispatch.look", most, run_look}};
}

}  // namespace khien::dispatch
