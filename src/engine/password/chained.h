// The iterated digests of crypt(5): md5crypt ($1$), sha256crypt ($5$), sha512crypt ($6$; Ulrich
// Drepper's specification of 2007) and phpass ($P$, $H$; $S$ of Drupal with SHA-512). Their rounds
// hash what the round before gave with parts of word and salt; words of one length have all of that
// at the same places, so many of them run side by side.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "engine/password/wide_hash.h"

namespace khien::password {

struct Chained {
  wide::Kind kind = wide::Kind::md5;
  bool phpass = false;
  std::string salt;      // as written: at most 8 bytes, 16 for SHA
  std::uint32_t rounds = 0;
  std::string encoded;   // the digest in the alphabet of crypt(5), or what is kept of it
};

// Nothing where the setting is of no such kind, or in a form only the library reads.
[[nodiscard]] std::optional<Chained> read_chained(std::string_view setting);

inline constexpr std::size_t kChainedWord = 64;  // longer words are done one by one
// The place of a word that opens it, words.size() where none does. Words are of one length, at
// most kChainedWord, and at most wide::kLanes.
[[nodiscard]] std::size_t chained_match(const Chained& hash,
                                        std::span<const std::string_view> words);

// phpass of a word of any length, by itself.
[[nodiscard]] bool phpass_matches(const Chained& hash, std::string_view word);

}  // namespace khien::password
