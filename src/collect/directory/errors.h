// Error codes of directory (K0970). Texts in content/text/*/directory.yaml.
#pragma once

#include "base/error.h"

namespace khien::err {

inline constexpr Code directory_empty = "K0970";      // no entry of an account or a password rule

}  // namespace khien::err
