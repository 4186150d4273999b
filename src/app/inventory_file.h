// The file of machines and accounts of a result, which two commands write.
#pragma once

#include <filesystem>

#include "app/context.h"

namespace khien::app {

// JSON Lines (report/inventory.h) of a sealed *.khien file whose seal was looked at; names of
// people and machines: for the owner alone. K0005 when `out` is `file`, K0607, K0744.
[[nodiscard]] Done write_inventory_file(Context& context, const std::filesystem::path& file,
                                        const std::filesystem::path& out);

}  // namespace khien::app
