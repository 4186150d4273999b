// dispatch_score DIR: compiles every TXT of a folder that has a JSON annotation of the same name
// and prints how well the compiler finds measures (segmentation F1), their kinds (micro-F1) and
// their scored parameters, what is wrong per dispatch, and the time of a warm compile.
//
// Annotation: {measures: [{id, text_start, kinds|controls: [..], parameters|params: {..}}]}. Older
// parameter names are mapped. Kinds newer than the public annotations are not scored.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/text.h"
#include "dispatch/measures.h"

namespace {
using namespace khien;
namespace fs = std::filesystem;

struct Count {
  int hit = 0;
  int found = 0;
  int wanted = 0;
  void operator+=(const Count& o) {
    hit += o.hit;
    found += o.found;
    wanted += o.wanted;
  }
  [[nodiscard]] double f1() const {
    return found + wanted == 0 ? 1 : 2.0 * hit / (found + wanted);
  }
};

struct Score {
  Count segments;
  Count kinds;
  int parameters_right = 0;
  int parameters = 0;
  int parameters_extra = 0;
  std::vector<std::string> errors;
};

// White space collapsed, with the place of every code point in the original.
struct Squeezed {
  std::u32string text;
  std::vector<std::size_t> place;
  explicit Squeezed(std::u32string_view original) {
    for (std::size_t i = 0; i < original.size(); ++i) {
      const char32_t c = original[i];
      const bool blank = c == U' ' || c == U'\n' || c == U'\t';
      if (blank && (text.empty() || text.back() == U' ')) continue;
      text += blank ? U' ' : c;
      place.push_back(i);
    }
  }
};

std::string new_name(const std::string& name) {
  static const std::map<std::string, std::string> kNames = {
      {"rotation_days", "max_age"}, {"target_percent", "coverage_percent"}, {"rule", "backup_rule"},
      {"levels", "grades"}, {"layer", "layers"}};
  const auto it = kNames.find(name);
  return it == kNames.end() ? name : it->second;
}

bool is_scored(const std::string& name) {
  static const std::set<std::string> kScored = {
      "min_length", "history", "max_age", "coverage", "coverage_percent", "licensed", "backup_rule",
      "copies", "rto_hours", "factors", "report_by", "complete_by", "classes", "months", "cves",
      "refs", "grades", "layers", "attachment_ext", "patterns", "roles", "forbidden_examples",
      "system", "tool_url", "guide_url"};
  return kScored.contains(name);
}

std::set<std::string> as_set(const Node& node) {
  std::set<std::string> out;
  for (const std::string& text : node.texts()) out.insert(squeeze(fold(text)));
  return out;
}

std::string as_text(const Node& node) {
  return fmt::format("{}", fmt::join(as_set(node), ","));
}

Node period_of_days(const Node& node) {
  if (node.type() != Node::Type::integer) return node;
  const auto days = node.integer();
  if (days % 365 == 0) return Node(fmt::format("P{}Y", days / 365));
  if (days % 30 == 0) return Node(fmt::format("P{}M", days / 30));
  return Node(fmt::format("P{}D", days));
}

void score_kinds(const Vocabulary& vocabulary, const Measure* found, const Node& wanted,
                 const std::string& id, Score& score) {
  std::set<std::string> want;
  for (const std::string& k : wanted.texts()) {
    const KindInfo* info = vocabulary.find(k);
    if (info == nullptr || info->scored) want.insert(k);
  }
  if (want.empty()) want.insert("other.manual");
  std::set<std::string> have;
  if (found != nullptr) {
    for (const KindMatch& k : found->kinds) {
      const KindInfo* info = vocabulary.find(k.kind);
      if (info != nullptr && info->scored) have.insert(k.kind);
    }
    if (have.empty()) have.insert("other.manual");
  }
  Count c{0, static_cast<int>(have.size()), static_cast<int>(want.size())};
  for (const auto& k : want) {
    if (have.contains(k)) {
      ++c.hit;
    } else {
      score.errors.push_back(fmt::format("{}: missing {}", id, k));
    }
  }
  for (const auto& k : have) {
    if (!want.contains(k)) score.errors.push_back(fmt::format("{}: extra {}", id, k));
  }
  score.kinds += c;
}

void score_parameters(const Measure* found, const Node& wanted, const std::string& id,
                      Score& score) {
  std::map<std::string, Node> have;
  if (found != nullptr) {
    for (const KindMatch& k : found->kinds) {
      for (const auto& [name, value] : k.parameters.pairs()) {
        if (!is_scored(name)) continue;
        for (const std::string& one : value.texts()) have[name].push(Node(one));
      }
    }
  }
  for (const auto& [old, value] : wanted.pairs()) {
    const std::string name = new_name(old);
    if (!is_scored(name) || value.is_null()) continue;
    const Node expected = name == "max_age" ? period_of_days(value) : value;
    ++score.parameters;
    const bool right = have.contains(name) && as_set(have[name]) == as_set(expected);
    score.parameters_right += right;
    if (!right) {
      score.errors.push_back(fmt::format("{}: {} wanted {} found {}", id, name, as_text(expected),
                                         have.contains(name) ? as_text(have[name]) : "-"));
    }
    have.erase(name);
  }
  for (const auto& [name, value] : have) {
    ++score.parameters_extra;
    score.errors.push_back(fmt::format("{}: extra parameter {} = {}", id, name, as_text(value)));
  }
}

Score score_one(const Vocabulary& vocabulary, const Order& order, const Node& truth) {
  Score score;
  const Squeezed text(to_u32(order.text));
  std::set<const Measure*> used;
  for (const Node& wanted : truth["measures"].items()) {
    const std::string id = wanted["id"].text();
    const std::u32string start = to_u32(squeeze(nfc(wanted["text_start"].text())));
    const std::size_t at = text.text.find(start);
    const Measure* match = nullptr;
    if (at != std::u32string::npos) {
      const auto place = static_cast<std::int64_t>(text.place[at]);
      for (const Measure& m : order.measures) {
        const bool near =
            place >= m.span_from - 4 && place - m.span_from <= 14 && place < m.span_to;
        if (near && !used.contains(&m)) match = &m;
      }
    } else {
      score.errors.push_back(id + ": text_start is not in the text");
    }
    if (match != nullptr) used.insert(match);
    if (match == nullptr) score.errors.push_back(id + ": measure not found");
    score.segments += Count{match != nullptr, 0, 1};
    score_kinds(vocabulary, match, wanted.has("kinds") ? wanted["kinds"] : wanted["controls"], id,
                score);
    score_parameters(match, wanted.has("parameters") ? wanted["parameters"] : wanted["params"], id,
                     score);
  }
  for (const Measure& m : order.measures) {
    score.segments.found += 1;
    if (used.contains(&m)) continue;
    score.errors.push_back(fmt::format("{}: no such measure: {}", m.id, shorten(m.text, 60)));
    for (const KindMatch& k : m.kinds) {
      const KindInfo* info = vocabulary.find(k.kind);
      score.kinds.found += info != nullptr && info->scored;
    }
  }
  return score;
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
    auto order = compile(*document, *vocabulary);
    if (!order) {
      fmt::print("{}: {}\n", json.stem().string(), to_string(order.error()));
      continue;
    }
    constexpr int kRounds = 50;
    const auto from = clock.steady_ms();
    for (int i = 0; i < kRounds; ++i) order = compile(*document, *vocabulary);
    const double ms = static_cast<double>(clock.steady_ms() - from) / kRounds;
    slowest = std::max(slowest, ms);
    const Score s = score_one(*vocabulary, *order, *truth);
    fmt::print("{:32} segments {:.3f}  kinds {:.3f}  parameters {}/{}  {:.2f} ms\n",
               json.stem().string(), s.segments.f1(), s.kinds.f1(), s.parameters_right,
               s.parameters, ms);
    if (show) {
      for (const auto& e : s.errors) fmt::print("    {}\n", e);
    }
    for (Score* sum : {&all, &seeds}) {
      if (sum == &seeds && !json.stem().string().starts_with("seed")) continue;
      sum->segments += s.segments;
      sum->kinds += s.kinds;
      sum->parameters += s.parameters;
      sum->parameters_right += s.parameters_right;
      sum->parameters_extra += s.parameters_extra;
    }
  }
  const auto line = [](const char* name, const Score& s) {
    fmt::print(
        "{:8} segmentation F1 {:.3f}  kinds micro-F1 {:.3f}  scored parameters {}/{} (+{} not "
        "annotated)\n",
        name, s.segments.f1(), s.kinds.f1(), s.parameters_right, s.parameters, s.parameters_extra);
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
