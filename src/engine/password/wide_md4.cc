// MD4 (RFC 1320) on vectors.
#include "engine/password/wide_work.h"

namespace khien::password::wide {
namespace {

struct Md4 {
  static constexpr int words = 4;
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

}  // namespace

void md4_block(const Lanes<std::uint32_t>& state, const Block<std::uint32_t>& block,
               Lanes<std::uint32_t>& out) {
  best<OneBlock<Md4>, Pairs::yes>(kLanes, state, block, out);
}

}  // namespace khien::password::wide
