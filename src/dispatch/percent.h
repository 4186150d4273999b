// Whole percents of what a clause wants covered: "100%", "95 phần trăm". "0,5%" is none, "45% máy
// tính chưa cập nhật" tells what is lacking.
#pragma once

#include <cstdint>

#include "dispatch/parameters.h"

namespace khien {

// -1 when the clause says none.
[[nodiscard]] std::int64_t read_percent(const ClauseText& clause);

}  // namespace khien
