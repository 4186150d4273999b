// Error codes of external_list (K0405). Texts in content/text/*/collect.yaml.
#pragma once

#include "base/error.h"

namespace khien::err {

inline constexpr Code external_unknown = "K0405";  // JSON that is no list of addresses

}  // namespace khien::err
