// Inside of wide_hash: vectors of each kind of machine and the works done with them. The code is
// written once and compiled for each kind of machine; a file a digest (wide_md4.cc ...) compiles
// the works of its own digest, or one file would take minutes.
#pragma once

#include <concepts>
#include <cstring>
#include <type_traits>
#include <utility>

#include <openssl/crypto.h>

#include "engine/password/wide_digests.h"

namespace khien::password::wide {
namespace {

#define KHIEN_INLINE inline __attribute__((always_inline))

// Two vectors side by side: the one works while the other waits for its last step.
template <class V>
struct Two {
  V x, y;
  KHIEN_INLINE friend Two operator+(const Two& a, const Two& b) { return {a.x + b.x, a.y + b.y}; }
  KHIEN_INLINE friend Two operator^(const Two& a, const Two& b) { return {a.x ^ b.x, a.y ^ b.y}; }
  KHIEN_INLINE friend Two operator&(const Two& a, const Two& b) { return {a.x & b.x, a.y & b.y}; }
  KHIEN_INLINE friend Two operator|(const Two& a, const Two& b) { return {a.x | b.x, a.y | b.y}; }
  KHIEN_INLINE friend Two operator~(const Two& a) { return {~a.x, ~a.y}; }
  KHIEN_INLINE friend Two operator<<(const Two& a, int n) { return {a.x << n, a.y << n}; }
  KHIEN_INLINE friend Two operator>>(const Two& a, int n) { return {a.x >> n, a.y >> n}; }
  template <std::unsigned_integral N>
  KHIEN_INLINE friend Two operator+(const Two& a, N n) { return {a.x + n, a.y + n}; }
  template <class T>
  KHIEN_INLINE Two& operator+=(const T& b) { return *this = *this + b; }
  KHIEN_INLINE Two& operator^=(const Two& b) { return *this = *this ^ b; }
  KHIEN_INLINE Two& operator|=(const Two& b) { return *this = *this | b; }
  KHIEN_INLINE auto operator[](int) const { return x[0]; }  // for its type
};

// Vectors of the machine's own width, or a pair of them; the lanes are done in as many groups as
// that takes.
constexpr int kPairBytes = 128;
template <class Word, int Bytes>
struct VectorOf {
  typedef Word type __attribute__((vector_size(Bytes)));
};
template <class Word>
struct VectorOf<Word, kPairBytes> {
  using type = Two<typename VectorOf<Word, kPairBytes / 2>::type>;
};
template <class Word, int Bytes>
using Vector = typename VectorOf<Word, Bytes>::type;
template <class V>
using WordOf = std::remove_cvref_t<decltype(std::declval<V>()[0])>;
template <class V>
constexpr bool narrow = sizeof(WordOf<V>) == 4;

template <int N, class V>
KHIEN_INLINE V right(V x) {
  constexpr int bits = narrow<V> ? 32 : 64;
  return (x >> N) | (x << (bits - N));
}

template <class V>
KHIEN_INLINE V left(V x, int n) { return (x << n) | (x >> (32 - n)); }

template <class V>
KHIEN_INLINE void load(V* to, const WordOf<V> (*from)[kLanes], std::size_t lane, int count) {
  for (int i = 0; i < count; ++i) std::memcpy(&to[i], &from[i][lane], sizeof to[i]);
}
template <class V>
KHIEN_INLINE void store(WordOf<V> (*to)[kLanes], const V* from, std::size_t lane, int count) {
  for (int i = 0; i < count; ++i) std::memcpy(&to[i][lane], &from[i], sizeof from[i]);
}
template <class V>
constexpr std::size_t per_vector = sizeof(V) / sizeof(WordOf<V>);

// The digest of the round before, moved to its byte of the message; all lanes alike.
template <class Hash, class V>
KHIEN_INLINE void fill_hole(V* w, const V* digest, std::uint32_t hole) {
  constexpr int size = sizeof(WordOf<V>);
  const std::uint32_t at = hole / size;
  const int shift = static_cast<int>(hole % size) * 8;
  for (int i = 0; i < Hash::words; ++i) {
    w[at + i] |= Hash::little ? digest[i] << shift : digest[i] >> shift;
  }
  if (shift == 0) return;
  const int back = size * 8 - shift;
  for (int i = 0; i < Hash::words; ++i) {
    w[at + i + 1] |= Hash::little ? digest[i] >> back : digest[i] << back;
  }
}

// The works: each does all lanes, with vectors of `Bytes`.
template <class Hash>
struct Chain {
  template <int Bytes, class Word>
  static KHIEN_INLINE void run(const Lanes<Word>& start, const Order<Word>& order,
                               Lanes<Word>& digest, const std::uint32_t& count,
                               const std::size_t& used) {
    using V = Vector<Word, Bytes>;
    V first[8], now[8], w[16 * Form<Word>::kBlocks];
    for (std::size_t lane = 0; lane < used; lane += per_vector<V>) {
      load(first, start.word, lane, Hash::words);
      load(now, digest.word, lane, Hash::words);
      std::size_t place = 0;
      for (std::uint32_t r = 0; r < count; ++r) {
        const Form<Word>& form = *order[place];
        place = place + 1 == kPeriod ? 0 : place + 1;
        for (std::uint32_t b = 0; b < form.blocks; ++b) {
          load(w + 16 * b, form.block[b].word, lane, 16);
        }
        fill_hole<Hash>(w, now, form.hole);
        std::memcpy(now, first, sizeof now);
#pragma GCC unroll 1
        for (std::uint32_t b = 0; b < form.blocks; ++b) Hash::compress(now, w + 16 * b, now);
      }
      store(digest.word, now, lane, Hash::words);
    }
    OPENSSL_cleanse(now, sizeof now);
    OPENSSL_cleanse(w, sizeof w);
  }
};

template <class Hash>
struct OneBlock {
  template <int Bytes, class Word>
  static KHIEN_INLINE void run(const Lanes<Word>& state, const Block<Word>& block,
                               Lanes<Word>& out) {
    using V = Vector<Word, Bytes>;
    V s[8], w[16];
    for (std::size_t lane = 0; lane < kLanes; lane += per_vector<V>) {
      load(s, state.word, lane, Hash::words);
      load(w, block.word, lane, 16);
      Hash::compress(s, w, s);
      store(out.word, s, lane, Hash::words);
    }
  }
};

template <class Hash>
struct Rounds {
  template <int Bytes, class Word>
  static KHIEN_INLINE void run(const Lanes<Word>& inner, const Lanes<Word>& outer,
                               Lanes<Word>& digest, const std::uint32_t& count,
                               const std::size_t& used) {
    using V = Vector<Word, Bytes>;
    V in[8], out[8], sum[8], last[8], w[16];
    // One digest behind one block of key: padding and length are always the same.
    const Word bits = static_cast<Word>((16 + Hash::words) * 8 * sizeof(Word));
    const auto fill = [&](const V* head) __attribute__((always_inline)) {
      for (int i = 0; i < Hash::words; ++i) w[i] = head[i];
      for (int i = Hash::words; i < 16; ++i) w[i] = V{};
      w[Hash::words] += Word{1} << (8 * sizeof(Word) - 1);
      w[15] += bits;
    };
    for (std::size_t lane = 0; lane < used; lane += per_vector<V>) {
      load(in, inner.word, lane, Hash::words);
      load(out, outer.word, lane, Hash::words);
      load(sum, digest.word, lane, Hash::words);
      std::memcpy(last, sum, sizeof last);
      for (std::uint32_t r = 0; r < count; ++r) {
        fill(last);
        Hash::compress(in, w, last);
        fill(last);
        Hash::compress(out, w, last);
        for (int i = 0; i < Hash::words; ++i) sum[i] ^= last[i];
      }
      store(digest.word, sum, lane, Hash::words);
    }
    for (V* secret : {in, out, last}) OPENSSL_cleanse(secret, sizeof in);
    OPENSSL_cleanse(w, sizeof w);
  }
};

#if defined(__x86_64__)
template <class Work, class... Args>
__attribute__((target("avx512f,avx512vl,avx512bw"))) void on_avx512_pairs(Args&... args) {
  Work::template run<kPairBytes>(args...);
}
template <class Work, class... Args>
__attribute__((target("avx512f,avx512vl,avx512bw"))) void on_avx512(Args&... args) {
  Work::template run<64>(args...);
}
template <class Work, class... Args>
__attribute__((target("avx2"))) void on_avx2(Args&... args) {
  Work::template run<32>(args...);
}
#endif
// A pair of SHA-512's vectors, whose words are long, does not fit into the registers.
enum class Pairs { no, yes };
template <class Work, Pairs pairs, class... Args>
void best(std::size_t used, Args&... args) {
#if defined(__x86_64__)
  switch (machine()) {
    case Machine::avx512:
      if constexpr (pairs == Pairs::yes) {
        if (used > kLanes / 2) return on_avx512_pairs<Work>(args...);
      }
      return on_avx512<Work>(args...);
    case Machine::avx2: return on_avx2<Work>(args...);
    case Machine::any: break;
  }
#endif
  Work::template run<16>(args...);
}

}  // namespace
}  // namespace khien::password::wide
