// The schema: content/schema/NNNN_name.sql, each applied once, in order of their names, all that is
// missing in one transaction. A file that was applied is never changed again.
#pragma once

#include <cstdint>
#include <filesystem>

#include "base/content.h"
#include "base/sqlite.h"

namespace khien::hub {

// A database with data is copied to `backups`/before-<name>.db first. K1318 the database has a
// migration this program does not know, or another one of that name; K1319 one failed (and nothing
// of any is left).
[[nodiscard]] Done migrate(const Database& db, const Content& content, std::int64_t now_ms,
                           const std::filesystem::path& backups);

}  // namespace khien::hub
