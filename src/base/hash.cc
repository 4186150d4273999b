// OpenSSL behind plain functions; the only file of base that knows it.
#include "base/hash.h"

#include <memory>

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

#include "base/errors.h"

namespace khien {
namespace {
constexpr std::size_t kFingerprintDigits = 32;

using PKey = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using MdCtx = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;

const unsigned char* u8(std::string_view s) {
  return reinterpret_cast<const unsigned char*>(s.data());
}
unsigned char* u8(std::string& s) { return reinterpret_cast<unsigned char*>(s.data()); }

Result<KeyPair> raw_keys(EVP_PKEY* key) {
  KeyPair pair;
  pair.public_key.resize(32);
  pair.secret_key.resize(32);
  std::size_t pub = 32;
  std::size_t sec = 32;
  if (EVP_PKEY_get_raw_public_key(key, u8(pair.public_key), &pub) != 1 ||
      EVP_PKEY_get_raw_private_key(key, u8(pair.secret_key), &sec) != 1) {
    return fail(err::crypto, "ed25519", {{"detail", "raw key"}});
  }
  return pair;
}
}  // namespace

namespace {
// The y of the points of order 1, 2, 4 and 8, and the ways to write them beyond the prime.
constexpr std::string_view kSmallOrder[] = {
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0100000000000000000000000000000000000000000000000000000000000000",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"};

bool is_small_order(std::string_view public_key) {
  std::string y(public_key);
  y.back() = static_cast<char>(y.back() & 0x7F);  // the sign of x
  const std::string digits = hex(y);
  for (const std::string_view weak : kSmallOrder) {
    if (digits == weak) return true;
  }
  return false;
}
}  // namespace

std::string hex(std::string_view bytes) {
  static constexpr char digits[] = "0123456789abcdef";
  std::string out;
  out.reserve(bytes.size() * 2);
  for (const unsigned char c : bytes) {
    out += digits[c >> 4];
    out += digits[c & 15];
  }
  return out;
}

Result<std::string> unhex(std::string_view text) {
  const auto digit = [](char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
  };
  std::string out;
  for (std::size_t i = 0; i + 1 < text.size(); i += 2) {
    const int hi = digit(text[i]);
    const int lo = digit(text[i + 1]);
    if (hi < 0 || lo < 0) return fail(err::crypto, "hex", {{"detail", "digit"}});
    out += static_cast<char>(hi * 16 + lo);
  }
  if (text.size() % 2 != 0) return fail(err::crypto, "hex", {{"detail", "length"}});
  return out;
}

Sha256::Sha256() : context_(EVP_MD_CTX_new()) {
  EVP_DigestInit_ex(static_cast<EVP_MD_CTX*>(context_), EVP_sha256(), nullptr);
}
Sha256::~Sha256() { EVP_MD_CTX_free(static_cast<EVP_MD_CTX*>(context_)); }
void Sha256::add(std::string_view bytes) {
  EVP_DigestUpdate(static_cast<EVP_MD_CTX*>(context_), bytes.data(), bytes.size());
}
std::string Sha256::finish() {
  std::string out(32, '\0');
  EVP_DigestFinal_ex(static_cast<EVP_MD_CTX*>(context_), u8(out), nullptr);
  return out;
}

std::string sha256_hex(std::string_view bytes) {
  Sha256 sum;
  sum.add(bytes);
  return hex(sum.finish());
}

Result<KeyPair> make_key_pair() {
  const PKey key(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"), EVP_PKEY_free);
  if (!key) return fail(err::crypto, "ed25519", {{"detail", "keygen"}});
  return raw_keys(key.get());
}

Result<KeyPair> key_pair_from_seed(std::string_view seed32) {
  const PKey key(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, u8(seed32), seed32.size()),
                 EVP_PKEY_free);
  if (!key) return fail(err::crypto, "ed25519", {{"detail", "seed"}});
  return raw_keys(key.get());
}

Result<std::string> ed25519_sign(const KeyPair& pair, std::string_view message) {
  const PKey key(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, u8(pair.secret_key),
                                              pair.secret_key.size()),
                 EVP_PKEY_free);
  const MdCtx ctx(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  std::string signature(64, '\0');
  std::size_t length = 64;
  if (!key || EVP_DigestSignInit(ctx.get(), nullptr, nullptr, nullptr, key.get()) != 1 ||
      EVP_DigestSign(ctx.get(), u8(signature), &length, u8(message), message.size()) != 1) {
    return fail(err::crypto, "ed25519", {{"detail", "sign"}});
  }
  return signature;
}

bool ed25519_verify(std::string_view public_key, std::string_view message,
                    std::string_view signature64) {
  if (public_key.size() != 32 || signature64.size() != 64) return false;
  if (is_small_order(public_key)) return false;
  const PKey key(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, u8(public_key), 32),
                 EVP_PKEY_free);
  const MdCtx ctx(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  return key && EVP_DigestVerifyInit(ctx.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
         EVP_DigestVerify(ctx.get(), u8(signature64), 64, u8(message), message.size()) == 1;
}

std::string fingerprint(std::string_view public_key) {
  const std::string sum = sha256_hex(public_key);
  std::string out;
  for (std::size_t i = 0; i < kFingerprintDigits; i += 4) {
    out += (i == 0 ? "" : "-") + sum.substr(i, 4);
  }
  return out;
}

void wipe(std::string& secret) {
  OPENSSL_cleanse(secret.data(), secret.size());
  secret.clear();
}

Result<std::string> random_bytes(std::size_t count) {
  std::string out(count, '\0');
  if (RAND_bytes(u8(out), static_cast<int>(count)) != 1) {
    return fail(err::crypto, "random", {{"detail", "RAND_bytes"}});
  }
  return out;
}

}  // namespace khien
