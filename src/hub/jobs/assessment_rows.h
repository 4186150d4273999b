// The JSON of `khien report --words` as rows.
#pragma once

#include "hub/data/assessment.h"

namespace khien::hub {

// `row` has agency, time, digest, note and where it came from; the rest comes of the JSON in both
// languages (of `en` only its `words`). A dispatch of a result that was received is the agency's
// own row of that number and date. Its id.
[[nodiscard]] Result<std::int64_t> keep_assessment(const Database& db, AssessmentRow row,
                                                   const Node& vi, const Node& en);

}  // namespace khien::hub
