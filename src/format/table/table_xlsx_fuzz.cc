// XLSX: container, workbook, styles, strings, sheet.
#include "format/table/table.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  (void)khien::read_xlsx(bytes, "fuzz.xlsx", "");
  return 0;
}
