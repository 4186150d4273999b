// Error codes of the network checks (mail system of a domain, portal, line): K090x, K091x.
// Texts in content/text/*/network.yaml.
#pragma once

#include "base/error.h"

namespace khien::err {

inline constexpr Code name_unresolved = "K0900";    // args: host, detail
inline constexpr Code address_private = "K0901";    // args: host, address; not in the written scope
inline constexpr Code connect_refused = "K0902";
inline constexpr Code answer_timeout = "K0903";     // to connect, or to answer
inline constexpr Code connect_failed = "K0904";     // args: detail
inline constexpr Code tls_failed = "K0905";         // args: detail
inline constexpr Code answer_malformed = "K0906";   // args: detail
inline constexpr Code dns_failed = "K0909";         // args: detail; the resolver gave no answer
inline constexpr Code redirected_away = "K0910";    // args: to; off the host that was named
inline constexpr Code redirect_loop = "K0911";      // args: limit
inline constexpr Code http_failed = "K0912";        // args: detail

}  // namespace khien::err
