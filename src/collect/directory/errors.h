// Error codes of directory: of files (K0970) and of a server that is asked (K0973-K0979). Texts in
// content/text/*/directory.yaml.
#pragma once

#include "base/error.h"

namespace khien::err {

inline constexpr Code directory_empty = "K0970";      // no entry of an account or a password rule

inline constexpr Code directory_url = "K0973";        // args: value
inline constexpr Code directory_unreached = "K0974";  // args: detail
inline constexpr Code directory_tls = "K0975";        // args: detail
inline constexpr Code directory_refused = "K0976";    // args: detail; name or password not accepted
inline constexpr Code directory_search = "K0977";     // args: detail
inline constexpr Code directory_timeout = "K0978";    // args: seconds
inline constexpr Code directory_base = "K0979";       // the server does not say where it begins

}  // namespace khien::err
