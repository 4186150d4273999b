// dispatch_score DIR [--quiet] [--folds N]: compiles every TXT of a folder that has a JSON
// annotation of the same name and prints how well the compiler finds measures (segmentation F1),
// their kinds (micro-F1), their scored parameters and the head, what is wrong per dispatch, which
// kinds are taken for which, how often a printed confidence is right, and the time of a warm
// compile. The form of an annotation is told in dispatch/score.h.
//
// Without --folds the model is the one in this binary. With it the dispatches are parted into N and
// each part is read by a model trained on the examples, tools/lessons and the other parts, so that
// no dispatch is scored by a model that has seen it.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/text.h"
#include "dispatch/measures.h"
#include "dispatch/score.h"
#include "dispatch/teach.h"

namespace {
using namespace khien;
namespace fs = std::filesystem;

struct Options {
  std::string folder;
  bool quiet = false;
  int folds = 0;
};

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

void print_sum(const char* name, const Score& s) {
  fmt::print(
      "{:8} segmentation F1 {:.3f}  kinds micro-F1 {:.3f} (precision {:.3f}, recall {:.3f})  "
      "scored "
      "parameters {}/{} (+{} not annotated)  head {}/{}\n",
      name, s.segments.f1(), s.kinds.f1(), double(s.kinds.hit) / std::max(1, s.kinds.found),
      double(s.kinds.hit) / std::max(1, s.kinds.wanted), s.parameters_right, s.parameters,
      s.parameters_extra, s.head_right, s.head);
}

void print_kinds(const Score& s) {
  fmt::print("\n{:34} wanted found right    F1\n", "kind");
  for (const auto& [kind, c] : s.by_kind)
    fmt::print("{:34} {:6} {:5} {:5} {:5.2f}\n", kind, c.wanted, c.found, c.hit, c.f1());
  std::vector<std::pair<int, std::pair<std::string, std::string>>> worst;
  for (const auto& [pair, count] : s.confused) {
    if (count > 1) worst.push_back({count, pair});
  }
  std::sort(worst.rbegin(), worst.rend());
  fmt::print("\n{:34} {:34} times\n", "missing", "in its place");
  for (std::size_t i = 0; i < std::min<std::size_t>(worst.size(), 40); ++i)
    fmt::print("{:34} {:34} {:5}\n", worst[i].second.first, worst[i].second.second,
               worst[i].first);
}

void print_reliability(const Score& s) {
  constexpr int kBins = 5;
  struct Bin {
    int count = 0;
    int right = 0;
    double sum = 0;
  };
  std::array<Bin, kBins> bins{};
  for (const auto& [confidence, right] : s.sure) {
    const int at = std::clamp(static_cast<int>((confidence - 0.5) * 2 * kBins), 0, kBins - 1);
    Bin& bin = bins[static_cast<std::size_t>(at)];
    ++bin.count;
    bin.right += right;
    bin.sum += confidence;
  }
  fmt::print("\nprinted      times  mean printed  right\n");
  for (int i = 0; i < kBins; ++i) {
    const Bin& bin = bins[static_cast<std::size_t>(i)];
    if (bin.count == 0) continue;
    fmt::print("{:3}-{:3} %  {:7}  {:10.1f} %  {:4.1f} %\n", 50 + i * 10, 60 + i * 10, bin.count,
               100 * bin.sum / bin.count, 100.0 * bin.right / bin.count);
  }
}

class Bench {
 public:
  Bench(Options options, const Content& content, Vocabulary vocabulary)
      : o_(std::move(options)), content_(content), v_(std::move(vocabulary)) {}

  Done run() {
    for (const auto& entry : fs::directory_iterator(o_.folder)) {
      if (entry.path().extension() == ".json") files_.push_back(entry.path());
    }
    std::sort(files_.begin(), files_.end());
    const int folds = std::max(1, o_.folds);
    for (int fold = 0; fold < folds; ++fold) {
      if (o_.folds > 1) { KHIEN_DO(learn_without(fold)); }
      for (std::size_t i = 0; i < files_.size(); ++i) {
        if (static_cast<int>(i) % folds == fold) { KHIEN_DO(score(files_[i])); }
      }
    }
    print_kinds(all_);
    print_reliability(all_);
    fmt::print("\n");
    if (seeds_.segments.wanted > 0) print_sum("seeds", seeds_);
    print_sum("all", all_);
    fmt::print("slowest warm compile {:.2f} ms\n", slowest_);
    return {};
  }

 private:
  Options o_;
  const Content& content_;
  Vocabulary v_;
  std::vector<fs::path> files_;
  SystemClock clock_;
  Score all_;
  Score seeds_;
  double slowest_ = 0;

  Done learn_without(int fold) {
    std::vector<std::string> skip;
    for (std::size_t i = 0; i < files_.size(); ++i) {
      if (static_cast<int>(i) % o_.folds == fold) skip.push_back(files_[i].stem().string());
    }
    Lessons lessons(v_);
    const fs::path own = "tools/lessons";
    KHIEN_DO(lessons.add_examples(content_));
    KHIEN_DO(lessons.add_programmes(content_));
    if (!fs::equivalent(own, o_.folder)) { KHIEN_DO(lessons.add_folder(own)); }
    KHIEN_DO(lessons.add_folder(o_.folder, skip));
    return v_.set_model(lessons.model_bytes());
  }

  Done score(const fs::path& json) {
    const std::string name = json.stem().string();
    KHIEN_TRY(const std::string truth_text, read_file(json, limits::yaml_file_bytes));
    KHIEN_TRY(const std::string text, read_file(fs::path(json).replace_extension(".txt"),
                                                limits::dispatch_text_bytes));
    KHIEN_TRY(const Node truth, parse_json(truth_text, json.string()));
    KHIEN_TRY(const Document document, document_from_text(text, name));
    KHIEN_TRY(const Order order, compile(document, v_));
    const double ms = best_time(clock_, document, v_);
    slowest_ = std::max(slowest_, ms);
    const Score s = score_order(v_, order, truth);
    fmt::print("{:32} segments {:.3f}  kinds {:.3f}  parameters {}/{}  head {}/{}  {:.2f} ms\n",
               name, s.segments.f1(), s.kinds.f1(), s.parameters_right, s.parameters, s.head_right,
               s.head, ms);
    if (!o_.quiet) {
      for (const auto& e : s.errors) fmt::print("    {}\n", e);
    }
    all_ += s;
    if (name.starts_with("seed")) seeds_ += s;
    return {};
  }
};

Done run(const Options& o) {
  KHIEN_TRY(const Content content, Content::open(built_in_content()));
  KHIEN_TRY(Vocabulary vocabulary, Vocabulary::load(content));
  return Bench(o, content, std::move(vocabulary)).run();
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Scores the compiler of dispatches against annotations");
  Options o;
  app.add_option("folder", o.folder)->required();
  app.add_flag("--quiet", o.quiet);
  app.add_option("--folds", o.folds);
  CLI11_PARSE(app, argc, argv);
  const auto done = run(o);
  if (!done) fmt::print(stderr, "{}\n", to_string(done.error()));
  return done ? 0 : 3;
}
