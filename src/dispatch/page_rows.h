// The rows of a table set on a page: told apart by the space between its lines and by their
// numbers.
#pragma once

#include <string>
#include <vector>

#include "dispatch/page_zones.h"

namespace khien {

struct ZoneRow {
  std::vector<std::string> cells;  // one a column; the name of a group stands in the first, alone
  bool opens = true;               // false: goes on with the row above (of the page before)
};
[[nodiscard]] std::vector<ZoneRow> rows_of(const std::vector<PrintedLine>& lines,
                                           const Zone& zone);

// "1", "2.1", "IV", "B": what the first column counts by.
[[nodiscard]] bool is_row_number(std::string_view text);

}  // namespace khien
