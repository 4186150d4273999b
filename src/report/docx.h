// Document -> DOCX bytes (ECMA-376, six parts in a zip). Font "Times New Roman" by name: an
// office's Word has it. No clock: the same document gives the same bytes. K0603.
#pragma once

#include <string>
#include <vector>

#include "base/error.h"
#include "report/blocks.h"

namespace khien::report {

[[nodiscard]] Result<std::string> docx(const Document& document);
[[nodiscard]] std::string docx_body(const Document& document);  // word/document.xml
[[nodiscard]] std::string picture_xml(const Picture& picture, int number);  // its paragraph

// A container in memory with fixed times, in the order given: same parts, same bytes. K0603.
struct ZipPart {
  std::string name;
  std::string bytes;
};
[[nodiscard]] Result<std::string> zip_of(const std::vector<ZipPart>& parts);

}  // namespace khien::report
