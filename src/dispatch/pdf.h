// A PDF with text: the outside program pdftotext (never linked: GPL) gives its words with their
// places, which a worker rebuilds into lines, columns and tables.
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"
#include "dispatch/reading.h"

namespace khien {

struct PdfWords {
  std::string boxes;     // what pdftotext -bbox printed, for the worker
  int pages = 0;
  bool scanned = false;  // the pages are pictures
};

// K0303, K0307, K0309, K0313, K08xx.
[[nodiscard]] Result<PdfWords> pdf_words(std::string_view bytes, const std::string& place);

// The worker's part: boxes to text. K0301, K0310.
[[nodiscard]] Result<Reading> read_pdf_boxes(std::string_view boxes, const std::string& name);

}  // namespace khien
