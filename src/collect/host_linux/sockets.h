// /proc/net/{tcp,tcp6,udp,udp6}: sockets that wait for others.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace khien::host {

struct Socket {
  std::string address;  // "0.0.0.0", "::1"
  int port = 0;
  std::string scope;    // loopback, any, address
  std::int64_t uid = 0;
  std::uint64_t inode = 0;
};
inline constexpr std::size_t kSocketBytes = std::size_t{8} << 20;
// Listening TCP sockets, or unconnected UDP sockets, of one such file.
[[nodiscard]] std::vector<Socket> parse_sockets(std::string_view text, bool udp);

}  // namespace khien::host
