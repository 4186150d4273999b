// libFuzzer: the job store.assessment, on the bytes as given and as the SQLite part of a good seal.
#include <cstddef>
#include <cstdint>
#include <string>

#include "store/assessment.h"
#include "store/seal.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  const khien::Node args;
  static const auto key = khien::key_pair_from_seed(std::string(32, 'f'));
  const auto sealed = khien::seal(bytes, *key);
  for (const khien::Job& job : khien::store_jobs()) {
    if (job.name != "store.assessment") continue;
    (void)job.run({bytes, "fuzz", args});
    if (sealed) (void)job.run({*sealed, "fuzz", args});
  }
  return 0;
}
