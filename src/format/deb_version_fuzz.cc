// libFuzzer: two versions, one a line; the order must be antisymmetric.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "format/deb_version.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::size_t cut = text.find('\n');
  if (cut == std::string_view::npos) return 0;
  const std::string_view a = text.substr(0, cut);
  const std::string_view b = text.substr(cut + 1);
  const int forth = khien::compare_deb_version(a, b);
  const int back = khien::compare_deb_version(b, a);
  if ((forth < 0) != (back > 0) || (forth == 0) != (back == 0)) __builtin_trap();
  return 0;
}
