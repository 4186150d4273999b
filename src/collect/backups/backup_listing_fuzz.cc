// libFuzzer: a listing as the worker job gets it.
#include "collect/backups/backups.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const khien::Node args;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  (void)khien::backup_jobs().front().run({bytes, "fuzz.txt", args});
  return 0;
}
