// Main text of a page of an agency's site: menus, links to other pages, scripts and hidden text are
// left out; lists get the numbers browsers show. Runs in a worker.
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"
#include "dispatch/reading.h"

namespace khien {

// K0301, K0308, K0310.
[[nodiscard]] Result<Reading> read_html_text(std::string_view bytes, const std::string& name);

}  // namespace khien
