#include "hub/access/otp.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <fmt/format.h>

#include "base/hash.h"
#include "base/text.h"

namespace khien::hub {
namespace {

constexpr std::size_t kOtpBytes = 20;
constexpr std::int64_t kStepMs = 30'000;
constexpr std::uint32_t kSixDigits = 1'000'000;
constexpr int kRecoveryCodes = 10;
constexpr std::size_t kRecoveryBytes = 10;
constexpr std::size_t kCodeDigits = 6;

bool same(std::string_view a, std::string_view b) {  // in the same time whatever differs
  unsigned char differs = a.size() == b.size() ? 0 : 1;
  for (std::size_t i = 0; i < a.size() && i < b.size(); ++i) {
    differs |= static_cast<unsigned char>(a[i] ^ b[i]);
  }
  return differs == 0;
}

}  // namespace

Result<std::string> make_otp_secret() {
  KHIEN_TRY(const std::string bytes, random_bytes(kOtpBytes));
  return hex(bytes);
}

std::string base32(std::string_view bytes) {
  static constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  std::string out;
  std::uint32_t held = 0;
  int bits = 0;
  for (const char c : bytes) {
    held = (held << 8 | static_cast<unsigned char>(c)) & 0xFFFF;
    for (bits += 8; bits >= 5; bits -= 5) out += kAlphabet[held >> (bits - 5) & 31];
  }
  if (bits > 0) out += kAlphabet[held << (5 - bits) & 31];
  return out;
}

std::string otp_code(std::string_view secret_bytes, std::int64_t step) {
  unsigned char counter[8];
  for (int i = 7; i >= 0; --i, step >>= 8) counter[i] = static_cast<unsigned char>(step & 0xFF);
  unsigned char mac[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  if (::HMAC(::EVP_sha1(), secret_bytes.data(), static_cast<int>(secret_bytes.size()), counter,
             sizeof counter, mac, &size) == nullptr || size < kOtpBytes) {
    return "";
  }
  const unsigned at = mac[size - 1] & 15U;
  const std::uint32_t number = (mac[at] & 0x7FU) << 24 | mac[at + 1] << 16 | mac[at + 2] << 8 |
                               mac[at + 3];
  return fmt::format("{:06}", number % kSixDigits);
}

std::optional<std::int64_t> otp_step(const std::string& secret_hex, std::string_view code,
                                     std::int64_t now_ms, std::int64_t used) {
  const auto secret = unhex(secret_hex);
  if (!secret || code.size() != kCodeDigits) return {};
  const std::int64_t now = now_ms / kStepMs;
  for (std::int64_t step = now - 1; step <= now + 1; ++step) {
    if (step > used && same(otp_code(*secret, step), code)) return step;
  }
  return {};
}

std::string otp_uri(const std::string& secret_hex, const std::string& login) {
  std::string label;
  for (const char c : login) label += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  const auto secret = unhex(secret_hex);
  return fmt::format("otpauth://totp/Khien:{}?secret={}&issuer=Khien", label,
                     base32(secret ? *secret : ""));
}

Result<std::vector<std::string>> make_recovery_codes() {
  std::vector<std::string> out;
  for (int i = 0; i < kRecoveryCodes; ++i) {
    KHIEN_TRY(const std::string bytes, random_bytes(kRecoveryBytes));
    const std::string letters = base32(bytes);
    out.push_back(letters.substr(0, 8) + "-" + letters.substr(8));
  }
  return out;
}

std::string recovery_hash(std::string_view code) {
  std::string plain;
  for (const char c : ascii_upper(code)) {
    if (c != '-' && c != ' ') plain += c;
  }
  return sha256_hex(plain);
}

}  // namespace khien::hub
