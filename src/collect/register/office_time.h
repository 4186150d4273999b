// Moments as people write them into a roster: "7h30 ngày 30/04/2027", "01/05/2027 0h", "24:00",
// "Thứ Sáu, 30/4/2027, 19 giờ". What is left is read as every table's dates are.
#pragma once

#include <optional>
#include <string_view>

#include "format/table/dates.h"

namespace khien {

// With `ends`, 23:59 is the end of its day: offices write it for midnight.
[[nodiscard]] std::optional<Moment> parse_office_moment(std::string_view text, bool ends = false);

}  // namespace khien
