// libFuzzer: packed bytes and what they grow to.
#include "format/gzip.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t limit = std::size_t{1} << 20;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto text = khien::gunzip(bytes, limit, "fuzz.gz");
  if (text && text->size() > limit) __builtin_trap();
  return 0;
}
