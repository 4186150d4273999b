// Staff ids a list leaves out but shows: where the running number of every row is the number at the
// end of its id ("32" beside "STP-0032"), a row without an id has the id its number gives. Other
// files that know the person by that id are then joined. Lists that number otherwise give nothing.
#pragma once

#include <map>
#include <string>

#include "collect/account_file/lexicon.h"

namespace khien {

// By TableRow::number. Empty unless ten rows or more agree, none speaks against it, and nobody else
// has the id.
[[nodiscard]] std::map<int, std::string> ids_by_running_number(const Table& table,
                                                               const Header& header);

}  // namespace khien
