// Error codes of archives (K1024-K1026). Texts in content/text/*/collect.yaml.
#pragma once

#include "base/error.h"

namespace khien::err {

inline constexpr Code archive_broken = "K1024";   // args: detail
inline constexpr Code archive_large = "K1025";    // args: limit
inline constexpr Code archive_password = "K1026";

}  // namespace khien::err
