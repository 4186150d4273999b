// What the pages and the papers of a roll-up share.
#pragma once

#include "hub/data/rollup.h"
#include "hub/server/call.h"

namespace khien::hub {

// The day asked for, today without one. K1349, K1389 a day to come.
[[nodiscard]] Result<std::string> asked_day(const Call& call);
// ?at=&dispatch= of the actor's subtree.
[[nodiscard]] Result<RollupCache::Kept> asked_rollup(const Call& call);
// Its head: at, sentence, dispatches, trend, latest, late (at most `most_late`).
[[nodiscard]] Node rollup_head_node(const Rollup& rollup, const Texts& texts,
                                    std::size_t most_late);
// One cell as JSON; null where the dispatch was not ordered of the agency.
void add_rollup_cell(std::string& out, const RollupCell& cell);
// A list of objects {id, name}.
[[nodiscard]] Node named_node(std::int64_t id, const std::string& name);
[[nodiscard]] std::string rollup_sentence(const RollupFacts& facts, const Texts& texts);

}  // namespace khien::hub
