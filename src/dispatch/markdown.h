// Markdown: marks of headings, emphasis, links and code are taken off, tables become rows, struck
// text is left out. Runs in a worker.
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"
#include "dispatch/reading.h"

namespace khien {

// K0301, K0310, K0004.
[[nodiscard]] Result<Reading> read_markdown(std::string_view bytes, const std::string& name);

}  // namespace khien
