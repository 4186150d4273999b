// The readers behind `reader:` of content/measures; dispatch/parameters.h lists their names.
#pragma once

#include <vector>

#include "dispatch/parameters.h"

namespace khien {

// Null when the clause (and for `document: true` the opening) says nothing. May add "as_written"
// to `out`.
[[nodiscard]] Node run_reader(const ClauseText& clause, const std::vector<Hit>& kind_hits,
                              const ParameterInfo& info, Node& out);

}  // namespace khien
