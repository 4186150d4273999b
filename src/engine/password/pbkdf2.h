// PBKDF2 (RFC 8018), first block only: enough to say yes or no to a word. OpenSSL's own goes
// through its provider layer for every round; here the two keyed states are made once a word.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/password/wide_hash.h"
#include "engine/password/types.h"

namespace khien::password {

// The block of each of up to kPbkdf2Lanes words, in their order; `scheme` is one of the three
// PBKDF2.
inline constexpr std::size_t kPbkdf2Lanes = wide::kLanes;
[[nodiscard]] std::vector<std::string> pbkdf2_blocks(Scheme scheme,
                                                     std::span<const std::string_view> words,
                                                     std::string_view salt, std::uint32_t rounds);

}  // namespace khien::password
