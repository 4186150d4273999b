// bcrypt (Provos and Mazieres, "A Future-Adaptable Password Scheme", 1999), a few words at once:
// the loads of one hide behind those of the others.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace khien::password {

struct Bcrypt {
  int cost = 0;                            // log2 of the rounds
  std::array<unsigned char, 16> salt{};
  std::string encoded;                     // of the digest, 31 letters
};

// Nothing where it is no $2a$, $2b$ or $2y$ setting with a digest.
[[nodiscard]] std::optional<Bcrypt> read_bcrypt(std::string_view setting);

inline constexpr std::size_t kBcryptLanes = 6;
// The place of a word that opens it; words.size() where none does. At most kBcryptLanes words
// without zero bytes; what stands behind 72 bytes does not count, as in every bcrypt.
[[nodiscard]] std::size_t bcrypt_match(const Bcrypt& hash,
                                       std::span<const std::string_view> words);

}  // namespace khien::password
