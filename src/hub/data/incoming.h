// The incoming book: a number is given once in a year at an agency, also when its paper went.
#pragma once

#include <cstdint>
#include <string>

#include "base/sqlite.h"

namespace khien::hub {

// The next number of the year for the dispatch, or the one it has. Within a transaction.
[[nodiscard]] Result<std::int64_t> next_incoming(const Database& db, std::int64_t agency_id,
                                                 std::int64_t year, std::int64_t dispatch_id);
// A number a person wrote: "" gives the dispatch's own back. K1379 when another has it that year.
[[nodiscard]] Done claim_incoming(const Database& db, std::int64_t agency_id,
                                  const std::string& received_on, const std::string& received_no,
                                  std::int64_t dispatch_id);

}  // namespace khien::hub
