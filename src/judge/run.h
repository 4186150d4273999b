// Reading path 9/11: running the plan.
// Takes the plan (judge/plan) and the database with the facts (collect/collect); gives one
// RunRecord a planned run and one FindingRecord a non-passing row, in a fixed order: the same facts
// judged twice give the same bytes.
// Next: judge/verdict.
#pragma once

#include "base/sqlite.h"
#include "judge/catalog.h"
#include "judge/plan.h"

namespace khien {

// Fills runs, findings, controls, norms, collections and attestations of `out`, whose dispatches,
// measures and as_of are set. A control in error is an Outcome::error, not a failure of the call.
[[nodiscard]] Done run_plan(const Plan& plan, const Catalog& catalog, const FactSchema& schema,
                            const Database& db, Assessment& out);

}  // namespace khien
