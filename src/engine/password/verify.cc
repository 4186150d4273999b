// One function a family of schemes: our own where many words at once are faster, library calls
// elsewhere.
#include "engine/password/verify.h"

#include <argon2.h>
#include <crypt.h>

#include <algorithm>
#include <charconv>
#include <functional>
#include <map>
#include <vector>

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "base/hash.h"
#include "base/limits.h"
#include "base/text.h"
#include "engine/password/bcrypt.h"
#include "engine/password/chained.h"
#include "engine/password/hash_form.h"
#include "engine/password/md4.h"
#include "engine/password/pbkdf2.h"
#include "engine/password/salted.h"

namespace khien::password {
namespace {

constexpr std::size_t kFillLanes = 128;  // enough of each length to fill the lanes

bool same(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

bool is_salted(Scheme scheme) {
  return scheme == Scheme::salted_md5 || scheme == Scheme::salted_sha1 ||
         scheme == Scheme::salted_sha256 || scheme == Scheme::salted_sha512;
}

bool is_pbkdf2(Scheme scheme) {
  return scheme == Scheme::pbkdf2_sha1 || scheme == Scheme::pbkdf2_sha256 ||
         scheme == Scheme::pbkdf2_sha512;
}

std::size_t pbkdf2_match(const Hash& hash, std::span<const std::string_view> words) {
  for (std::size_t from = 0; from < words.size(); from += kPbkdf2Lanes) {
    const auto some = words.subspan(from, std::min(kPbkdf2Lanes, words.size() - from));
    const auto blocks = pbkdf2_blocks(hash.scheme, some, hash.salt, hash.rounds);
    for (std::size_t i = 0; i < blocks.size(); ++i) {
      // A digest longer than one block (PBKDF2-SHA1 with 32 bytes) is decided by its first block.
      const std::size_t size = std::min(blocks[i].size(), hash.digest.size());
      if (same(std::string_view(blocks[i]).substr(0, size),
               std::string_view(hash.digest).substr(0, size))) {
        return from + i;
      }
    }
  }
  return words.size();
}

// What words of one length have in common runs side by side; a word too long is done by itself.
std::size_t chained_first(const Chained& chained, std::span<const std::string_view> words,
                          const std::function<bool(std::string_view)>& alone) {
  std::map<std::size_t, std::vector<std::size_t>> of_length;
  for (std::size_t i = 0; i < words.size(); ++i) of_length[words[i].size()].push_back(i);
  std::vector<std::string_view> some;
  for (const auto& [length, places] : of_length) {
    for (std::size_t from = 0; from < places.size(); from += wide::kLanes) {
      const auto part =
          std::span(places).subspan(from, std::min(wide::kLanes, places.size() - from));
      if (length > kChainedWord) {
        for (const std::size_t i : part) {
          if (alone(words[i])) return i;
        }
        continue;
      }
      some.clear();
      for (const std::size_t i : part) some.push_back(words[i]);
      const std::size_t at = chained_match(chained, some);
      if (at < some.size()) return part[at];
    }
  }
  return words.size();
}

// What is hashed instead of the word (types.h).
std::string put_before(Before before, std::string_view word) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  if (before == Before::sha256_hex) {
    std::string bytes = salted_digest(Scheme::sha256, word, "");
    std::string text = hex(bytes);
    wipe(bytes);
    return text;
  }
  if (before == Before::sha1) return salted_digest(Scheme::sha1, word, "");
  constexpr std::string_view key = "wp-sha384";
  const std::string_view bare = trim(word);
  HMAC(EVP_sha384(), key.data(), static_cast<int>(key.size()),
       reinterpret_cast<const unsigned char*>(bare.data()), bare.size(), digest, &size);
  std::string out(4 * ((size + 2) / 3) + 1, '\0');
  EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()), digest, static_cast<int>(size));
  out.pop_back();
  OPENSSL_cleanse(digest, sizeof digest);
  return out;
}

// libxcrypt looks at bytes beyond ASCII in its own way under $2a$: those words are its own.
bool for_own_bcrypt(const Hash& hash, std::string_view word) {
  return !hash.digest.starts_with("$2a") ||
         std::none_of(word.begin(), word.end(), [](char c) { return (c & 0x80) != 0; });
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
bool argon2_matches(const Hash& hash, std::string_view word, bool& refused) {
  refused = true;
  const std::string_view text = hash.digest;
  const std::size_t digest_at = text.rfind('$');
  const std::size_t salt_at = text.rfind('$', digest_at - 1);
  const auto digest = base64(text.substr(digest_at + 1));
  const auto salt = base64(text.substr(salt_at + 1, digest_at - salt_at - 1));
  if (!digest || !salt || digest->size() > limits::password_hash_bytes) return false;
  argon2_context c{};
  c.t_cost = value_after(text, "t=");
  c.m_cost = value_after(text, "m=");
  if (c.m_cost > limits::password_argon2_kib || c.t_cost > 64) return false;
  std::string out(digest->size(), '\0');
  std::string copy(word);
  c.out = reinterpret_cast<std::uint8_t*>(out.data());
  c.outlen = static_cast<std::uint32_t>(out.size());
  c.pwd = reinterpret_cast<std::uint8_t*>(copy.data());
  c.pwdlen = static_cast<std::uint32_t>(copy.size());
  std::string salt_copy = *salt;
  c.salt = reinterpret_cast<std::uint8_t*>(salt_copy.data());
  c.saltlen = static_cast<std::uint32_t>(salt_copy.size());
  c.lanes = value_after(text, "p=");
  c.threads = 1;
  const std::uint32_t version = value_after(text, "v=");
  c.version = version == 0 ? static_cast<std::uint32_t>(ARGON2_VERSION_10) : version;
  c.flags = ARGON2_DEFAULT_FLAGS;
  const argon2_type type = text.starts_with("$argon2id")  ? Argon2_id
                           : text.starts_with("$argon2i") ? Argon2_i
                                                          : Argon2_d;
  const bool made = argon2_ctx(&c, type) == ARGON2_OK;
  wipe(copy);
  refused = !made;
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
  return salted_digest(scheme, word, "");
}

std::size_t Verifier::width(const Hash& hash) {
  if (is_pbkdf2(hash.scheme) || hash.scheme == Scheme::phpass) return kFillLanes;
  if (hash.scheme != Scheme::crypt) return is_fast(hash.scheme) ? kFillLanes : 1;
  if (read_chained(hash.digest)) return kFillLanes;
  return read_bcrypt(hash.digest) ? kBcryptLanes : 1;
}

std::size_t Verifier::first_match(const Hash& hash, std::span<const std::string_view> words) {
  if (hash.before != Before::nothing) return first_match_after(hash, words);
  refused_ = false;
  const auto alone = [&](std::string_view word) { return matches(hash, word); };
  if (is_pbkdf2(hash.scheme)) return pbkdf2_match(hash, words);
  if (hash.scheme == Scheme::nt) return nt_match(hash, words);
  if (is_salted(hash.scheme) || is_unsalted(hash.scheme)) {
    return salted_match(hash.scheme, words, hash.salt, hash.digest);
  }
  if (words.size() > 1 && (hash.scheme == Scheme::crypt || hash.scheme == Scheme::phpass)) {
    if (const auto chained = read_chained(hash.digest)) {
      return chained_first(*chained, words, alone);
    }
    const auto bcrypt = read_bcrypt(hash.digest);
    const bool own = bcrypt && std::all_of(words.begin(), words.end(), [&](std::string_view w) {
      return for_own_bcrypt(hash, w);
    });
    if (own) return bcrypt_match(*bcrypt, words);
  }
  return static_cast<std::size_t>(std::find_if(words.begin(), words.end(), alone) - words.begin());
}

// The words as the hash takes them.
std::size_t Verifier::first_match_after(const Hash& hash,
                                        std::span<const std::string_view> words) {
  Hash bare = hash;
  bare.before = Before::nothing;
  std::vector<std::string> texts;
  for (const std::string_view word : words) texts.push_back(put_before(hash.before, word));
  const std::vector<std::string_view> views(texts.begin(), texts.end());
  const std::size_t at = first_match(bare, views);
  for (std::string& text : texts) wipe(text);
  return at;
}

std::size_t Verifier::nt_match(const Hash& hash, std::span<const std::string_view> words) {
  std::vector<NtHash> hashes(words.size());
  scratch_->nt.hash(words, hashes);
  const auto same_hash = [&](const NtHash& h) {
    return same({reinterpret_cast<const char*>(h.data()), sizeof h}, hash.digest);
  };
  return static_cast<std::size_t>(std::find_if(hashes.begin(), hashes.end(), same_hash) -
                                  hashes.begin());
}

bool Verifier::matches(const Hash& hash, std::string_view word) {
  refused_ = false;
  if (hash.before != Before::nothing) return first_match_after(hash, std::span(&word, 1)) == 0;
  switch (hash.scheme) {
    case Scheme::none: case Scheme::unknown: return false;
    case Scheme::empty: return word.empty();
    case Scheme::plain: return same(hash.digest, word);
    case Scheme::nt: return nt_match(hash, std::span(&word, 1)) == 0;
    case Scheme::pbkdf2_sha1: case Scheme::pbkdf2_sha256: case Scheme::pbkdf2_sha512:
      return pbkdf2_match(hash, std::span(&word, 1)) == 0;
    case Scheme::phpass: {
      const auto chained = read_chained(hash.digest);
      if (!chained) return false;
      if (word.size() > kChainedWord) return phpass_matches(*chained, word);
      return chained_match(*chained, std::span(&word, 1)) == 0;
    }
    case Scheme::argon2: return argon2_matches(hash, word, refused_);
    case Scheme::crypt: {
      std::string copy(word);
      const char* out = crypt_rn(copy.c_str(), hash.digest.c_str(), &scratch_->crypt,
                                 static_cast<int>(sizeof scratch_->crypt));
      refused_ = out == nullptr || *out == '*';
      const bool yes = out != nullptr && same(out, hash.digest);
      wipe(copy);
      return yes;
    }
    default: {
      std::string digest = salted_digest(hash.scheme, word, hash.salt);
      const bool yes = same(digest, hash.digest);
      wipe(digest);
      return yes;
    }
  }
}

}  // namespace khien::password
