// JSON of folders with account data.
#include <cstddef>
#include <cstdint>

#include "collect/external_list/external_list.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const khien::Node args;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  (void)khien::external_jobs().front().run({bytes, "x.json", args});
  return 0;
}
