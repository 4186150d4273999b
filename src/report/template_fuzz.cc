// A form from outside: hostile zips, XML and tokens.
#include <cstdint>

#include "report/template.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const khien::report::Fields fields = {{"to", {"a", "b & <c>"}}, {"due", {}}, {"year", {"2026"}}};
  (void)khien::report::fill_template(bytes, "fuzz", fields);
  return 0;
}
