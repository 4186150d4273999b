// libFuzzer: an LDIF file or a text form as the worker job gets it.
#include "collect/directory/directory.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const khien::Node args = khien::Node::map({{"as_of", std::int64_t{1'795'000'000'000}}});
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  (void)khien::directory_jobs().front().run({bytes, "fuzz.ldif", args});
  return 0;
}
