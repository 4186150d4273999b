// One row of an export of accounts as a row of facts.
#pragma once

#include "collect/accounts/accounts.h"
#include "collect/source/row_cells.h"

namespace khien {

// Applications write a date when a password is changed or a person logs in, and nothing before. In
// a column most rows of which are filled, an empty cell says "never"; in a mostly empty one,
// nothing.
struct EmptyMeansNever {
  bool changed = false;
  bool logged_in = false;
};
[[nodiscard]] EmptyMeansNever empty_means(const Table& table, const Header& header);

[[nodiscard]] Row account_row(const RowCells& cells, const ImportSpec& spec,
                              const Lexicon& lexicon, const EmptyMeansNever& empty);

}  // namespace khien
