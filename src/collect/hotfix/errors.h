// Error codes of lists of updates (K0486). Texts in content/text/*/vuln.yaml.
#pragma once

#include "base/error.h"

namespace khien::err {

inline constexpr Code hotfix_columns = "K0486";  // args: wanted

}  // namespace khien::err
