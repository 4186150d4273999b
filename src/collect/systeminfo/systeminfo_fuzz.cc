// systeminfo texts and lists of installed updates.
#include "collect/hotfix/hotfix.h"
#include "collect/systeminfo/systeminfo.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (const auto machines = khien::windows::machines_in(bytes, "fuzz.txt")) {
    for (const auto& machine : *machines) {
      if (machine.version.empty()) __builtin_trap();
    }
  }
  if (const auto table = khien::read_csv(bytes, "fuzz.csv")) {
    (void)khien::windows::hotfixes_of(*table, "fuzz.csv");
  }
  return 0;
}
