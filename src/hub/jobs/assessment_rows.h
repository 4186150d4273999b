// The JSON of `khien report --words` as rows.
#pragma once

#include <filesystem>

#include "hub/data/assessment.h"

namespace khien::hub {

// `row` has agency, time, digest, note and where it came from; the rest comes of the JSON in both
// languages (of `en` only its `words`). A dispatch of a result that was received is the agency's
// own row of that number and date. `inventory` is what `khien report --inventory` wrote of it, ""
// for a result without machines and accounts. Its id.
[[nodiscard]] Result<std::int64_t> keep_assessment(const Database& db, AssessmentRow row,
                                                   const Node& vi, const Node& en,
                                                   const std::filesystem::path& inventory);

}  // namespace khien::hub
