// What a signer's certificate shows by itself and beside the evidence that lies in the document: no
// trust roots are asked.
#pragma once

#include <openssl/x509.h>

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
// A list or answer in the evidence names it as revoked.
[[nodiscard]] bool is_revoked(X509* cert, const Evidence& evidence);
// Adds what Adobe's attribute of revocation data (1.2.840.113583.1.1.8) holds.
void add_archived(std::string_view attribute_der, Evidence& out);

}  // namespace khien::signature
