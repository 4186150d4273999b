// The regular files below a folder (or the file itself), sorted by path, without following links.
// Hidden folders are visited (Maildir++ keeps its folders so).
#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "base/error.h"

namespace khien {

inline constexpr std::size_t kWalkFiles = 500'000;

struct WalkedFile {
  std::filesystem::path path;
  std::string relative;  // with '/', printable(); the file name for a single file
};

struct Walk {
  std::vector<WalkedFile> files;
  std::size_t unreadable = 0;  // folders that could not be listed
  std::vector<std::string> closed;  // those, as `relative`
  std::vector<std::string> links;  // symbolic links, as `relative`
};

// Folders in `left_out` (whole paths) are not entered. K0001 the root is no file or folder, or
// cannot be listed; K0932 more than `limit` files.
[[nodiscard]] Result<Walk> walk_files(const std::filesystem::path& root,
                                      std::size_t limit = kWalkFiles,
                                      const std::set<std::filesystem::path>& left_out = {});
// A path as people may be shown it: valid UTF-8 on one line. Bytes of no character, control
// characters and those that turn the direction of writing stand as \x1B, \u202E.
[[nodiscard]] std::string printable(const std::filesystem::path& path);
// A list or agency.yaml from elsewhere must not make us read other files than those below its own
// folder: what it names, once links and ".." are followed, lies there. For every path that a file
// names and whose bytes are cited or sent.
[[nodiscard]] bool is_inside(const std::filesystem::path& folder,
                             const std::filesystem::path& file);
// Last change of the file, ms UTC; 0 when it cannot be read.
[[nodiscard]] std::int64_t changed_ms(const std::filesystem::path& file);

}  // namespace khien
