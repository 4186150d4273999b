// The JSON of `khien report --words` as rows.
#pragma once

#include "hub/data/assessment.h"

namespace khien::hub {

// `row` has agency, time, digest and note; the rest comes of the JSON in both languages. Its id.
[[nodiscard]] Result<std::int64_t> keep_assessment(const Database& db, AssessmentRow row,
                                                   const Node& vi, const Node& en);

}  // namespace khien::hub
