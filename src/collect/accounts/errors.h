// Error codes of account files (K0402, K1020). Texts in content/text/*/collect.yaml.
#pragma once

#include "base/error.h"

namespace khien::err {

inline constexpr Code passwd_absent = "K0402";  // a folder without a file "passwd"
inline constexpr Code state_words = "K1020";   // args: heading, words; states that say nothing to us

}  // namespace khien::err
