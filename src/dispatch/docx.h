// A DOCX (ECMA-376 WordprocessingML): head part, body, footnotes. Runs in a worker; libzip and
// pugixml, no DTD, nothing outside the file. Limits: base/limits.h (entries, sizes, ratio, depth).
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"
#include "dispatch/reading.h"

namespace khien {

// K0301, K0303, K0306-K0308, K0310, K0312.
[[nodiscard]] Result<Reading> read_docx(std::string_view bytes, const std::string& name);

}  // namespace khien
