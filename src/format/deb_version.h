// Debian version order, deb-version(7): [epoch:]upstream[-revision].
#pragma once

#include <string_view>

namespace khien {

// < 0, 0, > 0 as `a` is earlier than, equal to or later than `b`. Any bytes are taken: a malformed
// version sorts by the same rules, as dpkg does for what is already installed.
[[nodiscard]] int compare_deb_version(std::string_view a, std::string_view b);

}  // namespace khien
