// OpenSSL's low-level digests under one shape: init, add, end, and the block function where it is
// used. OpenSSL 3 keeps them, marked as old; its new ones go through a provider layer that costs
// more than a short message does.
#pragma once

#include <cstdint>
#include <cstring>

#include <openssl/md5.h>
#include <openssl/sha.h>

#include "engine/password/wide_hash.h"

namespace khien::password {

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"

struct ScalarMd5 {
  using Context = MD5_CTX;
  using Word = std::uint32_t;
  static constexpr std::size_t digest = 16, block = 64, words = 4;
  static constexpr wide::Kind kind = wide::Kind::md5;
  static void init(Context& c) { MD5_Init(&c); }
  static void add(Context& c, const void* p, std::size_t n) { MD5_Update(&c, p, n); }
  static void end(unsigned char* out, Context& c) { MD5_Final(out, &c); }
};

struct ScalarSha1 {
  using Context = SHA_CTX;
  using Word = std::uint32_t;
  static constexpr std::size_t digest = 20, block = 64, words = 5;
  static constexpr wide::Kind kind = wide::Kind::sha1;
  static void init(Context& c) { SHA1_Init(&c); }
  static void add(Context& c, const void* p, std::size_t n) { SHA1_Update(&c, p, n); }
  static void end(unsigned char* out, Context& c) { SHA1_Final(out, &c); }
  static void turn(Context& c, const unsigned char* b) { SHA1_Transform(&c, b); }
  static void read(const Context& c, Word* out) {
    out[0] = c.h0, out[1] = c.h1, out[2] = c.h2, out[3] = c.h3, out[4] = c.h4;
  }
  static void write(Context& c, const Word* in) {
    c.h0 = in[0], c.h1 = in[1], c.h2 = in[2], c.h3 = in[3], c.h4 = in[4];
  }
};

struct ScalarSha256 {
  using Context = SHA256_CTX;
  using Word = std::uint32_t;
  static constexpr std::size_t digest = 32, block = 64, words = 8;
  static constexpr wide::Kind kind = wide::Kind::sha256;
  static void init(Context& c) { SHA256_Init(&c); }
  static void add(Context& c, const void* p, std::size_t n) { SHA256_Update(&c, p, n); }
  static void end(unsigned char* out, Context& c) { SHA256_Final(out, &c); }
  static void turn(Context& c, const unsigned char* b) { SHA256_Transform(&c, b); }
  static void read(const Context& c, Word* out) { std::memcpy(out, c.h, sizeof c.h); }
  static void write(Context& c, const Word* in) { std::memcpy(c.h, in, sizeof c.h); }
};

struct ScalarSha512 {
  using Context = SHA512_CTX;
  using Word = std::uint64_t;
  static constexpr std::size_t digest = 64, block = 128, words = 8;
  static constexpr wide::Kind kind = wide::Kind::sha512;
  static void init(Context& c) { SHA512_Init(&c); }
  static void add(Context& c, const void* p, std::size_t n) { SHA512_Update(&c, p, n); }
  static void end(unsigned char* out, Context& c) { SHA512_Final(out, &c); }
  static void turn(Context& c, const unsigned char* b) { SHA512_Transform(&c, b); }
  static void read(const Context& c, Word* out) { std::memcpy(out, c.h, sizeof c.h); }
  static void write(Context& c, const Word* in) { std::memcpy(c.h, in, sizeof c.h); }
};

#pragma GCC diagnostic pop

// A word of the hash from or to its bytes.
template <class H>
[[nodiscard]] typename H::Word word_at(const unsigned char* bytes) {
  typename H::Word w;
  std::memcpy(&w, bytes, sizeof w);
  if constexpr (wide::is_little_endian(H::kind)) return w;
  else if constexpr (sizeof w == 4) return __builtin_bswap32(w);
  else return __builtin_bswap64(w);
}
template <class H>
void put_word(unsigned char* bytes, typename H::Word w) {
  w = word_at<H>(reinterpret_cast<const unsigned char*>(&w));
  std::memcpy(bytes, &w, sizeof w);
}

// Bytes needed for a message of `size` with its padding, and the padding itself: `message` is zero
// behind `size` and holds whole blocks.
template <class H>
[[nodiscard]] constexpr std::size_t padded(std::size_t size) {
  return (size + 1 + H::block / 8 + H::block - 1) / H::block * H::block;
}
template <class H>
void pad(unsigned char* message, std::size_t size) {
  message[size] = 0x80;
  std::uint64_t bits = std::uint64_t{size} * 8;
  if constexpr (!wide::is_little_endian(H::kind)) bits = __builtin_bswap64(bits);
  std::memcpy(message + padded<H>(size) - 8, &bits, sizeof bits);
}

// One lane of the blocks of a padded message.
template <class H>
void put_lane(wide::Block<typename H::Word>* blocks, std::size_t lane, const unsigned char* message,
              std::size_t padded_size) {
  for (std::size_t at = 0; at < padded_size; at += sizeof(typename H::Word)) {
    const std::size_t word = at / sizeof(typename H::Word);
    blocks[word / 16].word[word % 16][lane] = word_at<H>(message + at);
  }
}

}  // namespace khien::password
