// The profile of an office: who it is on paper, which applications and machines it has.
#pragma once

#include "base/node.h"
#include "base/sqlite.h"

namespace khien::hub {

// As the schema Office of content/api/office.yaml; an empty one when nothing was told.
[[nodiscard]] Result<Node> office_profile(const Database& db, std::int64_t agency_id);
[[nodiscard]] Done save_office(const Database& db, std::int64_t agency_id, const Node& profile);

}  // namespace khien::hub
