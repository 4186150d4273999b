// Names of verdicts and outcomes: the same words in SQL, JSON and C++.
#include "store/model.h"

#include <array>

namespace khien {
namespace {
constexpr std::array<const char*, 4> kVerdicts = {"met", "partly_met", "not_met", "undetermined"};
constexpr std::array<const char*, 6> kOutcomes = {"pass",  "fail",           "unknown",
                                                  "error", "not_applicable", "not_checked"};
constexpr std::array<const char*, 6> kChanges = {"better",  "worse", "same",
                                                 "unclear", "added", "gone"};
constexpr std::array<const char*, 4> kCaseStates = {"open", "added", "closed", "unclear"};
}  // namespace

const char* to_string(Verdict verdict) { return kVerdicts[static_cast<std::size_t>(verdict)]; }
const char* to_string(Outcome outcome) { return kOutcomes[static_cast<std::size_t>(outcome)]; }

Verdict verdict_from(std::string_view text) {
  for (std::size_t i = 0; i < kVerdicts.size(); ++i) {
    if (text == kVerdicts[i]) return static_cast<Verdict>(i);
  }
  return Verdict::undetermined;
}

Outcome outcome_from(std::string_view text) {
  for (std::size_t i = 0; i < kOutcomes.size(); ++i) {
    if (text == kOutcomes[i]) return static_cast<Outcome>(i);
  }
  return Outcome::error;
}

const char* to_string(Change change) { return kChanges[static_cast<std::size_t>(change)]; }
const char* to_string(CaseState state) { return kCaseStates[static_cast<std::size_t>(state)]; }

Change change_from(std::string_view text) {
  for (std::size_t i = 0; i < kChanges.size(); ++i) {
    if (text == kChanges[i]) return static_cast<Change>(i);
  }
  return Change::unclear;
}

CaseState case_state_from(std::string_view text) {
  for (std::size_t i = 0; i < kCaseStates.size(); ++i) {
    if (text == kCaseStates[i]) return static_cast<CaseState>(i);
  }
  return CaseState::unclear;
}

void count_measure(const MeasureRecord& measure, Coverage& coverage) {
  bool failed = false;
  bool decided = !measure.kinds.empty();
  bool attested = false;
  for (const KindRecord& k : measure.kinds) {
    failed = failed || k.outcome == Outcome::fail;
    decided = decided && !k.decided_by.empty();
    attested = attested || k.decided_by == "attestation";
  }
  ++coverage.measures;
  if (!failed && !decided) return;  // one failure decides a measure, whatever else is open
  ++(attested ? coverage.attested : coverage.by_controls);
}

}  // namespace khien
