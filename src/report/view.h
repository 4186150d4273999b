// The numbers of a report, taken from an Assessment once, so that every format prints the same.
// Pointers are into the Assessment, which must outlive the View.
#pragma once

#include <array>
#include <map>
#include <string>
#include <vector>

#include "store/model.h"

namespace khien::report {

// The subjects one control did not pass: one numbered list of Annex I. Two measures judged by the
// same control with the same parameters share it.
struct FindingList {
  int number = 0;
  const RunRecord* run = nullptr;
  std::vector<const FindingRecord*> rows;  // fail first, then error, then unknown; by subject
};

struct MeasureView {
  const MeasureRecord* measure = nullptr;
  const DispatchRecord* dispatch = nullptr;
  std::vector<const RunRecord*> runs;
};

struct DispatchView {
  const DispatchRecord* dispatch = nullptr;
  std::vector<MeasureView> addressed;
  std::vector<MeasureView> elsewhere;     // ordered of somebody else
  std::array<int, 4> verdicts{};          // by Verdict
  int controls = 0;                       // different control runs
  Coverage coverage;
  int by_verdict(Verdict v) const { return verdicts[static_cast<std::size_t>(v)]; }
};

struct View {
  const Assessment* assessment = nullptr;
  bool for_officer = false;  // reasons say what to do about them; papers that go out do not
  std::vector<DispatchView> dispatches;
  std::vector<const RunRecord*> extra;    // "yêu cầu cao hơn"
  std::vector<FindingList> lists;
  std::map<std::int64_t, int> list_of_run;              // run id -> number of its list
  std::map<std::int64_t, std::vector<const FindingRecord*>> findings_of_run;
};

[[nodiscard]] View view_of(const Assessment& assessment);
// No measure is ordered of this agency.
[[nodiscard]] bool asks_nothing(const View& view);

// 0 info .. 4 critical; unknown words are info.
[[nodiscard]] int severity_rank(std::string_view severity);
// The worst severity among the failing findings of a run, else that of its control.
[[nodiscard]] std::string severity_of(const View& view, const RunRecord& run);

// What to do first: failing runs, worst first, one per control.
[[nodiscard]] std::vector<const RunRecord*> priorities(const View& view);

}  // namespace khien::report
