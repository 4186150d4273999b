// Backups as they lie in a folder, or as a listing of another machine tells (`ls -l
// --time-style=long-iso` or full-iso, `find -printf '%T+ %s %p\n'`, `dir` of Windows with day
// before month, or lines "date size name"). Fills backup_copy: how new, how large, how many. No
// file is opened; that a copy can be restored is not seen here.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "collect/source/source.h"

namespace khien {

inline constexpr std::size_t kListingBytes = 64 * limits::kMiB;

struct BackupSource {
  std::filesystem::path path;
  std::string written;       // the path as people wrote it
  std::string what;          // what is copied, as agency.yaml names it; "" = the path
  std::string second_place;  // another place that holds it too, as declared; "" = none declared
  std::string offline;       // "true", "false" as declared; "" = not declared
};

// "backups.listing": {files, empty, newest, newest_bytes, bytes}; times ms UTC, +07:00 assumed.
[[nodiscard]] std::vector<Job> backup_jobs();

// A folder is walked; a file is read as a listing. K0001, K0932, K0938.
[[nodiscard]] Result<Collection> collect_backups(const BackupSource& source, WorkerPool& pool);

// path, name, second_place, offline.
[[nodiscard]] Result<std::string> check_backups(const Node& map, const std::string& place);
[[nodiscard]] Collections read_backups(const AgencySource& source, Reading& reading);

}  // namespace khien
