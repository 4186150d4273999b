// Any bytes are JSON or K0011, and what was read can be written and read again.
#include "windows/json_text.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace khien::windows;
  const auto node = read_json({reinterpret_cast<const char*>(data), size}, "fuzz");
  if (node && !read_json(write_json(*node), "fuzz")) __builtin_trap();
  return 0;
}
