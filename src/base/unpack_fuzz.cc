// Replies of a worker that was taken over: no crash, and what is accepted packs again.
#include <cstdlib>

#include "base/node.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (const auto node = khien::unpack(bytes)) {
    if (!khien::unpack(khien::pack(*node))) std::abort();
  }
  return 0;
}
