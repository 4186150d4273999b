// Text of a DOCX (ECMA-376 WordprocessingML): body paragraphs one a line with their automatic
// numbers, tables, then footnotes. Runs in a worker; libzip and pugixml, no DTD, no relations
// followed. Limits: base/limits.h (entries, sizes, ratio, depth).
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"

namespace khien {

// NFC. K0301, K0303, K0307, K0308, K0310, K0312.
[[nodiscard]] Result<std::string> read_docx(std::string_view bytes, const std::string& name);

}  // namespace khien
