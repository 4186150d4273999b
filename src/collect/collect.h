// Reading path 8/11. Takes an agency and its sources, gives typed facts with where they came
// from. Next: judge/run.h.
//
// A source that cannot be read does not stop the others: its tables become `missing` with a reason
// (so that nothing counts them as passed) and the error goes to `problems`. Accounts are joined to
// people after every source has been read.
#pragma once

#include <vector>

#include "collect/agency.h"

namespace khien {

struct Collected {
  std::vector<Collection> collections;
  std::vector<Error> problems;
  std::vector<SourceNote> notes;
};

// An error only when the content is unusable.
[[nodiscard]] Result<Collected> collect(const Agency& agency, const Content& content,
                                        WorkerPool& pool, const Clock& clock,
                                        const OpenFacts& open_facts);

}  // namespace khien
