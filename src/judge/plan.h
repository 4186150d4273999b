// Reading path 7/11: measures x controls.
// Takes the measures of every order (dispatch/measures) and the catalogue; gives the list of
// control runs to make, each with the parameters of its own order. A stricter demand of another
// order or of a norm in force becomes an extra run of its own ("yêu cầu cao hơn") that never
// changes a measure's verdict.
// Next: collect/collect.
#pragma once

#include <string>
#include <vector>

#include "base/calendar.h"
#include "judge/catalog.h"
#include "store/model.h"

namespace khien {

struct PlannedRun {
  std::int64_t measure = 0;  // 0: extra run
  std::string kind;
  const Control* control = nullptr;
  Node parameters;                     // name -> value, complete unless missing_parameter
  std::vector<std::string> defaulted;  // took the control's declared default
  std::string missing_parameter;       // stated nowhere and without default: the run is unknown
  std::string required_by;             // extra runs: norm id or dispatch label
};

struct Plan {
  std::vector<PlannedRun> runs;
};

// `measures` and `dispatches` of the assessment are read; addressed = false plans nothing.
[[nodiscard]] Result<Plan> make_plan(const Catalog& catalog, const Assessment& assessment,
                                     const Date& as_of);

// Does `a` ask more than `b`? False when equal or not comparable.
[[nodiscard]] bool asks_more(const ControlParameter& parameter, const Node& a, const Node& b);
// The value of a parameter as SQL gets it; K0508 when its type is wrong.
[[nodiscard]] Result<Value> bound_value(const ControlParameter& parameter, const Node& value,
                                        const std::string& place);

}  // namespace khien
