// What answers each demand of content/demands: the controls its programme plans for it, and whether
// they can decide it alone. Pure: no facts are read, nothing is claimed about one agency.
//
//   demands:
//     - id: S4.2b                 # unique
//       programme: seed4          # content/programs/seed4.yaml
//       measure: "2"              # id of a measure there
//       kinds: [account.leavers]  # kinds of that measure; all must be answered
//       vi: ".."                  # the demand in our own words
//       source: ".."              # what an officer supplies
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "judge/catalog.h"

namespace khien {

class Vocabulary;

// automatic: a sufficient control with all its parameters decides it on facts. attested: no such
// control, but a valid attestation may. none: neither.
enum class CoverageState { automatic, attested, none };
[[nodiscard]] const char* to_string(CoverageState state);

struct CoveredKind {
  std::string kind;
  CoverageState state = CoverageState::none;
  std::vector<const Control*> controls;  // of the catalogue; planned at this order's parameters
};

struct CoveredDemand {
  std::string id;
  std::string vi;
  std::string source;
  std::string programme;
  std::string measure;
  std::string cite_vi;
  std::vector<CoveredKind> kinds;
  CoverageState state = CoverageState::none;  // the weakest of its kinds
};

// K0010-K0016 with the line when a demand names a programme, measure or kind that is not there.
// The catalogue must outlive the answer.
[[nodiscard]] Result<std::vector<CoveredDemand>> cover_demands(const Content& content,
                                                               const Catalog& catalog,
                                                               const Vocabulary& vocabulary);

[[nodiscard]] std::int64_t count(const std::vector<CoveredDemand>& demands, CoverageState state);

}  // namespace khien
