// What lies in an archive: zip by libzip, all others (7z, RAR 4 and 5, tar, and one packed file:
// .gz, .bz2, .xz, .zst) by libarchive. Folders and links are left out. Nothing is opened by name,
// and an archive within an archive stays as it is: a member like any other.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace khien {

struct ArchiveMember {
  std::string name;  // UTF-8, as the archive writes it: may be any path
  std::string bytes;
};

// By the first bytes (a tar says it after 257): one that archive_members() reads, zip among them.
[[nodiscard]] bool is_archive(std::string_view head);

// At most 200 members of 32 MiB together. A packed file without a name of its own is called as the
// archive without its last ending. K1024 broken, K1025 a bomb or too much, K1026 encrypted.
[[nodiscard]] Result<std::vector<ArchiveMember>> archive_members(std::string_view bytes,
                                                                 const std::string& place);

// One file packed by gzip, bzip2, xz or zstd, by its first bytes.
[[nodiscard]] bool is_packed_file(std::string_view head);
// ... and what it grows to, all its parts one after the other. K0934 broken, K0935 over `limit`.
[[nodiscard]] Result<std::string> unpack_file(std::string_view bytes, std::size_t limit,
                                              const std::string& place);

}  // namespace khien
