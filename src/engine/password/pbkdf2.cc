// The low-level calls are what makes it fast; OpenSSL 3 keeps them, marked as old.
#define OPENSSL_SUPPRESS_DEPRECATED
#include "engine/password/pbkdf2.h"

#include <array>
#include <cstring>

#include <openssl/crypto.h>
#include <openssl/sha.h>

namespace khien::password {
namespace {

struct S1 {
  using Context = SHA_CTX;
  static constexpr std::size_t digest = 20, block = 64, words = 5, length = 8;
  static void init(Context& c) { SHA1_Init(&c); }
  static void add(Context& c, const void* p, std::size_t n) { SHA1_Update(&c, p, n); }
  static void end(unsigned char* out, Context& c) { SHA1_Final(out, &c); }
  static void turn(Context& c, const unsigned char* b) { SHA1_Transform(&c, b); }
  static void read(const Context& c, std::uint32_t* out) {
    out[0] = c.h0, out[1] = c.h1, out[2] = c.h2, out[3] = c.h3, out[4] = c.h4;
  }
};

struct S256 {
  using Context = SHA256_CTX;
  static constexpr std::size_t digest = 32, block = 64, words = 8, length = 8;
  static void init(Context& c) { SHA256_Init(&c); }
  static void add(Context& c, const void* p, std::size_t n) { SHA256_Update(&c, p, n); }
  static void end(unsigned char* out, Context& c) { SHA256_Final(out, &c); }
  static void turn(Context& c, const unsigned char* b) { SHA256_Transform(&c, b); }
  static void read(const Context& c, std::uint32_t* out) { std::memcpy(out, c.h, 32); }
};

struct S512 {
  using Context = SHA512_CTX;
  static constexpr std::size_t digest = 64, block = 128, words = 8, length = 16;
  static void init(Context& c) { SHA512_Init(&c); }
  static void add(Context& c, const void* p, std::size_t n) { SHA512_Update(&c, p, n); }
  static void end(unsigned char* out, Context& c) { SHA512_Final(out, &c); }
  static void turn(Context& c, const unsigned char* b) { SHA512_Transform(&c, b); }
  static void read(const Context& c, std::uint64_t* out) { std::memcpy(out, c.h, 64); }
};

template <class Word>
void put(unsigned char* out, Word w) {
  if constexpr (sizeof(Word) == 4) {
    w = __builtin_bswap32(w);
  } else {
    w = __builtin_bswap64(w);
  }
  std::memcpy(out, &w, sizeof w);
}

// A block that holds one digest after one block of key: padding and length are always the same.
template <class H>
void prepare(unsigned char* block) {
  std::memset(block, 0, H::block);
  block[H::digest] = 0x80;
  put(block + H::block - 8, static_cast<std::uint64_t>((H::block + H::digest) * 8));
}

template <class H>
std::string derive(std::string_view word, std::string_view salt, std::uint32_t rounds) {
  using Word = std::conditional_t<H::block == 128, std::uint64_t, std::uint32_t>;
  std::array<unsigned char, H::block> key{};
  typename H::Context inner, outer, now;
  if (word.size() > H::block) {
    H::init(now);
    H::add(now, word.data(), word.size());
    H::end(key.data(), now);
  } else {
    std::memcpy(key.data(), word.data(), word.size());
  }
  for (unsigned char& c : key) c ^= 0x36;
  H::init(inner);
  H::add(inner, key.data(), key.size());
  for (unsigned char& c : key) c ^= 0x36 ^ 0x5C;
  H::init(outer);
  H::add(outer, key.data(), key.size());

  std::array<unsigned char, H::block> first, second;
  prepare<H>(first.data());
  prepare<H>(second.data());
  const unsigned char index[4] = {0, 0, 0, 1};
  now = inner;
  H::add(now, salt.data(), salt.size());
  H::add(now, index, sizeof index);
  std::array<unsigned char, H::digest> u;
  H::end(u.data(), now);
  now = outer;
  H::add(now, u.data(), u.size());
  H::end(u.data(), now);
  std::string out(reinterpret_cast<const char*>(u.data()), u.size());
  std::memcpy(first.data(), u.data(), u.size());

  Word sum[H::words] = {}, state[H::words];
  for (std::uint32_t r = 1; r < rounds; ++r) {
    now = inner;
    H::turn(now, first.data());
    H::read(now, state);
    for (std::size_t i = 0; i < H::words; ++i) put(second.data() + i * sizeof(Word), state[i]);
    now = outer;
    H::turn(now, second.data());
    H::read(now, state);
    for (std::size_t i = 0; i < H::words; ++i) {
      sum[i] ^= state[i];
      put(first.data() + i * sizeof(Word), state[i]);
    }
  }
  for (std::size_t i = 0; i < H::words; ++i) {
    unsigned char bytes[sizeof(Word)];
    put(bytes, sum[i]);
    for (std::size_t k = 0; k < sizeof(Word); ++k) {
      char& c = out[i * sizeof(Word) + k];
      c = static_cast<char>(c ^ static_cast<char>(bytes[k]));
    }
  }
  OPENSSL_cleanse(key.data(), key.size());
  OPENSSL_cleanse(&inner, sizeof inner);
  OPENSSL_cleanse(&outer, sizeof outer);
  OPENSSL_cleanse(&now, sizeof now);
  return out;
}

}  // namespace

std::string pbkdf2_block_sha1(std::string_view word, std::string_view salt, std::uint32_t rounds) {
  return derive<S1>(word, salt, rounds);
}
std::string pbkdf2_block_sha256(std::string_view word, std::string_view salt,
                                std::uint32_t rounds) {
  return derive<S256>(word, salt, rounds);
}
std::string pbkdf2_block_sha512(std::string_view word, std::string_view salt,
                                std::uint32_t rounds) {
  return derive<S512>(word, salt, rounds);
}

}  // namespace khien::password
