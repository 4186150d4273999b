// What lies in an archive: zip by libzip, all others (7z, RAR 4 and 5, tar, and one packed file:
// .gz, .bz2, .xz, .zst) by libarchive. Folders, links and what macOS puts beside files are left
// out. Nothing is opened by name, and an archive within an archive stays as it is: a member like
// any other.
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"
#include "base/limits.h"

namespace khien {

// Takes members one after the other: begin(), then its bytes in pieces. An error ends the reading
// and is what archive_members() returns.
class MemberSink {
 public:
  virtual ~MemberSink() = default;
  // `name`: UTF-8, as the archive writes it: may be any path.
  [[nodiscard]] virtual Done begin(const std::string& name) = 0;
  [[nodiscard]] virtual Done add(std::string_view bytes) = 0;
};

struct MemberLimits {
  std::size_t members = limits::zip_entries;
  std::size_t bytes = limits::zip_total_bytes;  // of all, unpacked
};

// By the first bytes (a tar says it after 257): one that archive_members() reads, zip among them.
[[nodiscard]] bool is_archive(std::string_view head);

// A packed file without a name of its own is called as the archive without its last ending. K1024
// broken, K1025 a bomb (limits::zip_ratio) or over a limit, K1026 encrypted.
[[nodiscard]] Done archive_members(std::string_view bytes, const std::string& place,
                                   MemberSink& sink, const MemberLimits& most = {});

// One file packed by gzip, bzip2, xz or zstd, by its first bytes.
[[nodiscard]] bool is_packed_file(std::string_view head);
// ... and what it grows to, all its parts one after the other. K0934 broken, K0935 over `limit`.
[[nodiscard]] Result<std::string> unpack_file(std::string_view bytes, std::size_t limit,
                                              const std::string& place);

}  // namespace khien
