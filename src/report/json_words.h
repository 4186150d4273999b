// The sentences of the paper beside the JSON of an assessment, for programs that show both
// (`khien report --json --words`).
#pragma once

#include "base/node.h"
#include "base/texts.h"
#include "report/view.h"

namespace khien::report {

// {measures: {id: sentence}, runs: {id: {state, task}}} in the language of `texts`: what a measure's
// verdict rests on; of runs that failed or lack facts how it stands and what is to be done.
[[nodiscard]] Node words_node(const View& view, const Texts& texts);

}  // namespace khien::report
