// Is a clause a measure? Form first (a numbered item is one), then where it stands (under a line
// that leads to demands, before it, under "Mục đích, yêu cầu"), then its words.
#pragma once

#include <string_view>

#include "dispatch/parameters.h"

namespace khien {

[[nodiscard]] bool in_list(const ClauseText& text, std::string_view list);
// A hit of the list within the clause's first `reach` words.
[[nodiscard]] const Hit* at_start(const ClauseText& text, std::string_view list,
                                  std::size_t reach = 0);

// `kinds`: a kind was found in it. `leads_on`: demands follow a clause that ends with ':'.
[[nodiscard]] bool is_measure(const Clause& clause, const ClauseText& text, bool kinds,
                              bool reports, bool leads_on);

}  // namespace khien
