// What stands around an order: documents it carries out that are not at hand, norms that have been
// replaced, demands weaker than a norm in force, deadlines that have passed. Said as warnings of
// the order; no verdict depends on them.
#pragma once

#include <span>
#include <vector>

#include "base/calendar.h"
#include "store/order.h"
#include "dispatch/vocabulary.h"
#include "judge/catalog.h"

namespace khien {

// `at_hand`: the other orders of the same assessment, this one may be among them.
[[nodiscard]] std::vector<Warning> chain_warnings(const Order& order, const Vocabulary& vocabulary,
                                                  const Catalog& catalog,
                                                  std::span<const Order> at_hand,
                                                  const Date& as_of);

}  // namespace khien
