#include "engine/signature/revocation_list.h"

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <memory>

#include "base/hash.h"
#include "engine/signature/errors.h"
#include "format/dates.h"

namespace khien::signature {
namespace {

constexpr int kSerialBytes = 64;

struct FreeList {
  void operator()(X509_CRL* p) const { X509_CRL_free(p); }
  void operator()(BIO* p) const { BIO_free_all(p); }
  void operator()(BIGNUM* p) const { BN_free(p); }
};
template <class T>
using Kept = std::unique_ptr<T, FreeList>;

}  // namespace

std::string serial_text(const ASN1_INTEGER* serial) {
  const Kept<BIGNUM> number(ASN1_INTEGER_to_BN(serial, nullptr));
  if (number == nullptr || BN_num_bytes(number.get()) > kSerialBytes) return "";
  char* text = BN_bn2hex(number.get());
  std::string out = text == nullptr ? "" : text;
  OPENSSL_free(text);
  return out;
}

std::string issuer_id(const X509_NAME* name) {
  unsigned char* der = nullptr;
  const int size = i2d_X509_NAME(name, &der);
  if (size <= 0) return "";
  const std::string out = sha256_hex(
      std::string_view(reinterpret_cast<char*>(der), static_cast<std::size_t>(size)));
  OPENSSL_free(der);
  return out;
}

std::optional<std::int64_t> good_until(const X509_CRL* crl) {
  const ASN1_TIME* next = X509_CRL_get0_nextUpdate(crl);
  return asn1_ms(next != nullptr ? next : X509_CRL_get0_lastUpdate(crl));
}

Result<RevocationList> read_crl(std::string_view bytes, const std::string& place) {
  Kept<X509_CRL> crl;
  if (bytes.find("-----BEGIN X509 CRL-----") != std::string_view::npos) {
    const Kept<BIO> in(BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size())));
    crl.reset(PEM_read_bio_X509_CRL(in.get(), nullptr, nullptr, nullptr));
  } else {
    const auto* at = reinterpret_cast<const unsigned char*>(bytes.data());
    crl.reset(d2i_X509_CRL(nullptr, &at, static_cast<long>(bytes.size())));
  }
  ERR_clear_error();
  if (crl == nullptr) return fail(err::crl_broken, place);
  RevocationList out;
  out.issuer = issuer_id(X509_CRL_get_issuer(crl.get()));
  out.good_until_ms = good_until(crl.get());
  const auto* revoked = X509_CRL_get_REVOKED(crl.get());
  const int count = revoked == nullptr ? 0 : sk_X509_REVOKED_num(revoked);
  if (count > static_cast<int>(kRevoked)) {
    return fail(err::crl_count, place, {{"limit", std::to_string(kRevoked)}});
  }
  for (int i = 0; i < count; ++i) {
    out.serials.push_back(
        serial_text(X509_REVOKED_get0_serialNumber(sk_X509_REVOKED_value(revoked, i))));
  }
  return out;
}

}  // namespace khien::signature
