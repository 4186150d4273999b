// What a run judges by, as the assessment records it: collections with the state of their tables,
// and attestations with whether they count.
#pragma once

#include <vector>

#include "base/calendar.h"
#include "base/sqlite.h"
#include "judge/catalog.h"
#include "judge/plan.h"
#include "store/model.h"

namespace khien {

[[nodiscard]] Result<std::vector<CollectionRecord>> read_collections(const Database& db);
// An attestation counts with its document, signed, and not expired on `today`.
[[nodiscard]] Result<std::vector<AttestationRecord>> read_attestations(const Database& db,
                                                                       const Date& today);

// The controls of the plan with their SQL, and the norms that its runs and findings name.
void record_controls_and_norms(const Plan& plan, const Catalog& catalog, Assessment& out);

}  // namespace khien
