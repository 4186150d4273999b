// Members of an archive, unpacked in a worker (format/archive/members.h).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/worker.h"
#include "format/archive/members.h"

namespace khien {

[[nodiscard]] Job archive_job();  // "archive.members"
// As archive_members(), K08xx of the worker.
[[nodiscard]] Result<std::vector<ArchiveMember>> read_archive(WorkerPool& pool,
                                                              std::string_view bytes,
                                                              const std::string& name);

}  // namespace khien
