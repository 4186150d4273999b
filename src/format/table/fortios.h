// Users in the configuration of a FortiGate, whole or one section of it ("show user local"): its
// administrators (config system admin) and local users (config user local), a row each. Of a user
// stand only what an account is judged by: passwords and keys are never taken. What FortiOS leaves
// out has its default: a user without "set status" is enabled, one without "set two-factor" has
// none. Source: FortiOS CLI reference, "config system admin", "config user local".
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"
#include "format/table/table.h"

namespace khien {

// The text opens such a configuration, or one of the two sections does within its first lines.
[[nodiscard]] bool looks_like_fortios(std::string_view head);

// nullopt: no such text, or no section of users in it. K0459 and K0460 as for any table.
[[nodiscard]] Result<std::optional<Table>> read_fortios(std::string_view utf8,
                                                        const std::string& place);

}  // namespace khien
