// libFuzzer: socket tables of /proc/net.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "collect/host_linux/sockets.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  (void)khien::host::parse_sockets(text, (size & 1) != 0);
  return 0;
}
