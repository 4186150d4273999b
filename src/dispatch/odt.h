// An ODT (OpenDocument text): paragraphs with the numbers of their lists, tables, notes, frames.
// Runs in a worker; libzip and pugixml under the same limits as DOCX.
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"
#include "dispatch/reading.h"

namespace khien {

// K0301, K0303, K0307, K0308, K0310, K0312.
[[nodiscard]] Result<Reading> read_odt(std::string_view bytes, const std::string& name);

}  // namespace khien
