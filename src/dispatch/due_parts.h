// One sentence may give several bodies a day each: "Các sở gửi báo cáo trước ngày 10/6; UBND các xã
// trước ngày 20/6", "trước ngày 10/6 đối với các sở, trước ngày 20/6 đối với các xã".
#pragma once

#include <vector>

#include "dispatch/parameters.h"
#include "store/order.h"

namespace khien {

// Each deadline of the clause with whom its words give it to; empty unless there are several days
// or two bodies are given days of their own.
[[nodiscard]] std::vector<DueFor> deadlines_by_actor(const ClauseText& clause);

}  // namespace khien
