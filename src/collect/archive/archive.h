// An archive unpacked into a private folder: read in a worker, piece by piece, written here under
// names of our own making (format/archive/members.h).
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/worker.h"

namespace khien {

inline constexpr std::size_t kArchiveBytes = std::size_t{128} << 20;

struct UnpackedFile {
  std::string name;            // as the archive calls it, printable()
  std::filesystem::path path;  // where it lies, below the folder
  std::uint64_t bytes = 0;
};

[[nodiscard]] Job archive_job();  // "archive.unpack"
// Members lie below `folder`, which exists and is empty, in folders of the same names as in the
// archive: ".." and drives are left out, bytes of no character, control characters and those that
// turn the direction of writing replaced; a name taken already gets a number. Mode 0600. An archive
// within it is a file like any other. K0003 over kArchiveBytes, K1024-K1026 as archive_members(),
// K08xx of the worker, K0002 when the disk is full; then part of it lies in the folder.
[[nodiscard]] Result<std::vector<UnpackedFile>> unpack_archive(
    WorkerPool& pool, const std::filesystem::path& archive, const std::filesystem::path& folder);

// The path a member gets, relative to the folder; never empty, never outside it.
[[nodiscard]] std::filesystem::path member_path(const std::string& name);

}  // namespace khien
