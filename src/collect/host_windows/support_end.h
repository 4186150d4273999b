// When support of a Windows ends and which update its build lacks, from
// content/lifecycle/windows.yaml. Needs nothing but the tree, so that the program for Windows has
// it too.
#pragma once

#include <string>

#include "base/node.h"

namespace khien::windows {

struct SupportEnd {
  std::string ends_on, extended_on;  // "" when not in the table
  bool verified = false;
};
// `version` with its revision where it is known ("10.0.19045.3570"): a build that took no update of
// the paid extension is given none. `edition` as Windows codes it, may be "".
[[nodiscard]] SupportEnd support_end(const Node& lifecycle, const std::string& os_name,
                                     const std::string& version, const std::string& edition = "");
// The day of the earliest listed update that is newer than the installed build; "" when none is.
[[nodiscard]] std::string missed_update(const Node& lifecycle, const std::string& os_name,
                                        const std::string& version);
[[nodiscard]] bool is_server(const std::string& os_name);

}  // namespace khien::windows
