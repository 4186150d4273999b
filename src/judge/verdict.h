// Reading path 10/11: verdicts.
// Takes the runs and attestations of an assessment (judge/run); sets every kind's outcome, every
// measure's verdict and the coverage. Missing facts never become "met".
// Next: report/report.
#pragma once

#include "judge/catalog.h"
#include "store/model.h"

namespace khien {

void decide(const Catalog& catalog, Assessment& assessment);

}  // namespace khien
