// One-time codes: TOTP (RFC 6238; SHA-1, 30 seconds, 6 digits, as every authenticator has it) and
// recovery codes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace khien::hub {

[[nodiscard]] Result<std::string> make_otp_secret();  // 20 bytes as hex
[[nodiscard]] std::string base32(std::string_view bytes);  // RFC 4648 without padding
[[nodiscard]] std::string otp_code(std::string_view secret_bytes, std::int64_t step);
// The step a code belongs to, at most one away from now and after `used`; nothing when it is wrong.
[[nodiscard]] std::optional<std::int64_t> otp_step(const std::string& secret_hex,
                                                   std::string_view code, std::int64_t now_ms,
                                                   std::int64_t used);
// otpauth://totp/... for the picture an authenticator scans.
[[nodiscard]] std::string otp_uri(const std::string& secret_hex, const std::string& login);
[[nodiscard]] Result<std::vector<std::string>> make_recovery_codes();  // ten of 80 bits
[[nodiscard]] std::string recovery_hash(std::string_view code);  // case and dashes do not count

}  // namespace khien::hub
