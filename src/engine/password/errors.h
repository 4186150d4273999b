// Error codes of the password engine. Texts in content/text/*/password.yaml.
#pragma once

#include "base/error.h"

namespace khien::err {

inline constexpr Code store_unknown = "K0980";     // no password store we read
inline constexpr Code store_entries = "K0981";     // args: limit
inline constexpr Code hash_list_invalid = "K0982"; // args: line; no sorted list HASH:count
inline constexpr Code filter_invalid = "K0983";    // args: detail; index damaged or of another kind
inline constexpr Code filter_build = "K0984";      // the filter could not be built

}  // namespace khien::err
