// Staff ids a list leaves out but shows: where the running number of every row is the number at the
// end of its id ("32" beside "STP-0032"), a row without an id has the id its number gives. Other
// files that know the person by that id are then joined. Lists that number otherwise give nothing.
#pragma once

#include <map>
#include <string>

#include "format/heading/lexicon.h"

namespace khien {

// By TableRow::number. Empty unless ten rows or more agree and none speaks against it. Only numbers
// up to the last one with an id count: what follows may be anybody's. Whether somebody of
// another list has the id is seen in complete_staff().
[[nodiscard]] std::map<int, std::string> ids_by_running_number(const Table& table,
                                                               const Header& header);

}  // namespace khien
