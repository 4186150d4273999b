// Two assessments of one agency: what became of each demand and of each subject that failed.
// Matched by what orders say of themselves (number, place of the demand), never by row ids.
#pragma once

#include <string>

#include "base/error.h"
#include "store/model.h"

namespace khien {

// K0510 the two are of different agencies; K0511 `before` is the later one. A subject that is no
// longer among the failures is closed only where the newer facts are complete for it: a source that
// was left out closes nothing. Of a file to share, which names no subject, only counts are
// compared.
[[nodiscard]] Result<Comparison> compare(const Assessment& before, const std::string& before_sha256,
                                         const Assessment& after);

}  // namespace khien
