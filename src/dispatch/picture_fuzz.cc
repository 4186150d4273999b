// Pictures from outside: no crash, bounded pixels.
#include <cstdlib>

#include "dispatch/picture.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (size > 65536) return 0;
  const auto page = khien::prepare_picture(bytes, 0, "fuzz");
  if (page && page->pgm.empty()) std::abort();
  const auto look = khien::page_to_look_at(bytes, 0, "fuzz");
  if (look && !look->starts_with("\xFF\xD8")) std::abort();
  return 0;
}
