// Digests of word and salt (LDAP's {SSHA} and kin, RFC 2307; unsalted ones have an empty salt).
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "engine/password/types.h"

namespace khien::password {

// `scheme`: md5, sha1, sha256, sha512, with salt or without.
[[nodiscard]] std::string salted_digest(Scheme scheme, std::string_view word,
                                        std::string_view salt);
// The place of a word that has this digest; words.size() where none has. Many run at once.
[[nodiscard]] std::size_t salted_match(Scheme scheme, std::span<const std::string_view> words,
                                       std::string_view salt, std::string_view digest);

}  // namespace khien::password
