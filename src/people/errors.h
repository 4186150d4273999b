// Error codes of people. Texts in content/text/*/collect.yaml.
#pragma once

#include "base/error.h"

namespace khien::err {

inline constexpr Code decision_no_person = "K1001";    // args: id
inline constexpr Code decision_no_account = "K1002";   // args: account

}  // namespace khien::err
