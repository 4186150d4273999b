// What is odd in a roster that was read: who is written down for longer than anybody can be on duty
// without a break, and shifts that end before they begin.
#pragma once

#include <string>
#include <vector>

#include "store/facts.h"

namespace khien {

inline constexpr std::int64_t kLongDutyHours = 24;

struct LongDuty {
  std::string person;
  std::int64_t from_ms = 0, hours = 0;
};
// Shifts of one person that meet or overlap count as one. Of duty_shift rows.
[[nodiscard]] std::vector<LongDuty> long_duties(const std::vector<Row>& shifts);

// Shifts whose end is not after their beginning: a night written with one date, or two cells
// swapped.
[[nodiscard]] std::vector<LongDuty> backward_shifts(const std::vector<Row>& shifts);

}  // namespace khien
