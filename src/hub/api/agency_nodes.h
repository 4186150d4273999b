// Agencies as the API says them, and what is asked of one before it is kept.
#pragma once

#include "hub/data/agency.h"
#include "hub/server/call.h"

namespace khien::hub {

[[nodiscard]] Node agency_node(const AgencyRow& row);
[[nodiscard]] Node agency_name_node(std::int64_t id, const std::string& name);  // {id, name}
// Its days are in order, its code is no other's, nobody is above himself, its successor exists when
// it ends, and no unit below outlives it. K1324, K1370, K1371, K1373, K1374.
[[nodiscard]] Done check_agency(const Texts& texts, const Database& db, const AgencyRow& row);
// An agency named by a public id, at or below `top`. K1300 with `place`.
[[nodiscard]] Result<AgencyRow> agency_below(const Database& db, const Node& id, std::int64_t top,
                                             const char* place);

}  // namespace khien::hub
