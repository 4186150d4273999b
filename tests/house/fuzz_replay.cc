// Replays the seeds of every fuzzer through its LLVMFuzzerTestOneInput in an ordinary program:
// whole, cut short and with single bits turned, always the same way. Longer runs: bench/fuzz_all.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

#include "base/file.h"

namespace {
namespace fs = std::filesystem;

struct Fuzzer {
  const char* room;
  const char* stem;
  int (*run)(const std::uint8_t*, std::size_t);
};

#include "fuzz_list.inc"

constexpr std::size_t kSeedBytes = std::size_t{8} << 20;
constexpr std::size_t kMutatedBytes = 64 * 1024;  // larger seeds run whole only
constexpr std::size_t kSteps = 24;

fs::path corpus_of(const Fuzzer& f) {
  const fs::path all = "tests/fuzz_corpus";
  const fs::path full = all / (std::string(f.room) + "_" + f.stem);
  return fs::exists(full) ? full : all / f.stem;
}

void feed(const Fuzzer& f, const std::string& bytes) {
  // A copy of exactly this size, so that a sanitizer sees a read past the end.
  const std::vector<std::uint8_t> copy(bytes.begin(), bytes.end());
  f.run(copy.data(), copy.size());
}

void feed_variants(const Fuzzer& f, const std::string& seed) {
  feed(f, seed);
  if (seed.size() > kMutatedBytes) return;
  const std::size_t stride = std::max<std::size_t>(1, seed.size() / kSteps);
  for (std::size_t n = 0; n < seed.size(); n += stride) {
    feed(f, seed.substr(0, n));
    std::string turned = seed;
    turned[n] = static_cast<char>(turned[n] ^ (1 << (n % 8)));
    feed(f, turned);
  }
}

class Replay : public ::testing::Test {
 public:
  explicit Replay(const Fuzzer& f) : fuzzer_(f) {}
  void TestBody() override {
    const fs::path folder = corpus_of(fuzzer_);
    std::vector<fs::path> seeds;
    if (fs::exists(folder)) {
      for (const auto& entry : fs::directory_iterator(folder)) seeds.push_back(entry.path());
    }
    std::sort(seeds.begin(), seeds.end());
    EXPECT_FALSE(seeds.empty()) << "put a few small seeds into tests/fuzz_corpus/" << fuzzer_.room
                                << "_" << fuzzer_.stem;
    feed(fuzzer_, "");
    for (const fs::path& seed : seeds) {
      std::fprintf(stderr, "%s\n", seed.c_str());  // the last line names the seed that crashed
      const auto bytes = khien::read_file(seed, kSeedBytes);
      ASSERT_TRUE(bytes) << khien::to_string(bytes.error());
      feed_variants(fuzzer_, *bytes);
    }
  }

 private:
  const Fuzzer& fuzzer_;
};

}  // namespace

int main(int argc, char** argv) {
  fs::current_path(KHIEN_SOURCE_DIR);
  ::testing::InitGoogleTest(&argc, argv);
  for (const Fuzzer& f : kFuzzers) {
    const std::string name = std::string(f.room) + "_" + f.stem;
    ::testing::RegisterTest("Fuzz", name.c_str(), nullptr, nullptr, __FILE__, __LINE__,
                            [&f]() -> ::testing::Test* { return new Replay(f); });
  }
  return RUN_ALL_TESTS();
}
