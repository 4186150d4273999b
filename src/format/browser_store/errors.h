// Error codes of browser password stores. Texts in content/text/*/host.yaml.
#pragma once

#include "base/error.h"

namespace khien::err {

inline constexpr Code browser_store_malformed = "K0430";  // args: detail
inline constexpr Code browser_store_unknown = "K0431";  // no table or key we know

}  // namespace khien::err
