#include "collect/source/note.h"

#include <algorithm>

#include "format/heading/cells.h"

namespace khien {

std::vector<MappedColumn> unused_columns(const Header& header, const Table& table) {
  std::vector<MappedColumn> out;
  if (header.row >= table.rows.size()) return out;
  const std::vector<std::string>& cells = table.rows[header.row].cells;
  for (std::size_t c = 0; c < cells.size(); ++c) {
    const int column = static_cast<int>(c) + 1;
    const bool used = std::any_of(
        header.columns.begin(), header.columns.end(),
        [&](const MappedColumn& m) {
          return m.column == column ||
                 std::find(m.joined.begin(), m.joined.end(), column) != m.joined.end();
        });
    if (!used && !cells[c].empty()) out.push_back({column, cells[c], "", ""});
  }
  return out;
}

SourceNote note_of(const Table& table, Header header, const std::string& source,
                   const std::string& kind) {
  decide_dates(header, table);
  return {source, table.format, table.encoding, table.sheet, kind,
          table.rows.size() - header.row - 1, header.columns, unused_columns(header, table)};
}

}  // namespace khien
