// The formulas of RFC 8032 5.1.4 (extended coordinates) and 5.1.6, written for reading. Every loop
// runs the same whatever the secret bits are.
#include "windows/signer.h"

#include <array>
#include <cstdint>

#include "windows/digest.h"

namespace khien::windows {
namespace {

// An element of the field of 2^255 - 19: 16 limbs of 16 bits, low first, signed and not carried.
using Field = std::array<std::int64_t, 16>;

constexpr Field kZero{};
constexpr Field kOne{1};
constexpr Field kD{0x78a3, 0x1359, 0x4dca, 0x75eb, 0xd8ab, 0x4141, 0x0a4d, 0x0070,
                   0xe898, 0x7779, 0x4079, 0x8cc7, 0xfe73, 0x2b6f, 0x6cee, 0x5203};
constexpr Field kBaseX{0xd51a, 0x8f25, 0x2d60, 0xc956, 0xa7b2, 0x9525, 0xc760, 0x692c,
                       0xdc5c, 0xfdd6, 0xe231, 0xc0a4, 0x53fe, 0xcd6e, 0x36d3, 0x2169};
constexpr Field kBaseY{0x6658, 0x6666, 0x6666, 0x6666, 0x6666, 0x6666, 0x6666, 0x6666,
                       0x6666, 0x6666, 0x6666, 0x6666, 0x6666, 0x6666, 0x6666, 0x6666};

void carry(Field& a) {
  for (std::size_t i = 0; i < 16; ++i) {
    const std::int64_t over = a[i] >> 16;
    a[i] -= over * 65536;
    if (i < 15) a[i + 1] += over;
    else a[0] += 38 * over;  // 2^256 = 38
  }
}
Field plus(const Field& a, const Field& b) {
  Field out;
  for (std::size_t i = 0; i < 16; ++i) out[i] = a[i] + b[i];
  return out;
}
Field minus(const Field& a, const Field& b) {
  Field out;
  for (std::size_t i = 0; i < 16; ++i) out[i] = a[i] - b[i];
  return out;
}
Field times(const Field& a, const Field& b) {
  std::array<std::int64_t, 31> wide{};
  for (std::size_t i = 0; i < 16; ++i) {
    for (std::size_t k = 0; k < 16; ++k) wide[i + k] += a[i] * b[k];
  }
  Field out;
  for (std::size_t i = 0; i < 16; ++i) out[i] = wide[i] + (i < 15 ? 38 * wide[i + 16] : 0);
  carry(out);
  carry(out);
  return out;
}
Field inverse(const Field& a) {  // a^(p - 2), p - 2 = 2^255 - 21
  Field out = a;
  for (int bit = 253; bit >= 0; --bit) {
    out = times(out, out);
    if (bit != 2 && bit != 4) out = times(out, a);
  }
  return out;
}
// a when bit is 0, b when it is 1, without a branch.
Field chosen(const Field& a, const Field& b, std::int64_t bit) {
  Field out;
  for (std::size_t i = 0; i < 16; ++i) out[i] = a[i] ^ (-bit & (a[i] ^ b[i]));
  return out;
}
// 32 bytes, little endian, fully reduced.
std::string encoded(Field a) {
  for (int i = 0; i < 3; ++i) carry(a);
  for (int round = 0; round < 2; ++round) {
    Field less{};
    less[0] = a[0] - 0xffed;
    for (std::size_t i = 1; i < 15; ++i) {
      less[i] = a[i] - 0xffff - ((less[i - 1] >> 16) & 1);
      less[i - 1] &= 0xffff;
    }
    less[15] = a[15] - 0x7fff - ((less[14] >> 16) & 1);
    const std::int64_t borrow = (less[15] >> 16) & 1;
    less[14] &= 0xffff;
    a = chosen(less, a, borrow);
  }
  std::string out;
  for (const std::int64_t limb : a) {
    out += static_cast<char>(limb & 0xff);
    out += static_cast<char>(limb >> 8 & 0xff);
  }
  return out;
}

struct Point {
  Field x = kZero, y = kOne, z = kOne, t = kZero;  // the neutral element
};
Point plus(const Point& p, const Point& q) {
  const Field a = times(minus(p.y, p.x), minus(q.y, q.x));
  const Field b = times(plus(p.y, p.x), plus(q.y, q.x));
  const Field c = times(times(p.t, plus(kD, kD)), q.t);
  const Field d = times(plus(p.z, p.z), q.z);
  const Field e = minus(b, a);
  const Field f = minus(d, c);
  const Field g = plus(d, c);
  const Field h = plus(b, a);
  return {times(e, f), times(g, h), times(f, g), times(e, h)};
}
Point times_base(std::string_view scalar) {
  const Point base{kBaseX, kBaseY, kOne, times(kBaseX, kBaseY)};
  Point out;
  for (int bit = 255; bit >= 0; --bit) {
    out = plus(out, out);
    const Point more = plus(out, base);
    const std::int64_t on =
        static_cast<unsigned char>(scalar[static_cast<std::size_t>(bit / 8)]) >> (bit % 8) & 1;
    out = {chosen(out.x, more.x, on), chosen(out.y, more.y, on), chosen(out.z, more.z, on),
           chosen(out.t, more.t, on)};
  }
  return out;
}
std::string encoded(const Point& p) {
  const Field inverted = inverse(p.z);
  std::string out = encoded(times(p.y, inverted));
  const std::string x = encoded(times(p.x, inverted));
  out[31] = static_cast<char>(out[31] ^ (x[0] & 1) << 7);
  return out;
}

// Numbers below the order L of the base point: 4 words of 64 bits, low first.
using Scalar = std::array<std::uint64_t, 4>;
constexpr Scalar kOrder{0x5812631a5cf5d3edULL, 0x14def9dea2f79cd6ULL, 0, 0x1000000000000000ULL};

// 2a + b mod L, for a, b < L: the sum is below 2^255, so one or two subtractions are enough.
Scalar doubled_plus(const Scalar& a, const Scalar& b) {
  Scalar sum{};
  std::uint64_t over = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    const std::uint64_t two = a[i] << 1 | (i > 0 ? a[i - 1] >> 63 : 0);
    const std::uint64_t once = two + b[i];
    sum[i] = once + over;
    over = (once < two ? 1U : 0U) | (sum[i] < once ? 1U : 0U);
  }
  for (int round = 0; round < 2; ++round) {
    Scalar less{};
    std::uint64_t borrow = 0;
    for (std::size_t i = 0; i < 4; ++i) {
      const std::uint64_t once = sum[i] - kOrder[i];
      less[i] = once - borrow;
      borrow = (sum[i] < kOrder[i] ? 1U : 0U) | (once < borrow ? 1U : 0U);
    }
    for (std::size_t i = 0; i < 4; ++i) {
      sum[i] = less[i] ^ ((0 - borrow) & (less[i] ^ sum[i]));
    }
  }
  return sum;
}
Scalar reduced(std::string_view little_endian) {
  Scalar out{};
  for (std::size_t bit = little_endian.size() * 8; bit-- > 0;) {
    const auto byte = static_cast<unsigned char>(little_endian[bit / 8]);
    out = doubled_plus(out, {std::uint64_t{byte} >> (bit % 8) & 1});
  }
  return out;
}
// a * b + c mod L, b < 2^256.
Scalar multiply_add(const Scalar& a, const Scalar& b, const Scalar& c) {
  Scalar product{};
  for (std::size_t bit = 256; bit-- > 0;) {
    const std::uint64_t on = b[bit / 64] >> (bit % 64) & 1;
    Scalar term = a;
    for (std::uint64_t& word : term) word &= 0 - on;
    product = doubled_plus(product, term);
  }
  Scalar half{};  // 2 * 0 + product, then + c by way of 2 * 0
  half = doubled_plus({}, product);
  Scalar out{};
  std::uint64_t over = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    const std::uint64_t once = half[i] + c[i];
    out[i] = once + over;
    over = (once < half[i] ? 1U : 0U) | (out[i] < once ? 1U : 0U);
  }
  return doubled_plus({}, out);
}
std::string encoded(const Scalar& a) {
  std::string out;
  for (const std::uint64_t word : a) {
    for (int i = 0; i < 8; ++i) out += static_cast<char>(word >> (8 * i));
  }
  return out;
}

struct Secret {
  std::string scalar, prefix;
};
Secret secret_of(std::string_view seed) {
  const std::string hash = sha512(seed);
  Secret out{hash.substr(0, 32), hash.substr(32)};
  out.scalar[0] = static_cast<char>(out.scalar[0] & 0xf8);
  out.scalar[31] = static_cast<char>((out.scalar[31] & 0x7f) | 0x40);
  return out;
}

}  // namespace

std::string public_key_of(std::string_view seed) {
  return encoded(times_base(secret_of(seed).scalar));
}

std::string sign(std::string_view seed, std::string_view message) {
  const Secret secret = secret_of(seed);
  const std::string key = encoded(times_base(secret.scalar));
  const Scalar r = reduced(sha512(secret.prefix + std::string(message)));
  const std::string point = encoded(times_base(encoded(r)));
  const Scalar k = reduced(sha512(point + key + std::string(message)));
  return point + encoded(multiply_add(k, reduced(secret.scalar), r));
}

}  // namespace khien::windows
