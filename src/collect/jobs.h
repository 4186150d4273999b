// The jobs this room runs in workers. Pure functions: bytes in, Node out; tests and fuzzers call
// them directly.
#pragma once

#include <vector>

#include "base/worker.h"

namespace khien {

// "table.read", and what each type of source names in sources.cc.
[[nodiscard]] std::vector<Job> collect_jobs();

}  // namespace khien
