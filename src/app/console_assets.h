// The console as it was built from web/, inside this binary (tools/pack_console.cc).
#pragma once

#include <optional>
#include <string_view>

#include "hub/server/pages.h"

namespace khien {

// "index.html", "assets/index-1a2b.js"; nothing when the console has no such file.
[[nodiscard]] std::optional<hub::Asset> console_asset(std::string_view path);

}  // namespace khien
