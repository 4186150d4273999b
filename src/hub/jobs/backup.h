// Copies of a data folder: backup/<date>-<ms>/ with hub.db (a consistent copy), files/ and office/,
// and a list of all with their digests. Files of files/ never change, so they are linked, not
// copied, where the disk allows it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "hub/jobs/runner.h"

namespace khien::hub {

struct Backup {
  std::string name;
  std::int64_t bytes = 0;    // of hub.db and all files
  std::int64_t made_at = 0;  // ms
};

// A copy below `to` (data folder's backup/ when empty), named by `at` (ms), the moment it was asked
// for; its folder. One that is there already is that copy. `said` is told how far it is. K0002,
// K1310; what is half done is taken away.
[[nodiscard]] Result<std::filesystem::path> make_backup(
    Data& data, const std::filesystem::path& to, std::int64_t at,
    const std::function<Done(const std::string& phase, std::int64_t done, std::int64_t total)>&
        said);
// SHA-256 of a file of any size. K0001.
[[nodiscard]] Result<std::string> file_digest(const std::filesystem::path& path);
[[nodiscard]] std::vector<Backup> list_backups(const std::filesystem::path& data_folder);
[[nodiscard]] Result<Node> backup_job(JobContext& context);  // result: {name, bytes}

}  // namespace khien::hub
