// The form a requester gave for the report of a subtree: a DOCX in files/.
#pragma once

#include <optional>

#include "base/sqlite.h"
#include "hub/data/file_store.h"

namespace khien::hub {

struct RollupForm {
  std::string name, sha256;
  std::int64_t bytes = 0, at = 0;
};
[[nodiscard]] Result<std::optional<RollupForm>> rollup_form(const Database& db,
                                                            std::int64_t agency_id);
[[nodiscard]] Done save_rollup_form(const Database& db, std::int64_t agency_id,
                                    const std::string& name, const Upload& upload,
                                    std::int64_t now);

}  // namespace khien::hub
