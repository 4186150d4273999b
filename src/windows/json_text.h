// JSON (RFC 8259) for the program on Windows, where base has neither simdjson nor nlohmann. Read
// within the limits of base (limits::yaml_depth * 2, limits::yaml_nodes); K0011. Compiled and
// tested on Linux too, with base's reader as the twin.
#pragma once

#include <string>
#include <string_view>

#include "base/node.h"

namespace khien::windows {

[[nodiscard]] Result<Node> read_json(std::string_view text, std::string_view place);
[[nodiscard]] std::string write_json(const Node& node);  // one line

}  // namespace khien::windows
