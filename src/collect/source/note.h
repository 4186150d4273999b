// How one table was understood, for people.
#pragma once

#include <string>
#include <vector>

#include "format/heading/lexicon.h"
#include "format/table/table.h"

namespace khien {

struct SourceNote {
  std::string source, format, encoding, sheet, table;
  std::size_t rows = 0;               // of data
  std::vector<MappedColumn> mapping, unused;
};

// The columns of the header row that were not understood: `field` and `how` are "".
[[nodiscard]] std::vector<MappedColumn> unused_columns(const Header& header, const Table& table);
// Of a table that fills no rows one by one: all rows under the header count.
[[nodiscard]] SourceNote note_of(const Table& table, Header header, const std::string& source,
                                 const std::string& kind);

}  // namespace khien
