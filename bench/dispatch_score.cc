// dispatch_score DIR: compiles every TXT of a folder that has a JSON annotation of the same name
// and prints how well the compiler finds measures (segmentation F1), their kinds (micro-F1), their
// scored parameters and the head, what is wrong per dispatch, and the time of a warm compile. The
// form of an annotation is told in dispatch/score.h.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/text.h"
#include "dispatch/measures.h"
#include "dispatch/score.h"

namespace {
using namespace khien;
namespace fs = std::filesystem;

// The best of ten groups of five: other programs on the machine only ever add.
double best_time(const Clock& clock, const Document& document, const Vocabulary& vocabulary) {
  constexpr int kGroup = 5;
  double best = 1e9;
  for (int group = 0; group < 10; ++group) {
    const auto from = clock.steady_ms();
    for (int i = 0; i < kGroup; ++i) (void)compile(document, vocabulary);
    best = std::min(best, static_cast<double>(clock.steady_ms() - from) / kGroup);
  }
  return best;
}

int run(const fs::path& folder, bool show) {
  auto content = Content::open(built_in_content());
  if (!content) return fmt::print(stderr, "{}\n", to_string(content.error())), 3;
  auto vocabulary = Vocabulary::load(*content);
  if (!vocabulary) return fmt::print(stderr, "{}\n", to_string(vocabulary.error())), 3;
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() == ".json") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  Score all;
  Score seeds;
  double slowest = 0;
  const SystemClock clock;
  for (const fs::path& json : files) {
    const auto truth_text = read_file(json, limits::yaml_file_bytes);
    const auto text =
        read_file(fs::path(json).replace_extension(".txt"), limits::dispatch_text_bytes);
    if (!truth_text || !text) continue;
    const auto truth = parse_json(*truth_text, json.string());
    const auto document = document_from_text(*text, json.stem().string());
    if (!truth || !document) continue;
    const auto order = compile(*document, *vocabulary);
    if (!order) {
      fmt::print("{}: {}\n", json.stem().string(), to_string(order.error()));
      continue;
    }
    const double ms = best_time(clock, *document, *vocabulary);
    slowest = std::max(slowest, ms);
    const Score s = score_order(*vocabulary, *order, *truth);
    fmt::print("{:32} segments {:.3f}  kinds {:.3f}  parameters {}/{}  head {}/{}  {:.2f} ms\n",
               json.stem().string(), s.segments.f1(), s.kinds.f1(), s.parameters_right,
               s.parameters, s.head_right, s.head, ms);
    if (show) {
      for (const auto& e : s.errors) fmt::print("    {}\n", e);
    }
    for (Score* sum : {&all, &seeds}) {
      if (sum == &seeds && !json.stem().string().starts_with("seed")) continue;
      *sum += s;
    }
  }
  const auto line = [](const char* name, const Score& s) {
    fmt::print(
        "{:8} segmentation F1 {:.3f}  kinds micro-F1 {:.3f}  scored parameters {}/{} (+{} not "
        "annotated)  head {}/{}\n",
        name, s.segments.f1(), s.kinds.f1(), s.parameters_right, s.parameters, s.parameters_extra,
        s.head_right, s.head);
  };
  if (seeds.segments.wanted > 0) line("seeds", seeds);
  line("all", all);
  fmt::print("slowest warm compile {:.2f} ms\n", slowest);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return std::fprintf(stderr, "usage: dispatch_score DIR [--quiet]\n"), 2;
  return run(argv[1], argc < 3 || std::string(argv[2]) != "--quiet");
}
