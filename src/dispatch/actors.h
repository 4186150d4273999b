// Whom a clause orders: named at its start ("Công an tỉnh chủ trì ..."), after "Giao", after a
// phrase of time, or in the heading above ("2. Sở Tài chính", "Đối với các doanh nghiệp:").
#pragma once

#include <string>
#include <vector>

#include "dispatch/parameters.h"

namespace khien {

// Named by the clause's own words; "" when none.
[[nodiscard]] std::string own_actor(const ClauseText& text);
// The body whose name begins at the token, as far as its words are known; "" when none does.
[[nodiscard]] std::string body_named_at(const ClauseText& text, std::size_t token);
// Named by a heading or a leading line for all that follows; "" when none, or when it is everybody.
[[nodiscard]] std::string heading_actor(const Clause& clause, const ClauseText& text);

}  // namespace khien
