// libFuzzer: a log as the worker job gets it, packed or not.
#include "collect/log_files/log_files.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const khien::Node args = khien::Node::map({{"reference", std::int64_t{1'795'000'000'000}}});
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  (void)khien::log_jobs().front().run({bytes, "fuzz.log", args});
  return 0;
}
