// Password stores of every format.
#include "engine/password/store_reader.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  (void)khien::password::read_store({reinterpret_cast<const char*>(data), size}, "fuzz");
  return 0;
}
