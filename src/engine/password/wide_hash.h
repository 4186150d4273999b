// Hash functions on vectors: 32 messages at once, one a lane. MD4 (RFC 1320), MD5 (RFC 1321),
// SHA-1 and SHA-2 (FIPS 180-4); AVX-512, AVX2 or what the machine has. No padding is added here:
// blocks are whole, as words of the hash (MD4, MD5: little endian; SHA: big endian).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace khien::password::wide {

inline constexpr std::size_t kLanes = 32;
enum class Kind { md4, md5, sha1, sha256, sha512 };

// False where vectors bring little (neither AVX-512 nor AVX2). Everything works all the same.
[[nodiscard]] bool available();

// For tests: go on as a lesser machine would. False where this one has less.
enum class Machine { any, avx2, avx512 };
bool pretend(Machine machine);

template <class Word>
struct Lanes {
  alignas(64) Word word[8][kLanes] = {};  // MD4 and MD5 use the first four, SHA-1 five
};
template <class Word>
struct Block {
  alignas(64) Word word[16][kLanes] = {};
};

[[nodiscard]] constexpr std::size_t words_of(Kind kind) {
  return kind == Kind::md4 || kind == Kind::md5 ? 4 : kind == Kind::sha1 ? 5 : 8;
}
[[nodiscard]] constexpr bool is_little_endian(Kind kind) {
  return kind == Kind::md4 || kind == Kind::md5;
}

// The state every message begins with, in all lanes.
void begin(Kind kind, Lanes<std::uint32_t>& state);
void begin(Kind kind, Lanes<std::uint64_t>& state);  // SHA-512 alone has words of 64 bits

// One block more: `out` may be `state`.
void compress(Kind kind, const Lanes<std::uint32_t>& state, const Block<std::uint32_t>& block,
              Lanes<std::uint32_t>& out);
void compress(Kind kind, const Lanes<std::uint64_t>& state, const Block<std::uint64_t>& block,
              Lanes<std::uint64_t>& out);

// The rounds of PBKDF2 (RFC 8018, HMAC of RFC 2104) from keyed states. `digest` in: the first
// digests; out: the exclusive or of them and `count` more. `used`: how many lanes matter.
void rounds(Kind kind, const Lanes<std::uint32_t>& inner, const Lanes<std::uint32_t>& outer,
            Lanes<std::uint32_t>& digest, std::uint32_t count, std::size_t used);
void rounds(Kind kind, const Lanes<std::uint64_t>& inner, const Lanes<std::uint64_t>& outer,
            Lanes<std::uint64_t>& digest, std::uint32_t count, std::size_t used);

// A padded message of whole blocks with a hole, zero bytes, for the digest of the round before.
template <class Word>
struct Form {
  static constexpr std::size_t kBlocks = 3;
  Block<Word> block[kBlocks];
  std::uint32_t blocks = 1;
  std::uint32_t hole = 0;  // its first byte
};

// The rounds of md5crypt, sha256crypt, sha512crypt and phpass: round r hashes form r % 42 (of 2, 3
// and 7) with the digest put in, from the start of the hash.
inline constexpr std::size_t kPeriod = 42;
template <class Word>
using Order = std::span<const Form<Word>* const, kPeriod>;
void chain(Kind kind, Order<std::uint32_t> order, Lanes<std::uint32_t>& digest,
           std::uint32_t count, std::size_t used);
void chain(Kind kind, Order<std::uint64_t> order, Lanes<std::uint64_t>& digest,
           std::uint32_t count, std::size_t used);

}  // namespace khien::password::wide
