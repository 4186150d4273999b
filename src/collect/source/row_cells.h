// Cells of a table (format/heading/cells.h) as columns of a row of facts.
#pragma once

#include "format/heading/cells.h"
#include "store/facts.h"

namespace khien {

class RowCells : public Cells {
 public:
  using Cells::Cells;
  void put_text(Row& out, const std::string& field) const;
  void put_flag(Row& out, const std::string& field) const;
  void put_integer(Row& out, const std::string& field) const;
  void put_instant(Row& out, const std::string& field) const;
  void put_date(Row& out, const std::string& field) const;
};

void put_moment(Row& out, const std::string& field, const Moment& moment);
// Problems become gaps and detail of the table.
void write_problems(const Problems& problems, TableFacts& table);

}  // namespace khien
