// A finding as the API says it.
#pragma once

#include <vector>

#include "base/texts.h"
#include "hub/data/assessment.h"
#include "hub/data/exception.h"

namespace khien::hub {

// `excepted`: the exceptions of its agency on the day of the result.
[[nodiscard]] Node finding_node(const Texts& texts, const FindingRow& row,
                                const std::vector<ExceptionRow>& excepted);

}  // namespace khien::hub
