// The X.509 certificates of one PEM file (RFC 7468), in their order; what is no certificate is
// passed over unread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace khien::host {

struct CertificateFacts {
  std::string subject, issuer, names, serial, key_type, signature;
  std::optional<std::int64_t> starts_at, ends_at;  // ms UTC
  bool self_signed = false;  // the names are equal; the signature is not checked
  int key_bits = 0;
};
[[nodiscard]] std::vector<CertificateFacts> parse_certificates(std::string_view pem);

}  // namespace khien::host
