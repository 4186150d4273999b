// Pages of placed words to lines of text: paragraphs joined over lines and pages, the halves of the
// head and of the signature one after the other, tables as rows, footnotes last.
#pragma once

#include <vector>

#include "dispatch/page_lines.h"
#include "dispatch/reading.h"

namespace khien {

// `recognised`: from a picture, where numbers of headings and documents are misread in known ways.
void write_pages(std::vector<PageWords> pages, LineWriter& writer, bool recognised = false);

}  // namespace khien
