// Of several collections of one machine by one collector, the newest complete one not later than
// as-of wins; without a complete one the newest.
#pragma once

#include <cstdint>
#include <vector>

#include "store/facts.h"

namespace khien {

[[nodiscard]] std::vector<Collection> newest(std::vector<Collection> collections,
                                             std::int64_t as_of);

}  // namespace khien
