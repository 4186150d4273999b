// The work lists of an audit, one workbook an agency.
#pragma once

#include <filesystem>
#include <vector>

#include "app/account_audit.h"
#include "app/context.h"

namespace khien::app {

// Writes <folder>/<agency>.xlsx for each agency with something to do; prints what was written.
[[nodiscard]] Done write_work_lists(Context& context, const Assessment& assessment,
                                    const std::vector<AuditLine>& lines,
                                    const std::filesystem::path& folder);

}  // namespace khien::app
