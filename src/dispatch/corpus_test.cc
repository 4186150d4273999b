// The gate on quality: this repository's own dispatches, and the programmes of the founding five.
#include <algorithm>

#include <fmt/format.h>

#include "base/testing.h"
#include "dispatch/score.h"
#include "dispatch/testing.h"

namespace khien {
namespace {
namespace fs = std::filesystem;
namespace t = dispatch::testing;

std::vector<fs::path> corpus_files() {
  std::vector<fs::path> out;
  for (const auto& entry : fs::directory_iterator("tests/corpus/dispatches")) {
    if (entry.path().extension() == ".json") out.push_back(entry.path());
  }
  std::sort(out.begin(), out.end());
  return out;
}

TEST(Corpus, MeasuresKindsAndParametersStayAboveTheirFloors) {
  Score all;
  const auto files = corpus_files();
  ASSERT_GE(files.size(), 12u);
  for (const fs::path& json : files) {
    const auto truth = parse_json(t::bytes_of(json.string()), json.string());
    ASSERT_TRUE(truth);
    const Order order = t::order_of(t::bytes_of(fs::path(json).replace_extension(".txt").string()));
    const Score s = score_order(t::vocabulary(), order, *truth);
    EXPECT_GE(s.segments.f1(), 0.8) << json << fmt::format("\n{}", fmt::join(s.errors, "\n"));
    EXPECT_GE(s.kinds.f1(), 0.65) << json << fmt::format("\n{}", fmt::join(s.errors, "\n"));
    all.segments += s.segments;
    all.kinds += s.kinds;
    all.parameters += s.parameters;
    all.parameters_right += s.parameters_right;
  }
  EXPECT_GE(all.segments.f1(), 0.97);
  EXPECT_GE(all.kinds.f1(), 0.94);
  EXPECT_GE(all.parameters_right * 100, all.parameters * 88);
}
// An annotation may write a name in small letters or short where the paper has it in capitals:
// score.h says what is alike.
TEST(Corpus, HeadsAreReadAsAnnotated) {
  Score all;
  for (const fs::path& json : corpus_files()) {
    const auto truth = parse_json(t::bytes_of(json.string()), json.string());
    ASSERT_TRUE(truth);
    const Order order = t::order_of(t::bytes_of(fs::path(json).replace_extension(".txt").string()));
    Score one;
    score_head(order.dispatch, *truth, one);
    EXPECT_GE(one.head_right * 2, one.head) << json << " " << one.head_right << "/" << one.head;
    all += one;
  }
  EXPECT_GE(all.head_right * 100, all.head * 88) << all.head_right << "/" << all.head;
}
TEST(Corpus, CompiledOrdersStandStill) {
  for (const fs::path& json : corpus_files()) {
    const std::string name = json.stem().string();
    Order order = t::order_of(t::bytes_of(fs::path(json).replace_extension(".txt").string()));
    for (Measure& m : order.measures) {  // a model trained anew is as sure, give or take
      for (KindMatch& k : m.kinds) k.confidence = 1;
    }
    const std::string printed = to_json(to_node(order, &t::texts()), 1) + "\n";
    expect_golden(fs::path("tests/corpus/dispatches/golden") / (name + ".out"), printed);
  }
}
TEST(Corpus, TheFiveFoundingProgrammesLoadWithEveryKindTheyDemand) {
  const std::vector<std::pair<const char*, std::size_t>> programmes = {
      {"seed0", 5}, {"seed1", 7}, {"seed2", 10}, {"seed3", 7}, {"seed4", 7}};
  for (const auto& [id, measures] : programmes) {
    const std::string path = fmt::format("content/programs/{}.yaml", id);
    const auto order = load_programme(t::bytes_of(path), path, t::vocabulary());
    ASSERT_TRUE(order) << to_string(order.error());
    EXPECT_EQ(order->dispatch.source, id);
    EXPECT_EQ(order->measures.size(), measures);
    EXPECT_FALSE(order->dispatch.legal_basis.empty());
    EXPECT_NE(t::kind_in(*order, "directive.comply_reference"), nullptr);
    EXPECT_NE(
        t::kind_in(*order, id == std::string("seed3") ? "support.contact" : "support.request"),
        nullptr);
  }
}

}  // namespace
}  // namespace khien
