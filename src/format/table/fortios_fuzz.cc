// libFuzzer: the configuration of a FortiGate; no secret of it stands in the table.
#include "format/table/fortios.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto table = khien::read_fortios(bytes, "fuzz.conf");
  if (!table || !*table) return 0;
  for (const khien::TableRow& row : (*table)->rows) {
    if (row.cells.size() > 8) __builtin_trap();
  }
  return 0;
}
