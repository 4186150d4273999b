// scan_score OUT TRUTH [--errors]: how much a paper loses in each format. OUT is what
// bench/make_scans made of the texts of TRUTH, TRUTH holds NAME.txt and NAME.json (its annotation).
// Prints for the text and each format segmentation F1, kinds micro-F1, scored parameters, and the
// time of one reading.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/limits.h"
#include "dispatch/document.h"
#include "dispatch/jobs.h"
#include "dispatch/measures.h"
#include "dispatch/score.h"
#include "dispatch/task_table.h"

namespace {
using namespace khien;
namespace fs = std::filesystem;

struct Sum {
  Score score;
  int files = 0;
  int unread = 0;
  std::int64_t ms = 0;
};

class Bench {
 public:
  Bench(Vocabulary vocabulary, TaskTables tables, bool errors)
      : vocabulary_(std::move(vocabulary)), tables_(std::move(tables)), errors_(errors) {}

  void take(const std::string& format, const fs::path& file, const Node& truth) {
    Sum& sum = sums_[format];
    ++sum.files;
    const auto from = clock_.steady_ms();
    const auto document = read_document(file, pool_);
    sum.ms += clock_.steady_ms() - from;
    auto order = document ? compile(*document, vocabulary_) : Result<Order>(Order{});
    if (!document) {
      ++sum.unread;
      fmt::print("{}: {}\n", file.string(), to_string(document.error()));
    }
    if (document && order) static_cast<void>(apply_tables(*order, *document, tables_, vocabulary_));
    const Score one = score_order(vocabulary_, *order, truth);
    sum.score.segments += one.segments;
    sum.score.kinds += one.kinds;
    sum.score.parameters += one.parameters;
    sum.score.parameters_right += one.parameters_right;
    if (errors_ && !one.errors.empty())
      fmt::print("{}\n    {}\n", file.string(), fmt::join(one.errors, "\n    "));
  }

  void print() const {
    for (const auto& [format, s] : sums_) {
      fmt::print("{:8} {} files ({} unread)  segmentation {:.3f}  kinds {:.3f}  parameters {}/{} "
                 "({:.3f})  {:.0f} ms a file\n",
                 format, s.files, s.unread, s.score.segments.f1(), s.score.kinds.f1(),
                 s.score.parameters_right, s.score.parameters,
                 s.score.parameters == 0 ? 1.0
                                         : static_cast<double>(s.score.parameters_right) /
                                               static_cast<double>(s.score.parameters),
                 static_cast<double>(s.ms) / std::max(s.files, 1));
    }
  }

 private:
  Vocabulary vocabulary_;
  TaskTables tables_;
  bool errors_;
  SystemClock clock_;
  WorkerPool pool_{dispatch::jobs()};
  std::map<std::string, Sum> sums_;
};

int run(const fs::path& out, const fs::path& truth_folder, bool errors) {
  auto content = Content::open(built_in_content());
  if (!content) return fmt::print(stderr, "{}\n", to_string(content.error())), 3;
  auto vocabulary = Vocabulary::load(*content);
  auto tables = TaskTables::load(*content);
  if (!vocabulary || !tables) return fmt::print(stderr, "content cannot be read\n"), 3;
  Bench bench(std::move(*vocabulary), std::move(*tables), errors);
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(truth_folder)) {
    if (entry.path().extension() == ".json") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  for (const fs::path& json : files) {
    const auto text = read_file(json, limits::yaml_file_bytes);
    if (!text) continue;
    const auto truth = parse_json(*text, json.string());
    if (!truth) continue;
    bench.take("txt", fs::path(json).replace_extension(".txt"), *truth);
    for (const char* format : {"docx", "odt", "rtf", "doc", "pdf", "scan.pdf"}) {
      const fs::path file = out / (json.stem().string() + "." + format);
      if (fs::exists(file)) bench.take(format, file, *truth);
    }
  }
  bench.print();
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return std::fprintf(stderr, "usage: scan_score OUT TRUTH [--errors]\n"), 2;
  return run(argv[1], argv[2], argc > 3 && std::string(argv[3]) == "--errors");
}
