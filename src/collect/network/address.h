// Addresses and names of a check that a source or a command has named: nothing here is contacted
// by default.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace khien::net {

struct Address {
  bool v6 = false;
  std::string ip;  // as printed, without brackets
  std::uint16_t port = 0;
};

struct Target {
  std::string host;  // lower case, without brackets
  std::uint16_t port = 0;
};

// Ordinary public unicast: false for loopback, private (RFC 1918, 4193), link-local, shared
// (RFC 6598), documentation, multicast and reserved addresses, also inside ::ffff:0:0/96 and
// 64:ff9b::/96. False for text that is no address.
[[nodiscard]] bool is_public(const std::string& ip);
[[nodiscard]] bool is_address(const std::string& text);

// "host:port", "[v6]:port", and "host" where a default port is given. K0908.
[[nodiscard]] Result<Target> parse_target(std::string_view text, std::uint16_t default_port = 0);
// Letters, digits, '-', '_' and dots; labels of 1-63, 253 in all; a last dot is dropped; lower
// case. K0908.
[[nodiscard]] Result<std::string> parse_domain(std::string_view text);

// The system's resolver, at most eight addresses. K0900. With `allow_private` false an answer that
// holds a non-public address is K0901.
[[nodiscard]] Result<std::vector<Address>> resolve(const Target& target, bool allow_private);

}  // namespace khien::net
