#include "report/json_words.h"

#include <fmt/format.h>

#include "report/sentences.h"
#include "report/words.h"

namespace khien::report {
namespace {

std::string key(std::int64_t id) { return fmt::format("{}", id); }

}  // namespace

Node words_node(const View& view, const Texts& texts) {
  Node measures = Node::map();
  Node runs = Node::map();
  for (const DispatchView& dispatch : view.dispatches) {
    for (const MeasureView& m : dispatch.addressed) {
      measures.set(key(m.measure->id),
                   fmt::format("{}", fmt::join(figures(texts, view, m), " ")));
      for (const RunRecord* run : m.runs) {
        if (run->failed == 0 && run->unknown == 0) continue;
        const char* state = run->outcome == Outcome::fail ? "not_met" : "undecided";
        runs.set(key(run->id),
                 Node::map({{"state", sentence_of(texts, view, *run, state)},
                            {"task", run->outcome == Outcome::fail
                                         ? sentence_of(texts, view, *run, "task")
                                         : std::string()}}));
      }
    }
  }
  return Node::map({{"measures", std::move(measures)}, {"runs", std::move(runs)}});
}

}  // namespace khien::report
