// Dates of a piece of text, those that name only a month, a quarter, half a year or a year too.
#pragma once

#include <string_view>
#include <vector>

#include "dispatch/finders.h"

namespace khien {

struct RawDate {
  FoundDate date;
  bool open = false;  // month, quarter or year: good only after "trong", "trước", "hết"
};

// Every date of [from, to) of folded text, open ones as YYYY-MM of their last month, in order.
// "quý I, II/2026" is one date, its last. `issued` gives the year where none stands.
[[nodiscard]] std::vector<RawDate> raw_dates(std::u32string_view text, std::size_t from,
                                             std::size_t to, std::string_view issued);

}  // namespace khien
