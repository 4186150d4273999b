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

// Of a paper that no agency reads: without the reports of a single other body, unless nothing else
// is due.
[[nodiscard]] std::string due_of_paper(const Order& order);

}  // namespace khien
