// A security key of the tests' own making (ES256): with its secret, its counter and whatever a test
// makes it say.
#pragma once

#include <openssl/ec.h>
#include <openssl/evp.h>

#include <string>

#include "base/hash.h"
#include "base/node.h"
#include "hub/access/passkey.h"

namespace khien::hub {

inline std::string sha256_raw(std::string_view bytes) {
  Sha256 hash;
  hash.add(bytes);
  return hash.finish();
}

inline std::string big_endian(std::uint32_t n, int bytes) {
  std::string out;
  for (int i = bytes - 1; i >= 0; --i) out += static_cast<char>(n >> (8 * i) & 0xFF);
  return out;
}

// An authenticator in the memory of the test (ES256).
class SoftKey {
 public:
  explicit SoftKey(std::string id) : id_(std::move(id)), key_(::EVP_EC_gen("P-256")) {}
  ~SoftKey() { ::EVP_PKEY_free(key_); }
  SoftKey(const SoftKey&) = delete;
  SoftKey& operator=(const SoftKey&) = delete;

  std::uint32_t counter = 1;
  std::uint8_t flags = 0x05;  // touched, owner known
  std::string host = "localhost";
  std::string origin;         // of the page

  [[nodiscard]] std::string said(const char* type, const std::string& challenge) const {
    return to_json(Node::map({{"type", type}, {"challenge", challenge}, {"origin", origin},
                              {"crossOrigin", false}}));
  }
  // Authenticator data with the public key (WebAuthn, 6.5.1).
  [[nodiscard]] std::string made() const {
    std::string point(65, '\0');
    std::size_t size = 0;
    ::EVP_PKEY_get_octet_string_param(key_, "pub", reinterpret_cast<unsigned char*>(point.data()),
                                      point.size(), &size);
    using namespace std::string_literals;
    const std::string cose = "\xA5\x01\x02\x03\x26\x20\x01\x21\x58\x20"s + point.substr(1, 32) +
                             "\x22\x58\x20"s + point.substr(33, 32);
    return head(static_cast<std::uint8_t>(flags | 0x40)) + std::string(16, '\0') +
           big_endian(static_cast<std::uint32_t>(id_.size()), 2) + id_ + cose;
  }
  Node answer(const std::string& challenge, const char* type = "webauthn.get") {
    ++counter;
    const std::string words = said(type, challenge);
    const std::string data = head(flags);
    return Node::map({{"credential", base64url_text(id_)},
                      {"client_data", base64url_text(words)},
                      {"authenticator_data", base64url_text(data)},
                      {"signature", base64url_text(sign(data + sha256_raw(words)))}});
  }

 private:
  [[nodiscard]] std::string head(std::uint8_t bits) const {
    return sha256_raw(host) + static_cast<char>(bits) + big_endian(counter, 4);
  }
  [[nodiscard]] std::string sign(const std::string& bytes) const {
    EVP_MD_CTX* context = ::EVP_MD_CTX_new();
    std::string out(128, '\0');
    std::size_t size = out.size();
    ::EVP_DigestSignInit(context, nullptr, ::EVP_sha256(), nullptr, key_);
    ::EVP_DigestSign(context, reinterpret_cast<unsigned char*>(out.data()), &size,
                     reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
    ::EVP_MD_CTX_free(context);
    out.resize(size);
    return out;
  }
  std::string id_;
  EVP_PKEY* key_;
};

}  // namespace khien::hub
