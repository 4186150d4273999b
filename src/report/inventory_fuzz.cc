// Facts in a file of others: strange tables, types and pages.
#include <cstdint>
#include <string>

#include "report/inventory.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t kMost = 1000;
  const auto db = khien::Database::from_bytes({reinterpret_cast<const char*>(data), size});
  if (!db) return 0;
  (void)khien::report::write_inventory(
      *db, [](const khien::Node& one) -> khien::Done {
        (void)khien::to_json(one);
        return {};
      }, kMost);
  return 0;
}
