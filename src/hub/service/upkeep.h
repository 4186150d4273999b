// What an administrator does to a data folder from a terminal: copies, restoring, checking.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/content.h"

namespace khien::hub {

// A copy below `to` (the folder's own backup/ when empty); also while a server runs. Its folder.
[[nodiscard]] Result<std::filesystem::path> back_up(const std::filesystem::path& folder,
                                                    const std::filesystem::path& to,
                                                    const Content& content, const Clock& clock);

// Puts a copy in place of what the folder holds, after every digest of it was found right; what was
// there is moved to backup/replaced-<ms>/. Refuses while a server runs (K1317). K1334 the copy is
// damaged, and nothing was touched.
[[nodiscard]] Result<std::filesystem::path> restore(const std::filesystem::path& folder,
                                                    const std::filesystem::path& copy,
                                                    const Content& content, const Clock& clock);

struct CheckLine {
  std::string id;       // text app.admin.check.<id>
  bool good = false;
  std::int64_t count = 0;
  std::string detail;   // what is wrong, technical; "" when all is well
};
// The database's structure, references, the audit chain, every kept file against its name.
[[nodiscard]] Result<std::vector<CheckLine>> check_folder(const std::filesystem::path& folder,
                                                          const Content& content,
                                                          const Clock& clock);

}  // namespace khien::hub
