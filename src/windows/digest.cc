// Both digests are one algorithm over words of two sizes. The constants are not typed in: they are
// the first bits of square and cube roots of the first primes, so they are computed, exactly.
#include "windows/digest.h"

#include <algorithm>
#include <cstring>

namespace khien::windows {
namespace {

constexpr std::array<int, 80> first_primes() {
  std::array<int, 80> out{};
  std::size_t n = 0;
  for (int c = 2; n < out.size(); ++c) {
    bool prime = true;
    for (int d = 2; d * d <= c; ++d) prime = prime && c % d != 0;
    if (prime) out[n++] = c;
  }
  return out;
}

// a * b over 256 bits, four limbs of 64, low first; what overflows is lost (it never does here).
using Wide = std::array<std::uint64_t, 4>;
constexpr Wide multiply(const Wide& a, std::uint64_t b) {
  Wide out{};
  std::uint64_t carry = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    const std::uint64_t low = (a[i] & 0xFFFFFFFF) * (b & 0xFFFFFFFF);
    const std::uint64_t mid1 = (a[i] >> 32) * (b & 0xFFFFFFFF);
    const std::uint64_t mid2 = (a[i] & 0xFFFFFFFF) * (b >> 32);
    const std::uint64_t high = (a[i] >> 32) * (b >> 32);
    const std::uint64_t mid = (low >> 32) + (mid1 & 0xFFFFFFFF) + (mid2 & 0xFFFFFFFF);
    const std::uint64_t word = (low & 0xFFFFFFFF) | (mid << 32);
    out[i] = word + carry;
    carry = high + (mid1 >> 32) + (mid2 >> 32) + (mid >> 32) + (out[i] < word ? 1 : 0);
  }
  return out;
}
constexpr Wide add(const Wide& a, const Wide& b) {
  Wide out{};
  std::uint64_t carry = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    const std::uint64_t sum = a[i] + b[i];
    out[i] = sum + carry;
    carry = (sum < a[i] ? 1U : 0U) + (out[i] < sum ? 1U : 0U);
  }
  return out;
}
constexpr Wide times(const Wide& a, const Wide& b) {  // the low 256 bits
  Wide out{};
  for (std::size_t i = 0; i < 4; ++i) {
    const Wide part = multiply(a, b[i]);
    Wide moved{};
    for (std::size_t k = i; k < 4; ++k) moved[k] = part[k - i];
    out = add(out, moved);
  }
  return out;
}
constexpr bool at_most(const Wide& a, const Wide& b) {
  for (std::size_t i = 4; i-- > 0;) {
    if (a[i] != b[i]) return a[i] < b[i];
  }
  return true;
}

// The first 64 bits after the point of the square (power 2) or cube root of a small number: the
// largest r with r^power <= n * 2^(64 * power), less its whole part.
constexpr std::uint64_t root_bits(int n, int power) {
  Wide goal{};
  goal[static_cast<std::size_t>(power)] = static_cast<std::uint64_t>(n);
  Wide r{};
  for (int bit = 69; bit >= 0; --bit) {  // roots here are below 32
    Wide trial = r;
    trial[static_cast<std::size_t>(bit / 64)] |= std::uint64_t{1} << (bit % 64);
    const Wide square = times(trial, trial);
    if (at_most(power == 2 ? square : times(square, trial), goal)) r = trial;
  }
  return r[0];
}

template <int kPower, std::size_t kCount>
constexpr std::array<std::uint64_t, kCount> roots() {
  constexpr auto primes = first_primes();
  std::array<std::uint64_t, kCount> out{};
  for (std::size_t i = 0; i < kCount; ++i) out[i] = root_bits(primes[i], kPower);
  return out;
}

const std::array<std::uint64_t, 80>& round_constants() {
  static const std::array<std::uint64_t, 80> made = roots<3, 80>();
  return made;
}

template <class Word>
Word rotate(Word x, int n) {
  return static_cast<Word>(x >> n | x << (sizeof(Word) * 8 - static_cast<unsigned>(n)));
}

struct Turns {
  int big0[3], big1[3], small0[3], small1[3];  // of the small ones the last is a shift
};
constexpr Turns kTurns32 = {{2, 13, 22}, {6, 11, 25}, {7, 18, 3}, {17, 19, 10}};
constexpr Turns kTurns64 = {{28, 34, 39}, {14, 18, 41}, {1, 8, 7}, {19, 61, 6}};

template <class Word>
Word big(Word x, const int (&n)[3]) {
  return rotate(x, n[0]) ^ rotate(x, n[1]) ^ rotate(x, n[2]);
}
template <class Word>
Word small(Word x, const int (&n)[3]) {
  return rotate(x, n[0]) ^ rotate(x, n[1]) ^ (x >> n[2]);
}

}  // namespace

template <class Word>
Sha2<Word>::Sha2() {
  static const std::array<std::uint64_t, 8> start = roots<2, 8>();
  for (std::size_t i = 0; i < 8; ++i) {
    state_[i] = static_cast<Word>(start[i] >> (64 - sizeof(Word) * 8));
  }
}

template <class Word>
void Sha2<Word>::block(const unsigned char* at) {
  constexpr std::size_t rounds = sizeof(Word) == 4 ? 64 : 80;
  constexpr const Turns& turns = sizeof(Word) == 4 ? kTurns32 : kTurns64;
  const auto& constants = round_constants();
  Word w[rounds];
  for (std::size_t i = 0; i < 16; ++i) {
    w[i] = 0;
    for (std::size_t k = 0; k < sizeof(Word); ++k) {
      w[i] = static_cast<Word>(w[i] << 8 | *at++);
    }
  }
  for (std::size_t i = 16; i < rounds; ++i) {
    w[i] = small(w[i - 2], turns.small1) + w[i - 7] + small(w[i - 15], turns.small0) + w[i - 16];
  }
  auto [a, b, c, d, e, f, g, h] = state_;
  for (std::size_t i = 0; i < rounds; ++i) {
    const auto k = static_cast<Word>(constants[i] >> (64 - sizeof(Word) * 8));
    const Word t1 = h + big(e, turns.big1) + ((e & f) ^ (~e & g)) + k + w[i];
    const Word t2 = big(a, turns.big0) + ((a & b) ^ (a & c) ^ (b & c));
    h = g;
    g = f;
    f = e;
    e = d + t1;
    d = c;
    c = b;
    b = a;
    a = t1 + t2;
  }
  const Word sums[] = {a, b, c, d, e, f, g, h};
  for (std::size_t i = 0; i < 8; ++i) state_[i] += sums[i];
}

template <class Word>
void Sha2<Word>::add(std::string_view bytes) {
  total_ += bytes.size();
  while (!bytes.empty()) {
    if (filled_ == 0 && bytes.size() >= kBlock) {
      block(reinterpret_cast<const unsigned char*>(bytes.data()));
      bytes.remove_prefix(kBlock);
      continue;
    }
    const std::size_t n = std::min(bytes.size(), kBlock - filled_);
    std::memcpy(pending_.data() + filled_, bytes.data(), n);
    filled_ += n;
    bytes.remove_prefix(n);
    if (filled_ == kBlock) {
      block(pending_.data());
      filled_ = 0;
    }
  }
}

template <class Word>
std::string Sha2<Word>::finish() {
  const std::uint64_t bits = total_ * 8;  // files here are far below 2^61 bytes
  add(std::string_view("\x80", 1));
  while (filled_ != kBlock - 2 * sizeof(Word)) add(std::string_view("\0", 1));
  std::string length(2 * sizeof(Word), '\0');  // big endian, two words long
  for (std::size_t i = 0; i < 8; ++i) {
    length[length.size() - 1 - i] = static_cast<char>(bits >> (8 * i));
  }
  add(length);
  std::string out;
  for (const Word word : state_) {
    for (std::size_t k = sizeof(Word); k-- > 0;) out += static_cast<char>(word >> (8 * k));
  }
  return out;
}

template class Sha2<std::uint32_t>;
template class Sha2<std::uint64_t>;

std::string sha512(std::string_view bytes) {
  Sha2<std::uint64_t> sum;
  sum.add(bytes);
  return sum.finish();
}

}  // namespace khien::windows
