// libFuzzer: a bundle of facts from elsewhere; as given, and as the SQLite part of a good seal.
#include <cstddef>
#include <cstdint>
#include <string>

#include "store/assessment.h"
#include "store/seal.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  const khien::Node args;
  const khien::Job job = khien::store_jobs().back();
  (void)job.run({bytes, "fuzz", args});
  static const auto key = khien::key_pair_from_seed(std::string(32, 'f'));
  if (const auto file = khien::seal(bytes, *key)) (void)job.run({*file, "fuzz", args});
  return 0;
}
