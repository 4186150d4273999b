#include "engine/password/bcrypt.h"

#include <algorithm>
#include <memory>
#include <vector>

#include <openssl/crypto.h>

namespace khien::password {
namespace {

constexpr std::size_t kP = 18, kS = 4 * 256;
constexpr std::string_view kBcryptLetters =
    "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

// Blowfish begins with the hexadecimal digits of pi behind the point. They are worked out once a
// process (some hundredths of a second) by Machin's formula, pi = 16 arctan 1/5 - 4 arctan 1/239,
// in fixed point: the whole number first, then 32 bits a word.
using Fixed = std::vector<std::uint32_t>;

void divide(Fixed& x, std::uint32_t by, std::size_t from) {
  std::uint64_t rest = 0;
  for (std::size_t i = from; i < x.size(); ++i) {
    const std::uint64_t now = rest << 32 | x[i];
    x[i] = static_cast<std::uint32_t>(now / by);
    rest = now % by;
  }
}

// sum += sign * x; what lies before `from` is zero in x.
void add(Fixed& sum, const Fixed& x, std::size_t from, bool minus) {
  std::uint64_t carry = minus ? 1 : 0;
  for (std::size_t i = x.size(); i-- > 0;) {
    if (i < from && carry == (minus ? 1U : 0U)) return;
    const std::uint32_t other = i < from ? 0 : x[i];
    carry += std::uint64_t{sum[i]} + (minus ? ~other : other);
    sum[i] = static_cast<std::uint32_t>(carry);
    carry >>= 32;
  }
}

void add_arctan(Fixed& sum, std::uint32_t factor, std::uint32_t of, bool minus) {
  Fixed power(sum.size(), 0);
  power[0] = factor;
  divide(power, of, 0);
  std::size_t from = 0;
  for (std::uint32_t n = 1;; n += 2, minus = !minus) {
    while (from < power.size() && power[from] == 0) ++from;
    if (from == power.size()) return;
    Fixed term = power;
    divide(term, n, from);
    add(sum, term, from, minus);
    divide(power, of * of, from);
  }
}

struct State {
  std::uint32_t p[kP];
  std::uint32_t s[kS];
};

const State& pi() {
  static const auto made = [] {
    constexpr std::size_t guard = 4;
    Fixed sum(1 + kP + kS + guard, 0);
    add_arctan(sum, 16, 5, false);
    add_arctan(sum, 4, 239, true);
    auto out = std::make_unique<State>();
    std::copy_n(sum.begin() + 1, kP, out->p);
    std::copy_n(sum.begin() + 1 + kP, kS, out->s);
    return out;
  }();
  return *made;
}

constexpr std::size_t N = kBcryptLanes;

class Lanes {
 public:
  ~Lanes() {
    OPENSSL_cleanse(state_, sizeof state_);
    OPENSSL_cleanse(key_, sizeof key_);
    OPENSSL_cleanse(left_, sizeof left_);
    OPENSSL_cleanse(right_, sizeof right_);
  }
  void begin(std::span<const std::string_view> words, const Bcrypt& hash) {
    for (std::size_t lane = 0; lane < N; ++lane) {
      state_[lane] = pi();
      const std::string_view word = words[lane < words.size() ? lane : 0];
      std::size_t at = 0;
      for (std::uint32_t& k : key_[lane]) {
        k = 0;
        for (int i = 0; i < 4; ++i) {
          k = k << 8 | (at < word.size() ? static_cast<unsigned char>(word[at]) : 0U);
          at = at == word.size() ? 0 : at + 1;  // the zero behind the word counts
        }
      }
    }
    for (std::size_t i = 0; i < 4; ++i) {
      salt_[i] = 0;
      for (std::size_t k = 0; k < 4; ++k) salt_[i] = salt_[i] << 8 | hash.salt[i * 4 + k];
    }
    mix_key();
    expand(true);
    for (std::uint32_t n = 0; n < std::uint32_t{1} << hash.cost; ++n) {
      mix_key();
      expand(false);
      for (State& lane : state_) {
        for (std::size_t i = 0; i < kP; ++i) lane.p[i] ^= salt_[i & 3];
      }
      expand(false);
    }
  }
  // 23 bytes of "OrpheanBeholderScryDoubt", enciphered 64 times.
  [[nodiscard]] std::array<std::string, N> digests() {
    constexpr std::uint32_t text[6] = {0x4f727068, 0x65616e42, 0x65686f6c,
                                       0x64657253, 0x63727944, 0x6f756274};
    std::array<std::string, N> out;
    for (std::size_t half = 0; half < 6; half += 2) {
      for (std::size_t lane = 0; lane < N; ++lane) {
        left_[lane] = text[half];
        right_[lane] = text[half + 1];
      }
      for (int i = 0; i < 64; ++i) encipher();
      for (std::size_t lane = 0; lane < N; ++lane) {
        for (const std::uint32_t v : {left_[lane], right_[lane]}) {
          for (int shift = 24; shift >= 0; shift -= 8) out[lane] += static_cast<char>(v >> shift);
        }
      }
    }
    for (std::string& digest : out) digest.resize(23);
    return out;
  }

 private:
  void mix_key() {
    for (std::size_t lane = 0; lane < N; ++lane) {
      for (std::size_t i = 0; i < kP; ++i) state_[lane].p[i] ^= key_[lane][i];
    }
  }

  // Sixteen rounds on each lane; the lanes go side by side, each in registers of its own.
  void encipher() {
    std::uint32_t l[N], r[N];
#pragma GCC unroll 8
    for (std::size_t k = 0; k < N; ++k) l[k] = left_[k] ^ state_[k].p[0], r[k] = right_[k];
#pragma GCC unroll 8
    for (std::size_t i = 1; i < 17; i += 2) {
#pragma GCC unroll 8
      for (std::size_t k = 0; k < N; ++k) r[k] ^= f(state_[k].s, l[k]) ^ state_[k].p[i];
#pragma GCC unroll 8
      for (std::size_t k = 0; k < N; ++k) l[k] ^= f(state_[k].s, r[k]) ^ state_[k].p[i + 1];
    }
#pragma GCC unroll 8
    for (std::size_t k = 0; k < N; ++k) left_[k] = r[k] ^ state_[k].p[17], right_[k] = l[k];
  }
  static std::uint32_t f(const std::uint32_t* s, std::uint32_t x) {
    return ((s[x >> 24] + s[256 + (x >> 16 & 0xFF)]) ^ s[512 + (x >> 8 & 0xFF)]) +
           s[768 + (x & 0xFF)];
  }

  void expand(bool salted) {
    for (std::size_t k = 0; k < N; ++k) left_[k] = right_[k] = 0;
    std::size_t at = 0;
    const auto next = [&] {
      if (salted) {
        for (std::size_t k = 0; k < N; ++k) {
          left_[k] ^= salt_[at];
          right_[k] ^= salt_[at + 1];
        }
        at ^= 2;
      }
      encipher();
    };
    for (std::size_t i = 0; i < kP; i += 2) {
      next();
      for (std::size_t k = 0; k < N; ++k) {
        state_[k].p[i] = left_[k];
        state_[k].p[i + 1] = right_[k];
      }
    }
    for (std::size_t i = 0; i < kS; i += 2) {
      next();
      for (std::size_t k = 0; k < N; ++k) {
        state_[k].s[i] = left_[k];
        state_[k].s[i + 1] = right_[k];
      }
    }
  }

  State state_[N];
  std::uint32_t key_[N][kP], salt_[4];
  std::uint32_t left_[N], right_[N];
};

// bcrypt's own base64: most significant bits first.
std::string encoded(std::string_view bytes) {
  std::string out;
  std::uint32_t bits = 0;
  int have = 0;
  for (const char c : bytes) {
    bits = bits << 8 | static_cast<unsigned char>(c);
    for (have += 8; have >= 6; have -= 6) out += kBcryptLetters[bits >> (have - 6) & 0x3F];
  }
  if (have > 0) out += kBcryptLetters[bits << (6 - have) & 0x3F];
  return out;
}

bool decode(std::string_view text, std::array<unsigned char, 16>& out) {
  std::uint32_t bits = 0;
  int have = 0;
  std::size_t n = 0;
  for (const char c : text) {
    const std::size_t value = kBcryptLetters.find(c);
    if (value == std::string_view::npos) return false;
    bits = bits << 6 | static_cast<std::uint32_t>(value);
    have += 6;
    if (have < 8 || n == out.size()) continue;
    have -= 8;
    out[n++] = static_cast<unsigned char>(bits >> have);
  }
  return n == out.size();
}

}  // namespace

std::optional<Bcrypt> read_bcrypt(std::string_view setting) {
  if (setting.size() != 60 || !setting.starts_with("$2") || setting[3] != '$' ||
      setting[6] != '$' || std::string_view("aby").find(setting[2]) == std::string_view::npos) {
    return std::nullopt;
  }
  Bcrypt out;
  for (const char c : setting.substr(4, 2)) {
    if (c < '0' || c > '9') return std::nullopt;
    out.cost = out.cost * 10 + (c - '0');
  }
  if (out.cost < 4 || out.cost > 31 || !decode(setting.substr(7, 22), out.salt)) {
    return std::nullopt;
  }
  out.encoded = setting.substr(29);
  return out;
}

std::size_t bcrypt_match(const Bcrypt& hash, std::span<const std::string_view> words) {
  const auto lanes = std::make_unique<Lanes>();
  lanes->begin(words, hash);
  auto digests = lanes->digests();
  std::size_t found = words.size();
  for (std::size_t i = words.size(); i-- > 0;) {
    if (encoded(digests[i]) == hash.encoded) found = i;
  }
  for (std::string& digest : digests) OPENSSL_cleanse(digest.data(), digest.size());
  return found;
}

}  // namespace khien::password
