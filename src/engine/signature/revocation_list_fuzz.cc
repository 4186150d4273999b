// libFuzzer: a revocation list, DER or PEM.
#include "engine/signature/revocation_list.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto list = khien::signature::read_crl(bytes, "fuzz.crl");
  if (list && list->serials.size() > khien::signature::kRevoked) __builtin_trap();
  return 0;
}
