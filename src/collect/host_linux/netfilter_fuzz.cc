// libFuzzer: netlink dumps of chains and rules.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "collect/host_linux/netfilter.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::string bytes(text);
  (void)khien::host::parse_netfilter({bytes, bytes});
  return 0;
}
