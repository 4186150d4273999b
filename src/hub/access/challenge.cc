#include "hub/access/challenge.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <fmt/format.h>

#include "base/hash.h"
#include "hub/access/passkey.h"
#include "hub/access/sign_in.h"
#include "hub/data/setting.h"
#include "hub/errors.h"

namespace khien::hub {
namespace {

constexpr const char* kChallengeKey = "challenge_key";
constexpr std::size_t kRandomBytes = 16;
constexpr std::size_t kTimeDigits = 16;  // hex
constexpr std::size_t kSealBytes = 32;
constexpr std::size_t kChallengeBytes = kRandomBytes + kTimeDigits + kSealBytes;

std::string seal_of(const std::string& secret, std::string_view text) {
  unsigned char out[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
  if (::HMAC(::EVP_sha256(), secret.data(), static_cast<int>(secret.size()), bytes, text.size(),
             out, &size) == nullptr) {
    return "";
  }
  return {reinterpret_cast<const char*>(out), size};
}

std::string challenge_seal(const std::string& secret, const KeyRound& round,
                           std::string_view begin) {
  return seal_of(secret, fmt::format("challenge\n{}\n{}\n{}\n{}", hex(begin), round.use,
                                     round.user_id, round.host));
}

}  // namespace

Result<std::string> kept_secret(Data& data, const std::string& setting) {
  {
    KHIEN_TRY(const Data::Reading db, data.read());
    KHIEN_TRY(const Node kept, read_setting(*db, setting));
    if (!kept.is_null()) return kept.text();
  }
  KHIEN_TRY(const std::string fresh, make_secret());
  return data.touch([&](const Database& db) -> Result<std::string> {
    KHIEN_TRY(const Node kept, read_setting(db, setting));  // another may have been first
    if (!kept.is_null()) return kept.text();
    KHIEN_DO(save_setting(db, setting, fresh));
    return fresh;
  });
}

Result<std::string> make_challenge(Data& data, const KeyRound& round) {
  KHIEN_TRY(const std::string secret, kept_secret(data, kChallengeKey));
  KHIEN_TRY(std::string bytes, random_bytes(kRandomBytes));
  bytes += fmt::format("{:016x}", data.clock().now_ms());
  const std::string seal = challenge_seal(secret, round, bytes);
  if (seal.size() != kSealBytes) return fail(err::hub_internal, "", {{"detail", "HMAC"}});
  return base64url_text(bytes + seal);
}

Result<bool> is_challenge(Data& data, const KeyRound& round, const std::string& challenge) {
  const auto bytes = base64url_bytes(challenge);
  // no other text stands for the same bytes
  if (!bytes || bytes->size() != kChallengeBytes || base64url_text(*bytes) != challenge) {
    return false;
  }
  KHIEN_TRY(const std::string secret, kept_secret(data, kChallengeKey));
  const std::string begin = bytes->substr(0, kRandomBytes + kTimeDigits);
  const std::string seal = challenge_seal(secret, round, begin);
  if (seal.size() != kSealBytes ||
      ::CRYPTO_memcmp(seal.data(), bytes->data() + begin.size(), kSealBytes) != 0) {
    return false;
  }
  const std::int64_t made = std::stoll(begin.substr(kRandomBytes), nullptr, 16);
  const std::int64_t age = data.clock().now_ms() - made;
  return age >= 0 && age <= kChallengeMs;
}

Result<std::string> user_handle(Data& data, std::int64_t user_id) {
  KHIEN_TRY(const std::string secret, kept_secret(data, kChallengeKey));
  return hex(seal_of(secret, fmt::format("user\n{}", user_id)));
}

}  // namespace khien::hub
