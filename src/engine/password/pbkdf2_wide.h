// The rounds of PBKDF2 (RFC 8018, HMAC of RFC 2104) for sixteen words at once, one a lane of the
// vectors; AVX-512 or AVX2 where the machine has them.
#pragma once

#include <cstddef>
#include <cstdint>

namespace khien::password::wide {

inline constexpr std::size_t kLanes = 16;
enum class Kind { sha1, sha256, sha512 };

// False where vectors bring nothing: then rounds() must not be called.
[[nodiscard]] bool available();

template <class Word>
struct Lanes {
  alignas(64) Word word[8][kLanes] = {};  // SHA-1 uses the first five
};

// `digest` in: the first digests; out: the exclusive or of them and `count` more.
void rounds(Kind kind, const Lanes<std::uint32_t>& inner, const Lanes<std::uint32_t>& outer,
            Lanes<std::uint32_t>& digest, std::uint32_t count);
void rounds(Kind kind, const Lanes<std::uint64_t>& inner, const Lanes<std::uint64_t>& outer,
            Lanes<std::uint64_t>& digest, std::uint32_t count);

}  // namespace khien::password::wide
