// Text of a PDF by the outside program pdftotext (never linked: GPL), and its own clear errors for
// what pdftotext only shows as an empty page: pictures of pages, passwords, too many pages.
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"

namespace khien {

struct PdfText {
  std::string text;  // NFC; pages follow each other without a break
  int pages = 0;
};

// K0303, K0306, K0307, K0309, K0310, K0313, K08xx.
[[nodiscard]] Result<PdfText> read_pdf(std::string_view bytes, const std::string& place);

// Removes running page numbers and joins pages; pure, for tests.
[[nodiscard]] std::string join_pages(std::string_view raw);

}  // namespace khien
