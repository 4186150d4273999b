// The low-level calls are what makes it fast; OpenSSL 3 keeps them, marked as old.
#define OPENSSL_SUPPRESS_DEPRECATED
#include "engine/password/pbkdf2.h"

#include <array>
#include <cstring>

#include <openssl/crypto.h>
#include <openssl/sha.h>

#include "engine/password/pbkdf2_wide.h"

namespace khien::password {
namespace {

struct S1 {
  using Context = SHA_CTX;
  static constexpr std::size_t digest = 20, block = 64, words = 5;
  static void init(Context& c) { SHA1_Init(&c); }
  static void add(Context& c, const void* p, std::size_t n) { SHA1_Update(&c, p, n); }
  static void end(unsigned char* out, Context& c) { SHA1_Final(out, &c); }
  static void turn(Context& c, const unsigned char* b) { SHA1_Transform(&c, b); }
  static void read(const Context& c, std::uint32_t* out) {
    out[0] = c.h0, out[1] = c.h1, out[2] = c.h2, out[3] = c.h3, out[4] = c.h4;
  }
  static void write(Context& c, const std::uint32_t* in) {
    c.h0 = in[0], c.h1 = in[1], c.h2 = in[2], c.h3 = in[3], c.h4 = in[4];
  }
  static constexpr wide::Kind kind = wide::Kind::sha1;
};

struct S256 {
  using Context = SHA256_CTX;
  static constexpr std::size_t digest = 32, block = 64, words = 8;
  static void init(Context& c) { SHA256_Init(&c); }
  static void add(Context& c, const void* p, std::size_t n) { SHA256_Update(&c, p, n); }
  static void end(unsigned char* out, Context& c) { SHA256_Final(out, &c); }
  static void turn(Context& c, const unsigned char* b) { SHA256_Transform(&c, b); }
  static void read(const Context& c, std::uint32_t* out) { std::memcpy(out, c.h, 32); }
  static void write(Context& c, const std::uint32_t* in) { std::memcpy(c.h, in, 32); }
  static constexpr wide::Kind kind = wide::Kind::sha256;
};

struct S512 {
  using Context = SHA512_CTX;
  static constexpr std::size_t digest = 64, block = 128, words = 8;
  static void init(Context& c) { SHA512_Init(&c); }
  static void add(Context& c, const void* p, std::size_t n) { SHA512_Update(&c, p, n); }
  static void end(unsigned char* out, Context& c) { SHA512_Final(out, &c); }
  static void turn(Context& c, const unsigned char* b) { SHA512_Transform(&c, b); }
  static void read(const Context& c, std::uint64_t* out) { std::memcpy(out, c.h, 64); }
  static void write(Context& c, const std::uint64_t* in) { std::memcpy(c.h, in, 64); }
  static constexpr wide::Kind kind = wide::Kind::sha512;
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

template <class Word>
Word get(const unsigned char* in) {
  Word w;
  std::memcpy(&w, in, sizeof w);
  if constexpr (sizeof(Word) == 4) return __builtin_bswap32(w);
  return __builtin_bswap64(w);
}

// A block that holds one digest after one block of key: padding and length are always the same.
template <class H>
void prepare(unsigned char* block) {
  std::memset(block, 0, H::block);
  block[H::digest] = 0x80;
  put(block + H::block - 8, static_cast<std::uint64_t>((H::block + H::digest) * 8));
}

// What the rounds start from, as words of the hash: the keyed states and the first digest.
template <class H>
struct Start {
  using Word = std::conditional_t<H::block == 128, std::uint64_t, std::uint32_t>;
  Word inner[8] = {}, outer[8] = {}, digest[8] = {};
};

template <class H>
Start<H> start_of(std::string_view word, std::string_view salt) {
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
  const unsigned char index[4] = {0, 0, 0, 1};
  now = inner;
  H::add(now, salt.data(), salt.size());
  H::add(now, index, sizeof index);
  std::array<unsigned char, H::digest> u;
  H::end(u.data(), now);
  now = outer;
  H::add(now, u.data(), u.size());
  H::end(u.data(), now);
  Start<H> out;
  H::read(inner, out.inner);
  H::read(outer, out.outer);
  for (std::size_t i = 0; i < H::words; ++i)
    out.digest[i] = get<typename Start<H>::Word>(&u[i * sizeof out.digest[0]]);
  for (auto* secret : {&inner, &outer, &now}) OPENSSL_cleanse(secret, sizeof *secret);
  OPENSSL_cleanse(key.data(), key.size());
  return out;
}

template <class H>
std::string bytes_of(const typename Start<H>::Word* words) {
  std::string out(H::digest, '\0');
  for (std::size_t i = 0; i < H::words; ++i) {
    put(reinterpret_cast<unsigned char*>(out.data()) + i * sizeof words[0], words[i]);
  }
  return out;
}

template <class H>
std::string derive(std::string_view word, std::string_view salt, std::uint32_t rounds) {
  using Word = typename Start<H>::Word;
  Start<H> start = start_of<H>(word, salt);
  std::array<unsigned char, H::block> first, second;
  prepare<H>(first.data());
  prepare<H>(second.data());
  for (std::size_t i = 0; i < H::words; ++i) put(first.data() + i * sizeof(Word), start.digest[i]);
  typename H::Context now;
  H::init(now);
  Word state[8];
  for (std::uint32_t r = 1; r < rounds; ++r) {
    H::write(now, start.inner);
    H::turn(now, first.data());
    H::read(now, state);
    for (std::size_t i = 0; i < H::words; ++i) put(second.data() + i * sizeof(Word), state[i]);
    H::write(now, start.outer);
    H::turn(now, second.data());
    H::read(now, state);
    for (std::size_t i = 0; i < H::words; ++i) {
      start.digest[i] ^= state[i];
      put(first.data() + i * sizeof(Word), state[i]);
    }
  }
  std::string out = bytes_of<H>(start.digest);
  OPENSSL_cleanse(&start, sizeof start);
  OPENSSL_cleanse(&now, sizeof now);
  return out;
}

// Each lane is a word of its own; what a lane has no word for is the first word again.
template <class H>
std::vector<std::string> derive_many(std::span<const std::string_view> words,
                                     std::string_view salt, std::uint32_t rounds) {
  std::vector<std::string> out;
  // A few words are sooner done one by one.
  if (!wide::available() || words.size() < 4) {
    for (const std::string_view word : words) out.push_back(derive<H>(word, salt, rounds));
    return out;
  }
  wide::Lanes<typename Start<H>::Word> inner, outer, digest;
  for (std::size_t lane = 0; lane < kPbkdf2Lanes; ++lane) {
    Start<H> start = start_of<H>(words[lane < words.size() ? lane : 0], salt);
    for (std::size_t i = 0; i < 8; ++i) {
      inner.word[i][lane] = start.inner[i];
      outer.word[i][lane] = start.outer[i];
      digest.word[i][lane] = start.digest[i];
    }
    OPENSSL_cleanse(&start, sizeof start);
  }
  wide::rounds(H::kind, inner, outer, digest, rounds - 1);
  for (std::size_t lane = 0; lane < words.size(); ++lane) {
    typename Start<H>::Word one[8];
    for (std::size_t i = 0; i < 8; ++i) one[i] = digest.word[i][lane];
    out.push_back(bytes_of<H>(one));
  }
  for (auto* secret : {&inner, &outer, &digest}) OPENSSL_cleanse(secret, sizeof *secret);
  return out;
}

}  // namespace

std::vector<std::string> pbkdf2_blocks(Scheme scheme, std::span<const std::string_view> words,
                                       std::string_view salt, std::uint32_t rounds) {
  switch (scheme) {
    case Scheme::pbkdf2_sha1: return derive_many<S1>(words, salt, rounds);
    case Scheme::pbkdf2_sha256: return derive_many<S256>(words, salt, rounds);
    default: return derive_many<S512>(words, salt, rounds);
  }
}

}  // namespace khien::password
