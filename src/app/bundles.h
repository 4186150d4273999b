// Facts that other machines bring in *.facts files. What a bundle says is taken only about
// its own machine (store/machines.h). A file that cannot be read leaves a
// trace in the facts, so that nothing about machines is met without it.
#pragma once

#include <filesystem>
#include <vector>

#include "app/context.h"
#include "store/facts.h"

namespace khien::app {

// Every *.facts file of a folder and of those below it, or one file; "" gives none. Problems are
// reported as they come: also links, folders that cannot be listed and files that may hold facts
// but have another name leave their trace; what holds none is named.
[[nodiscard]] std::vector<Collection> read_bundles(Context& context, const FactSchema& schema,
                                                   const std::filesystem::path& path,
                                                   std::int64_t as_of);

}  // namespace khien::app
