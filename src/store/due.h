// The day by which a paper is to be answered.
#pragma once

#include <functional>
#include <string>

#include "store/order.h"

namespace khien {

// The last date to report by of the measures that count, else the last date to act by; "" when
// neither is stated. A paper read by itself counts all; an agency those that are ordered of it.
[[nodiscard]] std::string due_of(const Order& order,
                                 const std::function<bool(const Measure&)>& counts);

}  // namespace khien
