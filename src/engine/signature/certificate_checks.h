// What a signer's certificate shows by itself and beside the evidence that lies in the document: no
// trust roots are asked.
#pragma once

#include <openssl/x509.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace khien::signature {

struct Evidence {  // of revocation, DER
  std::vector<std::string> crls, ocsps;
};

// "self_signed", "wrong_usage", "weak_key", "chain_broken": its issuer lies beside it and did not
// sign it. `stamp`: it signs time stamps.
[[nodiscard]] std::vector<std::string> certificate_problems(X509* cert,
                                                            const STACK_OF(X509) * beside,
                                                            bool stamp);
struct Revocation {
  bool revoked = false;  // a list or answer in the evidence names it so
  // Until when evidence that its issuer signed knows it as not revoked: the time of the next list.
  std::optional<std::int64_t> good_until_ms;
};
// `beside`: certificates in the document, its issuer's among them; may be nullptr.
[[nodiscard]] Revocation revocation_of(X509* cert, STACK_OF(X509) * beside,
                                       const Evidence& evidence);
// Adds what Adobe's attribute of revocation data (1.2.840.113583.1.1.8) holds.
void add_archived(std::string_view attribute_der, Evidence& out);

}  // namespace khien::signature
