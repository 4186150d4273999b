// Names of verdicts and outcomes: the same words in SQL, JSON and C++.
#include "store/model.h"

#include <array>

namespace khien {
namespace {
constexpr std::array<const char*, 4> kVerdicts = {"met", "partly_met", "not_met", "undetermined"};
constexpr std::array<const char*, 6> kOutcomes = {"pass",  "fail",           "unknown",
                                                  "error", "not_applicable", "not_checked"};
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

}  // namespace khien
