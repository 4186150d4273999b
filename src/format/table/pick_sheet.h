// Which sheet of a workbook is the table: the one asked for, else the first visible one with cells.
#pragma once

#include <string>

#include "base/text.h"
#include "format/errors.h"
#include "format/table/table.h"

namespace khien {

// The sheets beside the one that was taken because none was asked for.
template <class Sheets>
void name_others(const Sheets& sheets, const std::string& taken, Table& out) {
  bool after = false;
  for (const auto& sheet : sheets) {
    if (!after && sheet.name == taken) after = true;
    else if (sheet.hidden) out.hidden.push_back(sheet.name);
    else if (after) out.others.push_back(sheet.name);
  }
}

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
    if (wanted.empty() && out.rows.empty()) continue;
    if (wanted.empty()) name_others(sheets, sheet.name, out);
    return out;
  }
  if (!wanted.empty()) {
    return fail(err::sheet_unknown, place, {{"sheet", wanted}, {"sheets", names}});
  }
  Table out;
  out.format = format;
  return out;
}

}  // namespace khien
