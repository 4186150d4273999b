// A folder of range files ("00000.txt" ... "FFFFF.txt", each the rest of the hashes that begin so):
// only the files that stored hashes point to are read, and compared in a worker.
#pragma once

#include <filesystem>

#include "base/worker.h"

namespace khien {

// Adds {entry, list} for each unsalted stored hash the folder has. K0982 when it has no range file.
[[nodiscard]] Done look_up_ranges(WorkerPool& pool, const std::filesystem::path& folder, int bundle,
                                  const Node& layout, std::int64_t list, Node& rows);
[[nodiscard]] std::vector<Job> range_jobs();

}  // namespace khien
