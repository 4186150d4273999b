// Error codes of the host_linux collector (K041x, K042x, K044x).
// Texts in content/text/*/host.yaml.
#pragma once

#include "base/error.h"

namespace khien::err {

inline constexpr Code host_root_unreadable = "K0410";   // args: detail
inline constexpr Code list_compression = "K0412";       // a compression we do not read
inline constexpr Code firewall_unreadable = "K0420";    // args: detail; netlink said no
inline constexpr Code firewall_malformed = "K0421";     // the kernel's answer does not parse
inline constexpr Code logins_malformed = "K0422";       // args: detail; no database of log-ins
inline constexpr Code settings_malformed = "K0440";     // a dconf database does not parse

}  // namespace khien::err
