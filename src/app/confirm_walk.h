// The questions of `khien confirm`: the head of the dispatch, then each measure, unsure ones first.
#pragma once

#include "app/context.h"
#include "collect/agency.h"
#include "dispatch/vocabulary.h"
#include "judge/orders.h"
#include "store/order.h"

namespace khien::app {

struct ConfirmWalk {
  const Context& context;
  const Vocabulary& vocabulary;
  const AddresseeRules& rules;
  const Agency* agency;  // null: not told who we are
  Order& order;          // changed as answered
};

enum class Walked { done, stopped, nobody };  // nobody: standard input ended

// Asks all; `order` holds what was answered so far whatever it returns.
[[nodiscard]] Walked walk(ConfirmWalk& w);

}  // namespace khien::app
