// The code is written once and compiled for each kind of machine.
#include "engine/password/wide_hash.h"

#include <atomic>
#include <concepts>
#include <cstring>
#include <initializer_list>
#include <type_traits>
#include <utility>

#include <openssl/crypto.h>

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
KHIEN_INLINE void load(V* to, const WordOf<V> (*from)[kLanes], std::size_t lane, int count) {
  for (int i = 0; i < count; ++i) std::memcpy(&to[i], &from[i][lane], sizeof to[i]);
}
template <class V>
KHIEN_INLINE void store(WordOf<V> (*to)[kLanes], const V* from, std::size_t lane, int count) {
  for (int i = 0; i < count; ++i) std::memcpy(&to[i][lane], &from[i], sizeof from[i]);
}
template <class V>
constexpr std::size_t per_vector = sizeof(V) / sizeof(WordOf<V>);

constexpr std::uint32_t kMd5[64] = {
    0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501,
    0x698098d8, 0x8b44f7af, 0xffff5bb1, 0x895cd7be, 0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821,
    0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa, 0xd62f105d, 0x02441453, 0xd8a1e681, 0xe7d3fbc8,
    0x21e1cde6, 0xc33707d6, 0xf4d50d87, 0x455a14ed, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a,
    0xfffa3942, 0x8771f681, 0x6d9d6122, 0xfde5380c, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70,
    0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05, 0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665,
    0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92, 0xffeff47d, 0x85845dd1,
    0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb, 0xeb86d391};

constexpr std::uint32_t k256[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

constexpr std::uint64_t k512[80] = {
    0x428a2f98d728ae22, 0x7137449123ef65cd, 0xb5c0fbcfec4d3b2f, 0xe9b5dba58189dbbc,
    0x3956c25bf348b538, 0x59f111f1b605d019, 0x923f82a4af194f9b, 0xab1c5ed5da6d8118,
    0xd807aa98a3030242, 0x12835b0145706fbe, 0x243185be4ee4b28c, 0x550c7dc3d5ffb4e2,
    0x72be5d74f27b896f, 0x80deb1fe3b1696b1, 0x9bdc06a725c71235, 0xc19bf174cf692694,
    0xe49b69c19ef14ad2, 0xefbe4786384f25e3, 0x0fc19dc68b8cd5b5, 0x240ca1cc77ac9c65,
    0x2de92c6f592b0275, 0x4a7484aa6ea6e483, 0x5cb0a9dcbd41fbd4, 0x76f988da831153b5,
    0x983e5152ee66dfab, 0xa831c66d2db43210, 0xb00327c898fb213f, 0xbf597fc7beef0ee4,
    0xc6e00bf33da88fc2, 0xd5a79147930aa725, 0x06ca6351e003826f, 0x142929670a0e6e70,
    0x27b70a8546d22ffc, 0x2e1b21385c26c926, 0x4d2c6dfc5ac42aed, 0x53380d139d95b3df,
    0x650a73548baf63de, 0x766a0abb3c77b2a8, 0x81c2c92e47edaee6, 0x92722c851482353b,
    0xa2bfe8a14cf10364, 0xa81a664bbc423001, 0xc24b8b70d0f89791, 0xc76c51a30654be30,
    0xd192e819d6ef5218, 0xd69906245565a910, 0xf40e35855771202a, 0x106aa07032bbd1b8,
    0x19a4c116b8d2d0c8, 0x1e376c085141ab53, 0x2748774cdf8eeb99, 0x34b0bcb5e19b48a8,
    0x391c0cb3c5c95a63, 0x4ed8aa4ae3418acb, 0x5b9cca4f7763e373, 0x682e6ff3d6b2b8a3,
    0x748f82ee5defb2fc, 0x78a5636f43172f60, 0x84c87814a1f0ab72, 0x8cc702081a6439ec,
    0x90befffa23631e28, 0xa4506cebde82bde9, 0xbef9a3f7b2c67915, 0xc67178f2e372532b,
    0xca273eceea26619c, 0xd186b8c721c0c207, 0xeada7dd6cde0eb1e, 0xf57d4f7fee6ed178,
    0x06f067aa72176fba, 0x0a637dc5a2c898a6, 0x113f9804bef90dae, 0x1b710b35131c471b,
    0x28db77f523047d84, 0x32caab7b40c72493, 0x3c9ebe0a15c9bebc, 0x431d67c49c100d4c,
    0x4cc5d4becb3e42b6, 0x597f299cfc657e2a, 0x5fcb6fab3ad6faec, 0x6c44198c4a475817};

struct Sha2 {
  template <class V>
  static KHIEN_INLINE V big0(V x) {
    if constexpr (narrow<V>) return right<2>(x) ^ right<13>(x) ^ right<22>(x);
    else return right<28>(x) ^ right<34>(x) ^ right<39>(x);
  }
  template <class V>
  static KHIEN_INLINE V big1(V x) {
    if constexpr (narrow<V>) return right<6>(x) ^ right<11>(x) ^ right<25>(x);
    else return right<14>(x) ^ right<18>(x) ^ right<41>(x);
  }
  template <class V>
  static KHIEN_INLINE V small0(V x) {
    if constexpr (narrow<V>) return right<7>(x) ^ right<18>(x) ^ (x >> 3);
    else return right<1>(x) ^ right<8>(x) ^ (x >> 7);
  }
  template <class V>
  static KHIEN_INLINE V small1(V x) {
    if constexpr (narrow<V>) return right<17>(x) ^ right<19>(x) ^ (x >> 10);
    else return right<19>(x) ^ right<61>(x) ^ (x >> 6);
  }

  static constexpr int words = 8;
  static constexpr bool little = false;
  template <class V>
  static KHIEN_INLINE void compress(const V* start, V* w, V* out) {
    constexpr int turns = narrow<V> ? 64 : 80;
    V s[8];
    for (int i = 0; i < 8; ++i) s[i] = start[i];
#pragma GCC unroll 80
    for (int t = 0; t < turns; ++t) {
      if (t >= 16) {
        w[t & 15] += small1(w[(t + 14) & 15]) + w[(t + 9) & 15] + small0(w[(t + 1) & 15]);
      }
      V x = s[7] + big1(s[4]) + (s[6] ^ (s[4] & (s[5] ^ s[6]))) + w[t & 15];
      if constexpr (narrow<V>) x += k256[t];
      else x += k512[t];
      const V y = big0(s[0]) + ((s[0] & s[1]) | (s[2] & (s[0] | s[1])));
      s[7] = s[6], s[6] = s[5], s[5] = s[4], s[4] = s[3] + x;
      s[3] = s[2], s[2] = s[1], s[1] = s[0], s[0] = x + y;
    }
    for (int i = 0; i < 8; ++i) out[i] = start[i] + s[i];
  }
};

struct Sha1 {
  static constexpr int words = 5;
  static constexpr bool little = false;
  template <class V>
  static KHIEN_INLINE void compress(const V* start, V* w, V* out) {
    V a = start[0], b = start[1], c = start[2], d = start[3], e = start[4];
#pragma GCC unroll 80
    for (int t = 0; t < 80; ++t) {
      if (t >= 16) {
        w[t & 15] = right<31>(w[(t + 13) & 15] ^ w[(t + 8) & 15] ^ w[(t + 2) & 15] ^ w[t & 15]);
      }
      V f = t < 20   ? (d ^ (b & (c ^ d)))
            : t < 40 ? (b ^ c ^ d)
            : t < 60 ? ((b & c) | (d & (b | c)))
                     : (b ^ c ^ d);
      const std::uint32_t k = t < 20   ? 0x5a827999
                              : t < 40 ? 0x6ed9eba1
                              : t < 60 ? 0x8f1bbcdc
                                       : 0xca62c1d6;
      f += right<27>(a) + e + w[t & 15] + k;
      e = d, d = c, c = right<2>(b), b = a, a = f;
    }
    out[0] = start[0] + a, out[1] = start[1] + b, out[2] = start[2] + c, out[3] = start[3] + d;
    out[4] = start[4] + e;
  }
};

template <class V>
KHIEN_INLINE V left(V x, int n) { return (x << n) | (x >> (32 - n)); }

struct Md5 {
  static constexpr int words = 4;
  static constexpr bool little = true;
  template <class V>
  static KHIEN_INLINE void compress(const V* start, const V* w, V* out) {
    constexpr int turns[4][4] = {{7, 12, 17, 22}, {5, 9, 14, 20}, {4, 11, 16, 23}, {6, 10, 15, 21}};
    V a = start[0], b = start[1], c = start[2], d = start[3];
#pragma GCC unroll 64
    for (int t = 0; t < 64; ++t) {
      V f = t < 16   ? (d ^ (b & (c ^ d)))
            : t < 32 ? (c ^ (d & (b ^ c)))
            : t < 48 ? (b ^ c ^ d)
                     : (c ^ (b | ~d));
      const int from = t < 16 ? t : t < 32 ? 5 * t + 1 : t < 48 ? 3 * t + 5 : 7 * t;
      f += a + w[from & 15] + kMd5[t];
      a = d, d = c, c = b, b += left(f, turns[t / 16][t & 3]);
    }
    out[0] = start[0] + a, out[1] = start[1] + b, out[2] = start[2] + c, out[3] = start[3] + d;
  }
};

struct Md4 {
  static constexpr int words = 4;
  static constexpr bool little = true;
  template <class V>
  static KHIEN_INLINE void compress(const V* start, const V* w, V* out) {
    constexpr int turns[3][4] = {{3, 7, 11, 19}, {3, 5, 9, 13}, {3, 9, 11, 15}};
    constexpr int third[4] = {0, 2, 1, 3};
    V a = start[0], b = start[1], c = start[2], d = start[3];
#pragma GCC unroll 48
    for (int t = 0; t < 48; ++t) {
      V f = t < 16   ? (d ^ (b & (c ^ d)))
            : t < 32 ? ((b & c) | (d & (b | c)))
                     : (b ^ c ^ d);
      // Round 3 reads 0 8 4 12, 2 10 6 14, 1 9 5 13, 3 11 7 15.
      const int from = t < 16 ? t
                       : t < 32 ? (t & 3) * 4 + (t - 16) / 4
                                : third[t & 3] * 4 + third[(t - 32) / 4];
      f += a + w[from];
      if (t >= 16) f += t < 32 ? 0x5a827999U : 0x6ed9eba1U;
      a = d, d = c, c = b, b = left(f, turns[t / 16][t & 3]);
    }
    out[0] = start[0] + a, out[1] = start[1] + b, out[2] = start[2] + c, out[3] = start[3] + d;
  }
};

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

Machine found() {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f") > 0 && __builtin_cpu_supports("avx512vl") > 0 &&
      __builtin_cpu_supports("avx512bw") > 0) {
    return Machine::avx512;
  }
  if (__builtin_cpu_supports("avx2") > 0) return Machine::avx2;
#endif
  return Machine::any;
}

std::atomic<Machine>& here() {
  static std::atomic<Machine> machine = found();
  return machine;
}

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
  switch (here().load(std::memory_order_relaxed)) {
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

bool available() { return here() != Machine::any; }

bool pretend(Machine machine) {
  if (machine > found()) return false;
  here() = machine;
  return true;
}

void begin(Kind kind, Lanes<std::uint32_t>& state) {
  static constexpr std::uint32_t kSha256[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                               0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  static constexpr std::uint32_t kOthers[5] = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476,
                                               0xc3d2e1f0};
  for (std::size_t i = 0; i < words_of(kind); ++i) {
    const std::uint32_t word = kind == Kind::sha256 ? kSha256[i] : kOthers[i];
    for (std::uint32_t& lane : state.word[i]) lane = word;
  }
}

void begin(Kind, Lanes<std::uint64_t>& state) {
  static constexpr std::uint64_t kSha512[8] = {
      0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1,
      0x510e527fade682d1, 0x9b05688c2b3e6c1f, 0x1f83d9abfb41bd6b, 0x5be0cd19137e2179};
  for (std::size_t i = 0; i < 8; ++i) {
    for (std::uint64_t& lane : state.word[i]) lane = kSha512[i];
  }
}

void compress(Kind kind, const Lanes<std::uint32_t>& state, const Block<std::uint32_t>& block,
              Lanes<std::uint32_t>& out) {
  switch (kind) {
    case Kind::md4: return best<OneBlock<Md4>, Pairs::yes>(kLanes, state, block, out);
    case Kind::md5: return best<OneBlock<Md5>, Pairs::yes>(kLanes, state, block, out);
    case Kind::sha1: return best<OneBlock<Sha1>, Pairs::yes>(kLanes, state, block, out);
    default: return best<OneBlock<Sha2>, Pairs::yes>(kLanes, state, block, out);
  }
}

void compress(Kind, const Lanes<std::uint64_t>& state, const Block<std::uint64_t>& block,
              Lanes<std::uint64_t>& out) {
  best<OneBlock<Sha2>, Pairs::no>(kLanes, state, block, out);
}

void rounds(Kind kind, const Lanes<std::uint32_t>& inner, const Lanes<std::uint32_t>& outer,
            Lanes<std::uint32_t>& digest, std::uint32_t count, std::size_t used) {
  if (kind == Kind::sha1) best<Rounds<Sha1>, Pairs::yes>(used, inner, outer, digest, count, used);
  else best<Rounds<Sha2>, Pairs::yes>(used, inner, outer, digest, count, used);
}

void rounds(Kind, const Lanes<std::uint64_t>& inner, const Lanes<std::uint64_t>& outer,
            Lanes<std::uint64_t>& digest, std::uint32_t count, std::size_t used) {
  best<Rounds<Sha2>, Pairs::no>(used, inner, outer, digest, count, used);
}

void chain(Kind kind, Order<std::uint32_t> order, Lanes<std::uint32_t>& digest,
           std::uint32_t count, std::size_t used) {
  Lanes<std::uint32_t> start;
  begin(kind, start);
  if (kind == Kind::md5) best<Chain<Md5>, Pairs::yes>(used, start, order, digest, count, used);
  else best<Chain<Sha2>, Pairs::yes>(used, start, order, digest, count, used);
}

void chain(Kind kind, Order<std::uint64_t> order, Lanes<std::uint64_t>& digest,
           std::uint32_t count, std::size_t used) {
  Lanes<std::uint64_t> start;
  begin(kind, start);
  best<Chain<Sha2>, Pairs::no>(used, start, order, digest, count, used);
}

}  // namespace khien::password::wide
