// Words of up to 27 characters need one MD4 block; each lane of the vectors is one word. Longer
// ones go through the same code block by block, one lane alone.
#include "engine/password/md4.h"

#include <cstring>
#include <string>

#include <openssl/crypto.h>

namespace khien::password {
namespace {

using V = std::uint32_t __attribute__((vector_size(32)));
constexpr std::size_t kWide = 8;

#define KHIEN_INLINE inline __attribute__((always_inline))

template <int S>
KHIEN_INLINE void turn(V& x) {
  x = (x << S) | (x >> (32 - S));
}

struct Pair {  // two vectors: the second hides the latency of the first
  V v[2];
};

template <int S, int Round>
KHIEN_INLINE void step(Pair& a, const Pair& b, const Pair& c, const Pair& d,
                       const std::uint32_t* x) {
  for (int i = 0; i < 2; ++i) {
    V m;
    std::memcpy(&m, x + kWide * static_cast<std::size_t>(i), sizeof m);
    if constexpr (Round == 1) {
      a.v[i] += (d.v[i] ^ (b.v[i] & (c.v[i] ^ d.v[i]))) + m;
    } else if constexpr (Round == 2) {
      a.v[i] += ((b.v[i] & c.v[i]) | (d.v[i] & (b.v[i] | c.v[i]))) + m + 0x5a827999U;
    } else {
      a.v[i] += (b.v[i] ^ c.v[i] ^ d.v[i]) + m + 0x6ed9eba1U;
    }
    turn<S>(a.v[i]);
  }
}

template <int Round, int S0, int S1, int S2, int S3>
KHIEN_INLINE void four(Pair& a, Pair& b, Pair& c, Pair& d, const std::uint32_t (*x)[16], int i0,
                       int i1, int i2, int i3) {
  step<S0, Round>(a, b, c, d, x[i0]);
  step<S1, Round>(d, a, b, c, x[i1]);
  step<S2, Round>(c, d, a, b, x[i2]);
  step<S3, Round>(b, c, d, a, x[i3]);
}

KHIEN_INLINE void compress(std::uint32_t (*state)[16], const std::uint32_t (*x)[16]) {
  Pair s[4];
  std::memcpy(s, state, sizeof s);
  Pair a = s[0];
  Pair b = s[1];
  Pair c = s[2];
  Pair d = s[3];
  for (int i = 0; i < 16; i += 4) four<1, 3, 7, 11, 19>(a, b, c, d, x, i, i + 1, i + 2, i + 3);
  for (int i = 0; i < 4; ++i) four<2, 3, 5, 9, 13>(a, b, c, d, x, i, i + 4, i + 8, i + 12);
  constexpr int order[] = {0, 2, 1, 3};
  for (const int i : order) four<3, 3, 9, 11, 15>(a, b, c, d, x, i, i + 8, i + 4, i + 12);
  for (int i = 0; i < 2; ++i) {
    s[0].v[i] += a.v[i];
    s[1].v[i] += b.v[i];
    s[2].v[i] += c.v[i];
    s[3].v[i] += d.v[i];
  }
  std::memcpy(state, s, sizeof s);
}

#if defined(__x86_64__)
__attribute__((target("avx2"))) void compress_avx2(std::uint32_t (*state)[16],
                                                   const std::uint32_t (*x)[16]) {
  compress(state, x);
}
#endif
void compress_any(std::uint32_t (*state)[16], const std::uint32_t (*x)[16]) { compress(state, x); }

void compress_best(bool wide, std::uint32_t (*state)[16], const std::uint32_t (*x)[16]) {
#if defined(__x86_64__)
  if (wide) return compress_avx2(state, x);
#endif
  static_cast<void>(wide);
  compress_any(state, x);
}

constexpr std::uint32_t kStart[4] = {0x67452301U, 0xefcdab89U, 0x98badcfeU, 0x10325476U};
constexpr std::size_t kShort = 27;

void start(std::uint32_t (*state)[16]) {
  for (int i = 0; i < 4; ++i) {
    for (int lane = 0; lane < 16; ++lane) state[i][lane] = kStart[i];
  }
}

// UTF-8 to UTF-16; bytes that are none count as Latin-1.
std::u16string utf16(std::string_view text) {
  std::u16string out;
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const std::size_t n = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    char32_t c = lead;
    bool good = n == 1 || (lead >= 0xC2 && lead < 0xF5 && i + n <= text.size());
    if (n > 1) c = lead & (0xFFU >> (n + 1));
    for (std::size_t k = 1; good && k < n; ++k) {
      const auto next = static_cast<unsigned char>(text[i + k]);
      good = (next & 0xC0) == 0x80;
      c = (c << 6) | (next & 0x3F);
    }
    if (!good) {
      out += static_cast<char16_t>(lead);
      i += 1;
      continue;
    }
    if (c >= 0x10000) {
      out += static_cast<char16_t>(0xD800 + ((c - 0x10000) >> 10));
      out += static_cast<char16_t>(0xDC00 + ((c - 0x10000) & 0x3FF));
    } else {
      out += static_cast<char16_t>(c);
    }
    i += n;
  }
  return out;
}

bool ascii(std::string_view text) {
  unsigned char all = 0;
  for (const char c : text) all |= static_cast<unsigned char>(c);
  return all < 0x80;
}

}  // namespace

NtHasher::NtHasher() {
  std::memset(blocks_, 0, sizeof blocks_);
  std::memset(state_, 0, sizeof state_);
#if defined(__x86_64__)
  wide_ = __builtin_cpu_supports("avx2") > 0;
#endif
}

NtHasher::~NtHasher() {
  OPENSSL_cleanse(blocks_, sizeof blocks_);
  OPENSSL_cleanse(state_, sizeof state_);
}

void NtHasher::flush(std::span<NtHash> out) {
  start(state_);
  compress_best(wide_, state_, blocks_);
  for (std::size_t lane = 0; lane < filled_; ++lane) {
    for (std::size_t k = 0; k < 4; ++k) out[index_[lane]][k] = state_[k][lane];
  }
  filled_ = 0;
}

void NtHasher::one_long(std::u16string_view text, NtHash& out) {
  alignas(64) std::uint32_t block[16][16] = {};
  alignas(64) std::uint32_t state[4][16];
  start(state);
  const std::uint64_t bits = static_cast<std::uint64_t>(text.size()) * 16;
  const std::size_t blocks = (text.size() * 2 + 9 + 63) / 64;
  for (std::size_t b = 0; b < blocks; ++b) {
    for (std::size_t w = 0; w < 16; ++w) {
      std::uint32_t value = 0;
      for (std::size_t half = 0; half < 2; ++half) {
        const std::size_t at = b * 32 + w * 2 + half;
        const std::uint32_t unit = at < text.size() ? text[at] : at == text.size() ? 0x80U : 0U;
        value |= unit << (16 * half);
      }
      if (b + 1 == blocks && w == 14) value = static_cast<std::uint32_t>(bits);
      if (b + 1 == blocks && w == 15) value = static_cast<std::uint32_t>(bits >> 32);
      block[w][0] = value;
    }
    compress_best(wide_, state, block);
  }
  for (std::size_t k = 0; k < 4; ++k) out[k] = state[k][0];
  OPENSSL_cleanse(block, sizeof block);
}

void NtHasher::hash(std::span<const std::string_view> words, std::span<NtHash> out) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string_view word = words[i];
    const bool plain = ascii(word);
    std::u16string wide;
    if (!plain) wide = utf16(word);
    const std::size_t size = plain ? word.size() : wide.size();
    if (size > kShort) {
      if (plain) wide = utf16(word);
      one_long(wide, out[i]);
      OPENSSL_cleanse(wide.data(), wide.size() * 2);
      continue;
    }
    const std::size_t lane = filled_++;
    const auto unit = [&](std::size_t k) -> std::uint32_t {
      return plain ? static_cast<unsigned char>(word[k]) : wide[k];
    };
    std::size_t w = 0;
    for (; w * 2 + 1 < size; ++w) blocks_[w][lane] = unit(w * 2) | unit(w * 2 + 1) << 16;
    blocks_[w][lane] = size % 2 != 0 ? unit(size - 1) | 0x80U << 16 : 0x80U;
    for (std::size_t k = w + 1; k < used_[lane]; ++k) blocks_[k][lane] = 0;
    used_[lane] = w + 1;
    blocks_[14][lane] = static_cast<std::uint32_t>(size * 16);
    index_[lane] = i;
    if (filled_ == kLanes) flush(out);
  }
  if (filled_ > 0) flush(out);
}

}  // namespace khien::password
