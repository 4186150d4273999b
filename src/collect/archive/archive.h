// Members of a zip, unpacked in a worker under the limits of base/zip_parts.h.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/worker.h"

namespace khien {

struct ArchiveMember {
  std::string name;  // as the archive writes it
  std::string bytes;
};

[[nodiscard]] Job archive_job();  // "archive.members"
// K1024 broken, K1025 a bomb or too much, K1026 encrypted.
[[nodiscard]] Result<std::vector<ArchiveMember>> read_archive(WorkerPool& pool,
                                                              std::string_view bytes,
                                                              const std::string& name);

}  // namespace khien
