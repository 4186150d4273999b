// CSV, and the form in which a worker hands a table back.
#include "format/table/table.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto table = khien::read_csv(bytes, "fuzz.csv");
  if (!table) return 0;
  const auto again = khien::table_from(khien::to_node(*table), "fuzz.csv");
  if (!again || again->rows.size() != table->rows.size()) __builtin_trap();
  return 0;
}
