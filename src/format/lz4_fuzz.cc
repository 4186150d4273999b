// libFuzzer: LZ4 frames from a bounded source.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "format/lz4.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  std::size_t at = 0;
  khien::Lz4Reader reader([&](std::size_t n) {
    const std::string_view part = text.substr(at, n);
    at += part.size();
    return std::string(part);
  });
  for (int blocks = 0; blocks < 64; ++blocks) {
    const auto block = reader.next();
    if (!block || block->empty()) break;
  }
  return 0;
}
