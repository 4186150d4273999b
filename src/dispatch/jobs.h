// The jobs this room runs in workers. Pure functions: bytes in, Node out; tests and fuzzers call
// them directly.
#pragma once

#include <vector>

#include "base/worker.h"

namespace khien::dispatch {

// "dispatch.txt"  -> {text, encoding}
// "dispatch.docx" -> {text}
[[nodiscard]] std::vector<Job> jobs();

}  // namespace khien::dispatch
