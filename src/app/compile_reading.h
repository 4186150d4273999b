// `khien compile --explain --json`: what the JSON of an order does not hold, for programs that show
// the paper itself.
#pragma once

#include "app/context.h"
#include "collect/agency.h"
#include "store/order.h"

namespace khien::app {

// {text, sentences: [{from, to, role, role_name, measure, why}], measures: {id: {title, addressed}},
// windows: [{from, to, why}]}, the last as a programme states them.
// from and to count code points of text. `agency` null: nobody in particular is addressed, and
// `addressed` is null.
[[nodiscard]] Node reading_node(const Context& context, const Order& order, const Agency* agency);

}  // namespace khien::app
