// Error codes of logs (K0933). Texts in content/text/*/files.yaml.
#pragma once

#include "base/error.h"

namespace khien::err {

inline constexpr Code no_log_line = "K0933";  // no line with a time we read

}  // namespace khien::err
