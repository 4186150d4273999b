// Lists of objects in JSON.
#include "format/table/table.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  (void)khien::read_json_table(bytes, "fuzz.json", "");
  return 0;
}
