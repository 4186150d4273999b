// Which sheet of a workbook is the table: the one asked for, else the first visible one with cells.
#pragma once

#include <string>

#include "base/text.h"
#include "collect/errors.h"
#include "collect/table/table.h"

namespace khien {

// `sheets`: values with `name` and `hidden`, in the workbook's order; `read(sheet)` gives a
// Result<Table>. An error (err::sheet_unknown) where no sheet has the name asked for.
template <class Sheets, class Read>
[[nodiscard]] Result<Table> pick_sheet(const Sheets& sheets, const std::string& wanted,
                                       const char* format, const std::string& place, Read&& read) {
  std::string names;
  for (const auto& sheet : sheets) {
    names += (names.empty() ? "" : ", ") + sheet.name;
    if (wanted.empty() ? sheet.hidden : fold(sheet.name) != fold(wanted)) continue;
    KHIEN_TRY(Table out, read(sheet));
    if (!wanted.empty() || !out.rows.empty()) return out;
  }
  if (!wanted.empty()) {
    return fail(err::sheet_unknown, place, {{"sheet", wanted}, {"sheets", names}});
  }
  Table out;
  out.format = format;
  return out;
}

}  // namespace khien
