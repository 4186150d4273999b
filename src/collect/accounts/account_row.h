// One row of an export of accounts as a row of facts.
#pragma once

#include "collect/accounts/accounts.h"
#include "collect/source/row_cells.h"

namespace khien {

// Applications write a date when a password is changed or a person logs in, and nothing before. In
// a column most rows of which are filled, an empty cell says "never"; in a mostly empty one,
// nothing.
struct ColumnHabits {
  bool changed = false;
  bool logged_in = false;
  bool lags = false;  // the last log-in is a directory's, told up to two weeks late
};
[[nodiscard]] ColumnHabits column_habits(const Table& table, const Header& header,
                                         const Lexicon& lexicon);

[[nodiscard]] Row account_row(const RowCells& cells, const ImportSpec& spec,
                              const Lexicon& lexicon, const ColumnHabits& habits);

}  // namespace khien
