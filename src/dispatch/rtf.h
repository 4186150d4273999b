// An RTF: text, the numbers it keeps beside each list paragraph, tables, footnotes. Own reader: the
// tools at hand lose Vietnamese or numbers. Runs in a worker.
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"
#include "dispatch/reading.h"

namespace khien {

// K0301, K0307, K0308, K0310.
[[nodiscard]] Result<Reading> read_rtf(std::string_view bytes, const std::string& name);

}  // namespace khien
