// PBKDF2 (RFC 8018), first block only: enough to say yes or no to a word. OpenSSL's own goes
// through its provider layer for every round; here the two keyed states are made once a word.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace khien::password {

[[nodiscard]] std::string pbkdf2_block_sha1(std::string_view word, std::string_view salt,
                                            std::uint32_t rounds);
[[nodiscard]] std::string pbkdf2_block_sha256(std::string_view word, std::string_view salt,
                                              std::uint32_t rounds);
[[nodiscard]] std::string pbkdf2_block_sha512(std::string_view word, std::string_view salt,
                                              std::uint32_t rounds);

}  // namespace khien::password
