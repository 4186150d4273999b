// Any bytes are a shortcut with a bounded target.
#include "format/windows/shell_link.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto link =
      khien::host_windows::parse_shortcut({reinterpret_cast<const char*>(data), size});
  if (link.target.size() > 4 * size + 8) __builtin_trap();
  return 0;
}
