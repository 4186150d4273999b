// Agencies: a tree. The root of the hub has no parent here.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/sqlite.h"

namespace khien::hub {

// Begins a select over the agencies at and below ?1: "... where agency_id in subtree".
inline constexpr std::string_view kSubtree =
    "with recursive subtree(id) as (values(?1) union select a.id from agency a"
    " join subtree s on a.parent_id = s.id) ";

struct AgencyName {
  std::int64_t id = 0;
  std::string name;
  std::string parent_name;  // "" for the root
};

[[nodiscard]] Result<std::optional<AgencyName>> find_agency_name(const Database& db,
                                                                 std::int64_t id);
// The root; made, without a name, when there is none (within a transaction).
[[nodiscard]] Result<std::int64_t> root_agency(const Database& db);
// `id` is `top` or below it.
[[nodiscard]] Result<bool> is_below(const Database& db, std::int64_t id, std::int64_t top);

}  // namespace khien::hub
