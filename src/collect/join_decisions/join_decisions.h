// A list a person filled in: application, log-in, and the staff id (or "không", "dùng chung").
// Fills no table: collect() joins accounts to people by it.
#pragma once

#include <string>

#include "collect/source/source.h"

namespace khien {

// K1000 two decisions for one account.
[[nodiscard]] Result<JoinDecisions> join_decisions_of(const Table& table,
                                                      const std::string& place,
                                                      const Lexicon& lexicon,
                                                      const Columns& columns = {});

// path, sheet, columns. The decisions go to `reading`, the collection has no table.
[[nodiscard]] Result<std::string> check_join_decisions(const Node& map, const std::string& place);
[[nodiscard]] Collections read_join_decisions(const AgencySource& source, Reading& reading);

}  // namespace khien
