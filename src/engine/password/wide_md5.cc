// MD5 (RFC 1321) on vectors.
#include "engine/password/wide_work.h"

namespace khien::password::wide {
namespace {

constexpr std::uint32_t kMd5[64] = {
    0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501,
    0x698098d8, 0x8b44f7af, 0xffff5bb1, 0x895cd7be, 0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821,
    0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa, 0xd62f105d, 0x02441453, 0xd8a1e681, 0xe7d3fbc8,
    0x21e1cde6, 0xc33707d6, 0xf4d50d87, 0x455a14ed, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a,
    0xfffa3942, 0x8771f681, 0x6d9d6122, 0xfde5380c, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70,
    0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05, 0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665,
    0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92, 0xffeff47d, 0x85845dd1,
    0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb, 0xeb86d391};

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

}  // namespace

void md5_block(const Lanes<std::uint32_t>& state, const Block<std::uint32_t>& block,
               Lanes<std::uint32_t>& out) {
  best<OneBlock<Md5>, Pairs::yes>(kLanes, state, block, out);
}

void md5_chain(const Lanes<std::uint32_t>& start, const Order<std::uint32_t>& order,
               Lanes<std::uint32_t>& digest, std::uint32_t count, std::size_t used) {
  best<Chain<Md5>, Pairs::yes>(used, start, order, digest, count, used);
}

}  // namespace khien::password::wide
