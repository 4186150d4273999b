// What `khien report --inventory` wrote, as rows. It names people: its file lies in the folder of
// the job that asked for it, and goes with it.
#pragma once

#include <filesystem>
#include <unordered_map>

#include "base/sqlite.h"

namespace khien::hub {

inline constexpr const char* kInventoryFile = "may-tai-khoan.jsonl";

struct InventoryLink {
  std::int64_t machine = 0, account = 0;  // numbers in the result; 0: none
};
// By the finding's id in the file.
using InventoryLinks = std::unordered_map<std::int64_t, InventoryLink>;

// Line by line. K0001, K0011.
[[nodiscard]] Result<InventoryLinks> keep_inventory(const Database& db, std::int64_t id,
                                                    const std::filesystem::path& file);

}  // namespace khien::hub
