// Files by their content: files/ab/abcdef..., named by SHA-256, written once, never changed.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "base/error.h"

namespace khien::hub {

// A file that has arrived whole beside the others (upload/) and is not yet kept.
struct Upload {
  std::filesystem::path path;  // "" when there is none
  std::uint64_t bytes = 0;
  std::string sha256;
};

[[nodiscard]] std::filesystem::path kept_path(const std::filesystem::path& data_folder,
                                              const std::string& sha256);
// To `to`, whose folder is made; on the disk for good before this returns. K0002, K1310, K1328.
[[nodiscard]] Done move_upload(const Upload& upload, const std::filesystem::path& to);
// To its place in files/; the same content twice is one file. As move_upload().
[[nodiscard]] Done keep_upload(const std::filesystem::path& data_folder, const Upload& upload);

}  // namespace khien::hub
