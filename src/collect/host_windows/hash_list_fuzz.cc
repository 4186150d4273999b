// Any bytes are a list; every digest in it has one of three lengths.
#include "collect/host_windows/hash_scan.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto list =
      khien::host_windows::parse_hash_list({reinterpret_cast<const char*>(data), size});
  for (const auto& digest : list.sha1) {
    if (digest.size() != 40) __builtin_trap();
  }
  return 0;
}
