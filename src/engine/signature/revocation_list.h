// A certificate revocation list (RFC 5280) as an authority publishes it: which serial numbers of
// which issuer no longer hold. Its own signature is not checked: whoever hands it in vouches for
// it.
#pragma once

#include <openssl/types.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace khien::signature {

inline constexpr std::size_t kCrlBytes = std::size_t{64} << 20;
inline constexpr std::size_t kRevoked = 1'000'000;  // of one list

struct RevocationList {
  std::string issuer;                // issuer_id()
  std::vector<std::string> serials;  // upper-case hex
  std::optional<std::int64_t> good_until_ms;  // good_until()
};

// DER or PEM. K1100 no list, K1101 more than kRevoked.
[[nodiscard]] Result<RevocationList> read_crl(std::string_view bytes, const std::string& place);
// The same for a name wherever it stands: SHA-256 of its DER.
[[nodiscard]] std::string issuer_id(const X509_NAME* name);
// Until when a list speaks: its next update, else the time it was made; nullopt: it says neither.
[[nodiscard]] std::optional<std::int64_t> good_until(const X509_CRL* crl);
[[nodiscard]] std::string serial_text(const ASN1_INTEGER* serial);  // "" over 64 bytes

}  // namespace khien::signature
