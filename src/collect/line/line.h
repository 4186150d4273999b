// Fills line_probe: how a line to one named target answers. TCP connections only (nothing is sent
// over them), one after the other; no raw ICMP, so no rights are needed.
#pragma once

#include <string>

#include "collect/network/address.h"
#include "collect/source/source.h"

namespace khien {

struct LineSpec {
  std::string name;    // what people call the line
  net::Target target;
  int count = 5;       // 1 to 100 connections
  int timeout_ms = 3000;
  int pause_ms = 200;  // between them
};

inline constexpr int kLineCount = 100;

// Never an error: a target that does not answer is a row that says so. A refused connection is an
// answer of the other end but not of the service: counted apart.
[[nodiscard]] Collection collect_line(const LineSpec& spec, const Clock& clock);

// target, name, count. The target is what people are told.
[[nodiscard]] Result<LineSpec> line_spec(const Node& map, const std::string& place);
[[nodiscard]] Result<std::string> check_line(const Node& map, const std::string& place);
[[nodiscard]] Collections read_line(const AgencySource& source, Reading& reading);

}  // namespace khien
