// SHA-1 (FIPS 180-4) on vectors.
#include "engine/password/wide_work.h"

namespace khien::password::wide {
namespace {

struct Sha1 {
  static constexpr int words = 5;
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

}  // namespace

void sha1_block(const Lanes<std::uint32_t>& state, const Block<std::uint32_t>& block,
                Lanes<std::uint32_t>& out) {
  best<OneBlock<Sha1>, Pairs::yes>(kLanes, state, block, out);
}

void sha1_rounds(const Lanes<std::uint32_t>& inner, const Lanes<std::uint32_t>& outer,
                 Lanes<std::uint32_t>& digest, std::uint32_t count, std::size_t used) {
  best<Rounds<Sha1>, Pairs::yes>(used, inner, outer, digest, count, used);
}

}  // namespace khien::password::wide
