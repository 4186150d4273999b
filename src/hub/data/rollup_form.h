// The form a requester gave for the report of a subtree: a DOCX in files/.
#pragma once

#include "base/sqlite.h"
#include "hub/data/file_store.h"

namespace khien::hub {

[[nodiscard]] Result<std::string> rollup_form(const Database& db, std::int64_t agency_id);  // or ""
[[nodiscard]] Done save_rollup_form(const Database& db, std::int64_t agency_id,
                                    const std::string& name, const Upload& upload,
                                    std::int64_t now);

}  // namespace khien::hub
