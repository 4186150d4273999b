// Microsoft's monthly documents and the catalogue of exploited holes.
#include "collect/vuln_data/cvrf.h"
#include "collect/vuln_data/vuln_data.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto month = khien::vuln::read_cvrf(bytes, "fuzz.xml");
  if (month && (month->advisories.empty() || month->month.size() != 7)) __builtin_trap();
  (void)khien::vuln::read_kev_json(bytes, "fuzz.json");
  if (const auto table = khien::read_csv(bytes, "fuzz.csv")) {
    (void)khien::vuln::kev_from_table(*table, "fuzz.csv");
  }
  return 0;
}
