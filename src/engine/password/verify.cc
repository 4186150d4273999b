// One function a family of schemes. Library calls, but for phpass, which no library has.
#define OPENSSL_SUPPRESS_DEPRECATED
#include "engine/password/verify.h"

#include <argon2.h>
#include <crypt.h>

#include <array>
#include <charconv>
#include <cstring>

#include <openssl/crypto.h>
#include <openssl/md5.h>
#include <openssl/sha.h>

#include "base/limits.h"
#include "engine/password/hash_form.h"
#include "engine/password/md4.h"
#include "engine/password/pbkdf2.h"

namespace khien::password {
namespace {

using Digest = std::array<unsigned char, 64>;

std::size_t salted(Scheme scheme, std::string_view word, std::string_view salt, Digest& out) {
  switch (scheme) {
    case Scheme::md5: case Scheme::salted_md5: {
      MD5_CTX c;
      MD5_Init(&c);
      MD5_Update(&c, word.data(), word.size());
      MD5_Update(&c, salt.data(), salt.size());
      MD5_Final(out.data(), &c);
      return 16;
    }
    case Scheme::sha1: case Scheme::salted_sha1: {
      SHA_CTX c;
      SHA1_Init(&c);
      SHA1_Update(&c, word.data(), word.size());
      SHA1_Update(&c, salt.data(), salt.size());
      SHA1_Final(out.data(), &c);
      return 20;
    }
    case Scheme::sha256: case Scheme::salted_sha256: {
      SHA256_CTX c;
      SHA256_Init(&c);
      SHA256_Update(&c, word.data(), word.size());
      SHA256_Update(&c, salt.data(), salt.size());
      SHA256_Final(out.data(), &c);
      return 32;
    }
    default: {
      SHA512_CTX c;
      SHA512_Init(&c);
      SHA512_Update(&c, word.data(), word.size());
      SHA512_Update(&c, salt.data(), salt.size());
      SHA512_Final(out.data(), &c);
      return 64;
    }
  }
}

bool same(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

bool is_pbkdf2(Scheme scheme) {
  return scheme == Scheme::pbkdf2_sha1 || scheme == Scheme::pbkdf2_sha256 ||
         scheme == Scheme::pbkdf2_sha512;
}

std::size_t pbkdf2_match(const Hash& hash, std::span<const std::string_view> words) {
  const auto blocks = pbkdf2_blocks(hash.scheme, words, hash.salt, hash.rounds);
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    // A digest longer than one block (PBKDF2-SHA1 with 32 bytes) is decided by its first block.
    const std::size_t size = std::min(blocks[i].size(), hash.digest.size());
    if (same(std::string_view(blocks[i]).substr(0, size),
             std::string_view(hash.digest).substr(0, size))) {
      return i;
    }
  }
  return words.size();
}

// phpass portable hashes: $P$ + log2 of rounds + 8 of salt + 22 of digest in its own base64.
bool phpass_matches(const Hash& hash, std::string_view word) {
  static constexpr std::string_view letters =
      "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  const std::size_t log2 = letters.find(hash.digest[3]);
  if (log2 == std::string_view::npos || log2 < 7 || log2 > 20) return false;
  Digest digest;
  salted(Scheme::md5, std::string_view(hash.digest).substr(4, 8), word, digest);
  for (std::uint32_t i = 0; i < 1U << log2; ++i) {
    const std::string before(reinterpret_cast<const char*>(digest.data()), 16);
    salted(Scheme::md5, before, word, digest);
  }
  std::string text;
  for (std::size_t i = 0; i < 16; i += 3) {
    std::uint32_t v = digest[i];
    if (i + 1 < 16) v |= static_cast<std::uint32_t>(digest[i + 1]) << 8;
    if (i + 2 < 16) v |= static_cast<std::uint32_t>(digest[i + 2]) << 16;
    for (int k = 0; k < (i == 15 ? 2 : 4); ++k) text += letters[v >> (6 * k) & 0x3F];
  }
  return same(text, std::string_view(hash.digest).substr(12));
}

std::uint32_t value_after(std::string_view text, std::string_view key) {
  const std::size_t at = text.find(key);
  std::uint32_t out = 0;
  if (at == std::string_view::npos) return 0;
  const char* from = text.data() + at + key.size();
  std::from_chars(from, text.data() + text.size(), out);
  return out;
}

// Through the context, because argon2_verify() would start a thread a lane.
bool argon2_matches(const Hash& hash, std::string_view word) {
  const std::string_view text = hash.digest;
  const std::size_t digest_at = text.rfind('$');
  const std::size_t salt_at = text.rfind('$', digest_at - 1);
  const auto digest = base64(text.substr(digest_at + 1));
  const auto salt = base64(text.substr(salt_at + 1, digest_at - salt_at - 1));
  if (!digest || !salt || digest->size() > limits::password_hash_bytes) return false;
  std::string out(digest->size(), '\0');
  std::string copy(word);
  argon2_context c{};
  c.out = reinterpret_cast<std::uint8_t*>(out.data());
  c.outlen = static_cast<std::uint32_t>(out.size());
  c.pwd = reinterpret_cast<std::uint8_t*>(copy.data());
  c.pwdlen = static_cast<std::uint32_t>(copy.size());
  std::string salt_copy = *salt;
  c.salt = reinterpret_cast<std::uint8_t*>(salt_copy.data());
  c.saltlen = static_cast<std::uint32_t>(salt_copy.size());
  c.t_cost = value_after(text, "t=");
  c.m_cost = value_after(text, "m=");
  c.lanes = value_after(text, "p=");
  c.threads = 1;
  const std::uint32_t version = value_after(text, "v=");
  c.version = version == 0 ? static_cast<std::uint32_t>(ARGON2_VERSION_10) : version;
  c.flags = ARGON2_DEFAULT_FLAGS;
  if (c.m_cost > limits::password_argon2_kib || c.t_cost > 64) return false;
  const argon2_type type = text.starts_with("$argon2id")  ? Argon2_id
                           : text.starts_with("$argon2i") ? Argon2_i
                                                          : Argon2_d;
  const bool made = argon2_ctx(&c, type) == ARGON2_OK;
  wipe(copy);
  return made && same(out, *digest);
}

}  // namespace

struct Verifier::Scratch {
  crypt_data crypt{};
  NtHasher nt;
  ~Scratch() { OPENSSL_cleanse(&crypt, sizeof crypt); }
};

Verifier::Verifier() : scratch_(std::make_unique<Scratch>()) {}
Verifier::~Verifier() = default;

std::string unsalted_digest(Scheme scheme, std::string_view word) {
  if (scheme == Scheme::nt) {
    NtHasher hasher;
    NtHash out;
    hasher.hash(std::span(&word, 1), std::span(&out, 1));
    return {reinterpret_cast<const char*>(out.data()), 16};
  }
  Digest digest;
  const std::size_t size = salted(scheme, word, "", digest);
  return {reinterpret_cast<const char*>(digest.data()), size};
}

std::size_t Verifier::width(const Hash& hash) {
  return is_pbkdf2(hash.scheme) ? kPbkdf2Lanes : 1;
}

std::size_t Verifier::first_match(const Hash& hash, std::span<const std::string_view> words) {
  if (is_pbkdf2(hash.scheme)) return pbkdf2_match(hash, words);
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (matches(hash, words[i])) return i;
  }
  return words.size();
}

bool Verifier::matches(const Hash& hash, std::string_view word) {
  switch (hash.scheme) {
    case Scheme::none: case Scheme::unknown: return false;
    case Scheme::empty: return word.empty();
    case Scheme::plain: return same(hash.digest, word);
    case Scheme::nt: {
      NtHash out;
      scratch_->nt.hash(std::span(&word, 1), std::span(&out, 1));
      return same({reinterpret_cast<const char*>(out.data()), 16}, hash.digest);
    }
    case Scheme::pbkdf2_sha1: case Scheme::pbkdf2_sha256: case Scheme::pbkdf2_sha512:
      return pbkdf2_match(hash, std::span(&word, 1)) == 0;
    case Scheme::phpass: return phpass_matches(hash, word);
    case Scheme::argon2: return argon2_matches(hash, word);
    case Scheme::crypt: {
      std::string copy(word);
      const char* out = crypt_rn(copy.c_str(), hash.digest.c_str(), &scratch_->crypt,
                                 static_cast<int>(sizeof scratch_->crypt));
      const bool yes = out != nullptr && same(out, hash.digest);
      wipe(copy);
      return yes;
    }
    default: {
      Digest digest;
      const std::size_t size = salted(hash.scheme, word, hash.salt, digest);
      return same({reinterpret_cast<const char*>(digest.data()), size}, hash.digest);
    }
  }
}

}  // namespace khien::password
