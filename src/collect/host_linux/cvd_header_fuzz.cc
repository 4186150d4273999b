// libFuzzer: ClamAV database headers.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "collect/host_linux/clamav.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  (void)khien::host::parse_cvd_header(text);
  return 0;
}
