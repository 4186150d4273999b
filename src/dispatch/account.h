// What became of every sentence of the paper: which measure took it, or why it is none.
#pragma once

#include <vector>

#include "dispatch/anatomy.h"
#include "dispatch/kinds.h"
#include "store/order.h"
#include "dispatch/parameters.h"

namespace khien {

struct ReadClause {             // a clause as the compiler left it
  const Clause* clause = nullptr;
  const ClauseText* text = nullptr;
  const Sight* sight = nullptr;
  bool measure = false;
  std::uint32_t end = 0;        // with what was joined to it
};

// The whole body in order, a span a role; the tail after "Nơi nhận" is no body.
[[nodiscard]] std::vector<Sentence> account_for(const Anatomy& anatomy,
                                                const Vocabulary& vocabulary,
                                                const std::vector<ReadClause>& clauses,
                                                const std::vector<Measure>& measures);

// The model takes a sentence that the rules do not for an order, and nothing speaks against it.
[[nodiscard]] bool is_order_by_model(const KindModel& model, const Sight& sight,
                                     bool goes_on);

}  // namespace khien
