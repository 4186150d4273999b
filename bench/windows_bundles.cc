// Bundles of many Windows machines, and the time it takes to judge them:
//   windows_bundles COUNT FOLDER      writes COUNT sealed bundles into FOLDER (made from the
//   invented
//                                     machines of collect/host_windows/testdata, each with 600
//                                     autostart rows more, as a real machine has), then judges them
//                                     against the five founding programmes.
// Bar: 300 bundles <= 15 s.
#include <sys/resource.h>

#include <cstdio>
#include <cstdlib>

#include "app/assess.h"
#include "app/context.h"
#include "base/content.h"
#include "base/file.h"
#include "base/limits.h"
#include "store/assessment.h"
#include "store/seal.h"

namespace {

using namespace khien;  // NOLINT: a program of one file
namespace fs = std::filesystem;

constexpr const char* kMachines[] = {"win7_vi", "win10_vi", "win11_en", "server2022_vi"};
constexpr int kMoreRows = 600;

Result<Collection> invented(std::size_t i) {
  const std::string path = std::string("src/collect/host_windows/testdata/") +
                           kMachines[i % std::size(kMachines)] + ".json";
  KHIEN_TRY(const std::string text, read_file(path, limits::yaml_file_bytes));
  KHIEN_TRY(const Node node, parse_json(text, path));
  KHIEN_TRY(Collection c, collection_from(node));
  const std::string host = "MAY-" + std::to_string(i);
  c.host = c.source = host;
  for (auto& [name, table] : c.tables) {
    for (Row& row : table.rows) row["host"] = host;
  }
  for (int n = 0; n < kMoreRows; ++n) {
    Row& row = c.add("autostart");
    row["host"] = host;
    row["kind"] = std::string("service");
    row["name"] = "dich-vu-" + std::to_string(n);
    row["path"] = "C:\\Windows\\System32\\tep-" + std::to_string(n) + ".dll";
    row["sha256"] = sha256_hex(host + std::to_string(n));
  }
  return c;
}

Done write_bundles(const Content& content, std::size_t count, const fs::path& folder) {
  KHIEN_TRY(const FactSchema schema, FactSchema::load(content));
  KHIEN_TRY(const KeyPair key, make_key_pair());
  std::error_code ec;
  fs::create_directories(folder, ec);
  std::size_t largest = 0;
  for (std::size_t i = 0; i < count; ++i) {
    KHIEN_TRY(const Collection c, invented(i));
    KHIEN_TRY(std::string bytes, bundle_bytes(schema, {c}));
    KHIEN_TRY(const std::string sealed, seal(std::move(bytes), key));
    largest = std::max(largest, sealed.size());
    KHIEN_DO(write_file(folder / (c.host + ".facts"), sealed));
  }
  std::printf("%zu bundles, the largest %zu KB\n", count, largest / 1024);
  return {};
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return std::fprintf(stderr, "usage: windows_bundles COUNT FOLDER\n"), 2;
  auto content = Content::open(built_in_content());
  if (!content) return 3;
  const auto count = static_cast<std::size_t>(std::strtoul(argv[1], nullptr, 10));
  if (const auto done = write_bundles(*content, count, argv[2]); !done) {
    return std::fprintf(stderr, "%s\n", to_string(done.error()).c_str()), 3;
  }
  auto texts = Texts::load(*content, "vi");
  if (!texts) return 3;
  app::Context context(std::move(*content), std::move(*texts));
  app::AssessOptions options;
  options.programmes = {"seed0", "seed1", "seed2", "seed3", "seed4"};
  options.facts = argv[2];
  const std::int64_t from = context.clock.steady_ms();
  app::assess(context, options);
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  std::printf("judged in %lld ms, %ld MB\n",
              static_cast<long long>(context.clock.steady_ms() - from), usage.ru_maxrss / 1024);
  return 0;
}
