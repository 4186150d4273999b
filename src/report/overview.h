// The page to look at on a screen: one HTML file without outside resources. How each order stands,
// machines collected, accounts by fault, what changed, what to do first; every number leads to its
// rows. Filters by verdict, severity and unit where scripts run; all of it is there without them.
#pragma once

#include <string>

#include "base/texts.h"
#include "report/particulars.h"
#include "report/view.h"

namespace khien::report {

inline constexpr std::size_t kOverviewRows = 500;  // of one list; all are in XLSX and JSON

[[nodiscard]] std::string overview(const View& view, const Texts& texts,
                                   const Particulars& particulars);

// The frame around `body`: style, script, and a policy that lets nothing else run or load.
[[nodiscard]] std::string overview_page(const std::string& lang, const std::string& title,
                                        const std::string& body);

}  // namespace khien::report
