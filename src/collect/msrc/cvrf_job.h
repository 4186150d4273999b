// Microsoft's monthly documents (engine/vulnerability/cvrf.h) in a worker.
#pragma once

#include <filesystem>

#include "base/worker.h"
#include "engine/vulnerability/cvrf.h"

namespace khien::vuln {

// "vuln.cvrf".
[[nodiscard]] Job cvrf_job();
[[nodiscard]] Result<Month> read_cvrf(WorkerPool& pool, const std::filesystem::path& path);

}  // namespace khien::vuln
