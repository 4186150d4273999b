// "Missing facts are never a pass", tried on a control's own cases.
#pragma once

#include <vector>

#include "judge/content_test_case.h"
#include "judge/content_test_runner.h"

namespace khien {

// Keeps of the cases what passes, makes each table the control reads partial, missing and absent,
// and all facts of machines old: none may pass but what the control declares. K0509.
[[nodiscard]] Result<CaseResult> try_gaps(const std::vector<ContentCase>& cases,
                                          const Catalog& catalog, const FactSchema& schema,
                                          const Control& control);

}  // namespace khien
