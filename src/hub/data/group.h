// Groups of agencies as papers address them: "các sở, ban, ngành". By kinds, with those added and
// taken out by hand; who belongs to one is asked for a day.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "hub/data/agency.h"

namespace khien::hub {

struct GroupRow {
  std::int64_t id = 0, agency_id = 0;  // whose group it is: of those below it
  std::string name;
  std::vector<std::string> kinds;
  std::vector<std::int64_t> added, taken_out;
};

[[nodiscard]] Result<std::vector<GroupRow>> list_groups(const Database& db,
                                                        std::int64_t agency_id);
[[nodiscard]] Result<std::optional<GroupRow>> find_group(const Database& db, std::int64_t id);
[[nodiscard]] Result<std::int64_t> add_group(const Database& db, const GroupRow& row);
[[nodiscard]] Done save_group(const Database& db, const GroupRow& row);
[[nodiscard]] Done delete_group(const Database& db, std::int64_t id);
// At and below an agency, in force on the day, by id: what groups choose from.
[[nodiscard]] Result<std::vector<AgencyRow>> agencies_on(const Database& db, std::int64_t top,
                                                         const std::string& day);
// Those of `all` that belong to the group.
[[nodiscard]] std::vector<AgencyRow> members_of(const GroupRow& group,
                                                const std::vector<AgencyRow>& all);

}  // namespace khien::hub
