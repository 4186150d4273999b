// HTML: the largest table of a page.
#include "format/table/table.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  (void)khien::read_html(bytes, "fuzz.html");
  return 0;
}
