// Error codes of join_decisions (K1000). Texts in content/text/*/collect.yaml.
#pragma once

#include "base/error.h"

namespace khien::err {

inline constexpr Code decision_contradicts = "K1000";  // args: first; two decisions for one account

}  // namespace khien::err
