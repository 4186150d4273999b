// One row of a staff list as a row of facts, and what the list as a whole says of its people.
#pragma once

#include "collect/accounts/accounts.h"
#include "collect/source/row_cells.h"

namespace khien {

struct StaffList {
  std::string status;         // by its title, the name of its sheet or file; "" = not said
  bool has_status = false;    // columns
  bool has_left_on = false;
};

[[nodiscard]] StaffList staff_list(const Table& table, const Header& header,
                                   const std::string& source, const Lexicon& lexicon);
[[nodiscard]] Row staff_row(const RowCells& cells, const ImportSpec& spec, const Lexicon& lexicon,
                            const StaffList& list);

}  // namespace khien
