// When support of a Windows ends, from content/lifecycle/windows.yaml. Needs nothing but the tree,
// so that the program for Windows has it too.
#pragma once

#include <string>

#include "base/node.h"

namespace khien::windows {

struct SupportEnd {
  std::string ends_on, extended_on;  // "" when not in the table
  bool verified = false;
};
[[nodiscard]] SupportEnd support_end(const Node& lifecycle, const std::string& os_name,
                                     const std::string& version);
[[nodiscard]] bool is_server(const std::string& os_name);

}  // namespace khien::windows
