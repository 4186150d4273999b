// Groups an assessment's flat lists by dispatch, measure and control run.
#include "report/view.h"

#include <algorithm>
#include <array>
#include <set>

namespace khien::report {
namespace {

int outcome_order(Outcome outcome) {
  if (outcome == Outcome::fail) return 0;
  return outcome == Outcome::error ? 1 : 2;
}

void add_lists(View& view) {
  std::map<std::string, int> seen;  // control + parameters -> index in lists
  for (const RunRecord& run : view.assessment->runs) {
    std::vector<const FindingRecord*> rows;
    for (const FindingRecord* f : view.findings_of_run[run.id]) {
      if (!f->subject.empty()) rows.push_back(f);
    }
    if (rows.empty()) continue;
    std::stable_sort(rows.begin(), rows.end(), [](const auto* a, const auto* b) {
      const int x = outcome_order(a->result);
      const int y = outcome_order(b->result);
      return x != y ? x < y : a->subject < b->subject;
    });
    const std::string key = run.control + "\n" + run.table + "\n" + to_json(run.parameters);
    const auto [it, fresh] = seen.emplace(key, static_cast<int>(view.lists.size()));
    if (fresh) view.lists.push_back({it->second + 1, &run, std::move(rows)});
    view.list_of_run[run.id] = it->second + 1;
  }
}

DispatchView dispatch_view(const Assessment& a, const DispatchRecord* d,
                           const std::map<std::int64_t, std::vector<const RunRecord*>>& runs) {
  DispatchView out;
  out.dispatch = d;
  std::set<std::string> controls;
  for (const MeasureRecord& m : a.measures) {
    if (m.dispatch != d->id) continue;
    MeasureView mv{&m, d, {}};
    if (const auto it = runs.find(m.id); it != runs.end()) mv.runs = it->second;
    if (!m.addressed) {
      out.elsewhere.push_back(std::move(mv));
      continue;
    }
    for (const RunRecord* r : mv.runs) controls.insert(r->control + "\n" + to_json(r->parameters));
    ++out.verdicts[static_cast<std::size_t>(m.verdict)];
    count_measure(m, out.coverage);
    out.addressed.push_back(std::move(mv));
  }
  out.controls = static_cast<int>(controls.size());
  return out;
}

}  // namespace

View view_of(const Assessment& assessment) {
  View view;
  view.assessment = &assessment;
  std::map<std::int64_t, std::vector<const RunRecord*>> runs;
  for (const RunRecord& run : assessment.runs) {
    if (run.measure == 0) {
      view.extra.push_back(&run);
    } else {
      runs[run.measure].push_back(&run);
    }
  }
  for (const FindingRecord& f : assessment.findings) view.findings_of_run[f.run].push_back(&f);
  for (const DispatchRecord& d : assessment.dispatches) {
    view.dispatches.push_back(dispatch_view(assessment, &d, runs));
  }
  add_lists(view);
  return view;
}

bool asks_nothing(const View& view) {
  return std::all_of(view.dispatches.begin(), view.dispatches.end(),
                     [](const DispatchView& d) { return d.addressed.empty(); });
}

int severity_rank(std::string_view severity) {
  static constexpr std::array<std::string_view, 5> kRanks = {"info", "low", "medium", "high",
                                                             "critical"};
  const auto it = std::find(kRanks.begin(), kRanks.end(), severity);
  return it == kRanks.end() ? 0 : static_cast<int>(it - kRanks.begin());
}

std::string severity_of(const View& view, const RunRecord& run) {
  std::string worst;
  if (const auto it = view.findings_of_run.find(run.id); it != view.findings_of_run.end()) {
    for (const FindingRecord* f : it->second) {
      if (f->result != Outcome::fail) continue;
      if (worst.empty() || severity_rank(f->severity) > severity_rank(worst)) worst = f->severity;
    }
  }
  if (!worst.empty()) return worst;
  for (const ControlRecord& c : view.assessment->controls) {
    if (c.id == run.control) return c.severity;
  }
  return "info";
}

std::vector<const RunRecord*> priorities(const View& view) {
  std::vector<std::pair<int, const RunRecord*>> ranked;
  std::set<std::string> seen;
  for (const RunRecord& run : view.assessment->runs) {
    if (run.measure == 0 || run.outcome != Outcome::fail) continue;
    if (!seen.insert(run.control).second) continue;
    ranked.emplace_back(severity_rank(severity_of(view, run)), &run);
  }
  std::stable_sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) {
    if (a.first != b.first) return a.first > b.first;
    return a.second->failed > b.second->failed;
  });
  std::vector<const RunRecord*> out;
  for (const auto& [rank, run] : ranked) out.push_back(run);
  return out;
}

}  // namespace khien::report
