// What the pages and the papers of a roll-up share.
#pragma once

#include "hub/data/rollup.h"
#include "hub/server/call.h"

namespace khien::hub {

// The day asked for, today without one. K1349, K1389 a day to come.
[[nodiscard]] Result<std::string> asked_day(const Call& call);
// ?at=&dispatch= of the actor's subtree.
[[nodiscard]] Result<Rollup> asked_rollup(const Call& call);
[[nodiscard]] std::string rollup_sentence(const RollupFacts& facts, const Texts& texts);

}  // namespace khien::hub
