// Lists of installed updates of Windows machines (Get-HotFix as CSV), for machines nobody could put
// the collector on. Fills installed_update.
#pragma once

#include <string>
#include <vector>

#include "collect/source/source.h"
#include "format/table/table.h"

namespace khien::windows {

struct HotFix {
  std::string host, kb, installed_on;
};
struct HotFixes {
  std::vector<HotFix> rows;
  std::size_t strange = 0;     // rows that name no update: what they hold is not known
  bool dates_unclear = false;  // day and month could not be told apart, or did not read
};
// K0486. The order of day and month is taken from the whole file: one day over 12 decides it.
[[nodiscard]] Result<HotFixes> hotfixes_of(const Table& table, const std::string& place);

// path, host. A table, as CSV, a workbook or a text in columns, or a folder of them; `host` is the
// machine where the list does not say it. One collection a file; a file that cannot be read goes to
// `problems` and its table is missing.
[[nodiscard]] Result<std::string> check_hotfix(const Node& map, const std::string& place);
[[nodiscard]] Collections read_hotfix(const AgencySource& source, Reading& reading);

}  // namespace khien::windows
