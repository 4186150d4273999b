// Ranks that a clause names: "cấp độ 3 trở lên", "cấp độ 1, 2 và 3", "lớp thứ nhất".
#pragma once

#include <cstdint>
#include <string_view>

#include "base/node.h"
#include "dispatch/parameters.h"

namespace khien {

// The ranks from 1 to `most` after the word `before` (folded), ascending; null when none.
[[nodiscard]] Node read_grades(const ClauseText& clause, std::u32string_view before,
                               std::int64_t most);

}  // namespace khien
