// What pdftotext and tesseract print: no crash, bounded text, rows inside it.
#include <cstdlib>

#include "base/limits.h"
#include "dispatch/ocr.h"
#include "dispatch/pdf.h"

namespace {
void check(const khien::Result<khien::Reading>& read) {
  if (!read) return;
  if (read->text.size() > khien::limits::dispatch_text_bytes) std::abort();
  khien::Document document;
  khien::take_reading(document, *read);
  for (const khien::DocumentTable& table : document.tables) {
    for (const khien::DocumentRow& row : table.rows) {
      if (row.begin > row.end || row.end > document.text.size()) std::abort();
    }
  }
}
}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  check(khien::read_pdf_boxes(bytes, "fuzz"));
  check(khien::read_scan_tables(bytes, "fuzz"));
  return 0;
}
