// The day by which a paper is to be answered.
#pragma once

#include <functional>
#include <string>

#include "store/order.h"

namespace khien {

// The last date to report by of the measures that count, else the last date to act by; "" when
// neither is stated. An agency counts those that are ordered of it.
[[nodiscard]] std::string due_of(const Order& order,
                                 const std::function<bool(const Measure&)>& counts);

// Of a paper that no agency reads: what is ordered of its recipients together or of one of them by
// name, not what it has a single other body do; all when nothing is ordered of them.
[[nodiscard]] std::string due_of_paper(const Order& order);

}  // namespace khien
