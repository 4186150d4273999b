// Error codes of account files (K0402). Texts in content/text/*/collect.yaml.
#pragma once

#include "base/error.h"

namespace khien::err {

inline constexpr Code passwd_absent = "K0402";  // a folder without a file "passwd"

}  // namespace khien::err
