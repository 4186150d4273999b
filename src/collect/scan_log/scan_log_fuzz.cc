// Scan logs as text and as tables, under a small lexicon.
#include "collect/scan_log/scan_log.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  static const auto words = khien::scan::Words::load(*khien::parse_yaml(
      "fields:\n  host: [May]\n  finished_at: [Xong]\n  scanned_count: [Quet]\n"
      "  infected_count: [Nhiem, Infected]\n  deleted: [Xoa]\nwords:\n  full: [het]\n", "fuzz"));
  const auto rows = khien::scan::read_scan_text(bytes, *words, "fuzz.log");
  if (rows && rows->size() > khien::scan::kRuns) __builtin_trap();
  if (const auto table = khien::read_csv(bytes, "fuzz.csv")) {
    (void)khien::scan::read_scan_table(*table, *words, "fuzz.csv");
  }
  return 0;
}
