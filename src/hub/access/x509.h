// Certificates by OpenSSL: handles that free themselves, and what every certificate of ours has.
#pragma once

#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <memory>
#include <string>

#include "base/hash.h"

namespace khien::hub::x509 {

template <auto Free>
struct Freed {
  template <class T>
  void operator()(T* it) const { Free(it); }
};
using Key = std::unique_ptr<EVP_PKEY, Freed<&EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freed<&X509_free>>;
using Asked = std::unique_ptr<X509_REQ, Freed<&X509_REQ_free>>;  // PKCS #10
using Bio = std::unique_ptr<BIO, Freed<&BIO_free_all>>;
using Number = std::unique_ptr<BIGNUM, Freed<&BN_free>>;
using Extension = std::unique_ptr<X509_EXTENSION, Freed<&X509_EXTENSION_free>>;

inline constexpr std::size_t kSerialBytes = 16;
inline constexpr long kDaySeconds = 86'400;

[[nodiscard]] inline std::string text_of(BIO* bio) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio, &data);
  return {data, static_cast<std::size_t>(size)};
}
[[nodiscard]] inline Bio writing() { return Bio(::BIO_new(::BIO_s_mem())); }
[[nodiscard]] inline Bio reading(const std::string& text) {
  return Bio(::BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}
[[nodiscard]] inline Certificate read_pem(const std::string& text) {
  return Certificate(::PEM_read_bio_X509(reading(text).get(), nullptr, nullptr, nullptr));
}
// One certificate at least, as text; "" is good too: those of the system are meant.
[[nodiscard]] inline bool may_be_authorities(const std::string& text) {
  return text.empty() || read_pem(text) != nullptr;
}
[[nodiscard]] inline bool write_pem(BIO* to, EVP_PKEY* key) {
  return ::PEM_write_bio_PrivateKey(to, key, nullptr, nullptr, 0, nullptr, nullptr) == 1;
}
// SHA-256 of the certificate, 32 bytes; "" when it has none.
[[nodiscard]] inline std::string sum_of(const X509* certificate) {
  unsigned char sum[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  if (::X509_digest(certificate, ::EVP_sha256(), sum, &size) != 1) return "";
  return {reinterpret_cast<const char*>(sum), size};
}

// Version, number, name, key; good from yesterday for `days`.
[[nodiscard]] inline bool begin(X509* to, EVP_PKEY* key, const std::string& name,
                                std::int64_t now_ms, long days) {
  const std::time_t now = now_ms / 1000;
  const auto* common = reinterpret_cast<const unsigned char*>(name.c_str());
  const auto bytes = random_bytes(kSerialBytes);
  if (!bytes) return false;
  const Number serial(::BN_bin2bn(reinterpret_cast<const unsigned char*>(bytes->data()),
                                  kSerialBytes, nullptr));
  return serial && ::X509_set_version(to, 2) == 1 &&
         ::BN_to_ASN1_INTEGER(serial.get(), ::X509_get_serialNumber(to)) != nullptr &&
         ::ASN1_TIME_set(::X509_getm_notBefore(to), now - kDaySeconds) != nullptr &&
         ::ASN1_TIME_set(::X509_getm_notAfter(to), now + days * kDaySeconds) != nullptr &&
         ::X509_NAME_add_entry_by_txt(::X509_get_subject_name(to), "CN", MBSTRING_UTF8, common, -1,
                                      -1, 0) == 1 &&
         ::X509_set_pubkey(to, key) == 1;
}
// `by`: the certificate of who signs.
[[nodiscard]] inline bool extend(X509* to, X509* by, int kind, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, by, to, nullptr, nullptr, 0);
  const Extension made(::X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str()));
  return made && ::X509_add_ext(to, made.get(), -1) == 1;
}

}  // namespace khien::hub::x509
