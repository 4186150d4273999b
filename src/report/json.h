// Assessment as machines read it: one JSON object {assessment, coverage, measures, findings}
// (docs/schema/assessment.schema.json), and OCSF 1.3.0 Compliance Finding (class 2003) as NDJSON,
// one object a finding and a passed control run. Ids and ISO forms stay as they are.
#pragma once

#include <string>

#include "base/node.h"
#include "base/texts.h"
#include "report/view.h"

namespace khien::report {

[[nodiscard]] Node json_node(const Assessment& assessment);
[[nodiscard]] std::string json(const Assessment& assessment);  // pretty, ends with a newline
[[nodiscard]] Node finding_node(const FindingRecord& finding);
[[nodiscard]] std::string ocsf(const View& view, const Texts& texts);
// OSCAL 1.1.2 assessment-results: a finding a measure, an observation a control run, no subjects.
[[nodiscard]] std::string oscal(const View& view, const Texts& texts);

}  // namespace khien::report
