#include "engine/password/pbkdf2.h"

#include <array>
#include <cstring>

#include <openssl/crypto.h>

#include "engine/password/scalar_hash.h"

namespace khien::password {
namespace {

// A block that holds one digest after one block of key: padding and length are always the same.
template <class H>
void prepare(unsigned char* block) {
  std::memset(block, 0, H::block);
  block[H::digest] = 0x80;
  const std::uint64_t bits = __builtin_bswap64((H::block + H::digest) * 8);
  std::memcpy(block + H::block - 8, &bits, sizeof bits);
}

// What the rounds start from, as words of the hash: the keyed states and the first digest.
template <class H>
struct Start {
  using Word = typename H::Word;
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
    out.digest[i] = word_at<H>(&u[i * sizeof out.digest[0]]);
  for (auto* secret : {&inner, &outer, &now}) OPENSSL_cleanse(secret, sizeof *secret);
  OPENSSL_cleanse(key.data(), key.size());
  return out;
}

template <class H>
std::string bytes_of(const typename Start<H>::Word* words) {
  std::string out(H::digest, '\0');
  for (std::size_t i = 0; i < H::words; ++i) {
    put_word<H>(reinterpret_cast<unsigned char*>(out.data()) + i * sizeof words[0], words[i]);
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
  for (std::size_t i = 0; i < H::words; ++i)
    put_word<H>(first.data() + i * sizeof(Word), start.digest[i]);
  typename H::Context now;
  H::init(now);
  Word state[8];
  for (std::uint32_t r = 1; r < rounds; ++r) {
    H::write(now, start.inner);
    H::turn(now, first.data());
    H::read(now, state);
    for (std::size_t i = 0; i < H::words; ++i)
      put_word<H>(second.data() + i * sizeof(Word), state[i]);
    H::write(now, start.outer);
    H::turn(now, second.data());
    H::read(now, state);
    for (std::size_t i = 0; i < H::words; ++i) {
      start.digest[i] ^= state[i];
      put_word<H>(first.data() + i * sizeof(Word), state[i]);
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
  wide::rounds(H::kind, inner, outer, digest, rounds - 1, words.size());
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
    case Scheme::pbkdf2_sha1: return derive_many<ScalarSha1>(words, salt, rounds);
    case Scheme::pbkdf2_sha256: return derive_many<ScalarSha256>(words, salt, rounds);
    default: return derive_many<ScalarSha512>(words, salt, rounds);
  }
}

}  // namespace khien::password
