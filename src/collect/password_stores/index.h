// khien account index: a list of leaked passwords made into a compact filter
// (engine/password/filter.h).
#pragma once

#include <filesystem>

#include "base/worker.h"

namespace khien {

struct LeakedIndex {
  std::int64_t hashes = 0;
  std::int64_t bytes = 0;
};
// `in`: one file of lines HASH or HASH:count, in any order. Read in a worker, which needs some 60
// bytes of memory a hash. K0001, K0982, K0984.
[[nodiscard]] Result<LeakedIndex> build_leaked_index(WorkerPool& pool,
                                                     const std::filesystem::path& in,
                                                     const std::filesystem::path& out);
[[nodiscard]] Job index_job();

}  // namespace khien
