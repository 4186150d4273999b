// What several readers of X.509 certificates (RFC 5280) share.
#pragma once

#include <openssl/types.h>

#include <string>

namespace khien {

// "CN=mau.test,O=Sở Mẫu" (RFC 2253, UTF-8 as it is); as long as the certificate makes it.
[[nodiscard]] std::string name_text(const X509_NAME* name);

}  // namespace khien
