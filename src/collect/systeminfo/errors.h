// Error codes of Windows machines as text (K0485). Texts in content/text/*/vuln.yaml.
#pragma once

#include "base/error.h"

namespace khien::err {

inline constexpr Code systeminfo_invalid = "K0485";  // no line with a Windows version

}  // namespace khien::err
