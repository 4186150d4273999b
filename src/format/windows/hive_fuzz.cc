// Any bytes are a hive or none; every key that is named can be asked for.
#include "format/windows/hive.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace khien::host_windows;
  const auto hive = Hive::open({reinterpret_cast<const char*>(data), size});
  if (!hive) return 0;
  const RegistryKey root = hive->read("");
  for (std::size_t i = 0; i < root.subkeys.size() && i < 20; ++i) {
    const RegistryKey child = hive->read(root.subkeys[i]);
    if (!child.subkeys.empty()) (void)hive->read(root.subkeys[i] + "\\" + child.subkeys[0]);
  }
  return 0;
}
