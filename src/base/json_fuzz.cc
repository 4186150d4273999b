// JSON of other machines: no crash, and what we write we read back the same.
#include <cstdlib>

#include "base/node.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto node = khien::parse_json(text, "fuzz")) {
    const std::string written = khien::to_json(*node);
    const auto again = khien::parse_json(written, "fuzz");
    if (!again || khien::to_json(*again) != written) std::abort();
  }
  return 0;
}
