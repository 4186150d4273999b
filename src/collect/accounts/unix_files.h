// A passwd and shadow pair copied from another machine into a folder. host_linux reads the live
// files of this machine; here the bytes are an outsider's and are parsed in a worker.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/worker.h"
#include "store/facts.h"

namespace khien {

[[nodiscard]] std::vector<Job> unix_jobs();

// `path`: a folder with passwd and shadow, or a file of another name ("db01-passwd.txt") with its
// shadow beside it. Fills account with scope "host". Without a readable shadow the password columns
// are gaps and the table is partial. K0402 no passwd. `as_of_ms` decides which accounts have
// expired.
[[nodiscard]] Result<Collection> collect_unix_files(const std::filesystem::path& path,
                                                    const std::string& source,
                                                    const std::string& host, WorkerPool& pool,
                                                    std::int64_t as_of_ms);

}  // namespace khien
