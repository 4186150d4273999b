// RTF from outside: no crash, bounded text.
#include <cstdlib>

#include "base/limits.h"
#include "dispatch/rtf.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto read = khien::read_rtf(bytes, "fuzz");
  if (read && read->text.size() > khien::limits::dispatch_text_bytes) std::abort();
  return 0;
}
