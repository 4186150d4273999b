// The work lists of an audit, one workbook an agency. Which control puts an account on which list
// stands in the control (work_list).
#pragma once

#include <string>
#include <vector>

#include "base/error.h"
#include "base/texts.h"
#include "report/account_lines.h"

namespace khien::report {

struct AgencyWorkbook {
  std::string file;   // "so-mau.xlsx"; nothing of an agency's name leaves the folder
  std::string bytes;  // XLSX
  std::int64_t withdraw = 0, change = 0, confirm = 0;  // lines
};

// One for each agency with something to do, in the order of their names.
[[nodiscard]] Result<std::vector<AgencyWorkbook>> account_lists(
    const Assessment& assessment, const std::vector<AuditLine>& lines, const Texts& texts);

}  // namespace khien::report
