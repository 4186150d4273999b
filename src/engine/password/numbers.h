// All mobile numbers of a country as candidates: people take a telephone number for a password, and
// not always one that stands in the staff list. A prefix and the digits behind it, ten in all, so
// some hundred millions; on fast digests that is seconds.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>

#include "engine/password/types.h"
#include "engine/password/unsalted.h"

namespace khien::password {

inline constexpr std::size_t kNumberDigits = 10;

// Asked now and then, some milliseconds apart; true ends the search.
using Stop = std::function<bool()>;

// Whether search_number() can take it: a digest of word and salt in one block.
[[nodiscard]] bool takes_numbers(const Hash& hash);
// The number with this digest under one prefix of digits; nothing where none has or `stop` said so.
[[nodiscard]] std::optional<std::string> search_number(const Hash& hash, std::string_view prefix,
                                                       const Stop& stop);
// All accounts of an unsalted index at once.
void search_numbers(UnsaltedIndex& index, std::string_view prefix, const Stop& stop,
                    const UnsaltedIndex::Hit& hit);

}  // namespace khien::password
