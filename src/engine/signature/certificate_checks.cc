#include "engine/signature/certificate_checks.h"

#include <openssl/asn1.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/ocsp.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <cstdint>
#include <memory>

#include "engine/signature/revocation_list.h"
#include "format/dates.h"

namespace khien::signature {
namespace {

constexpr int kRsaBits = 2048, kCurveBits = 224;
constexpr int kAnswers = 1000;  // of one OCSP response

template <auto F>
struct Freed {
  template <class T>
  void operator()(T* p) const { F(p); }
};
using Crl = std::unique_ptr<X509_CRL, Freed<X509_CRL_free>>;
using Response = std::unique_ptr<OCSP_RESPONSE, Freed<OCSP_RESPONSE_free>>;
using Basic = std::unique_ptr<OCSP_BASICRESP, Freed<OCSP_BASICRESP_free>>;
using Store = std::unique_ptr<X509_STORE, Freed<X509_STORE_free>>;
using Usages = std::unique_ptr<EXTENDED_KEY_USAGE, Freed<EXTENDED_KEY_USAGE_free>>;

// Purposes under which papers are signed: mail, clients, documents (RFC 9336, Microsoft, Adobe).
bool for_papers(const ASN1_OBJECT* purpose) {
  switch (OBJ_obj2nid(purpose)) {
    case NID_email_protect: case NID_client_auth: case NID_anyExtendedKeyUsage:
    case NID_ms_smartcard_login: return true;
    default: break;
  }
  char text[80] = {};
  OBJ_obj2txt(text, sizeof text, purpose, 1);
  const std::string_view oid = text;
  return oid == "1.3.6.1.5.5.7.3.36" || oid == "1.3.6.1.4.1.311.10.3.12" ||
         oid == "1.2.840.113583.1.1.5";
}

bool wrong_usage(X509* cert, bool stamp) {
  const std::uint32_t usage = X509_get_key_usage(cert);  // all ones: not limited
  if ((usage & (KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION)) == 0) return true;
  const Usages purposes(static_cast<EXTENDED_KEY_USAGE*>(
      X509_get_ext_d2i(cert, NID_ext_key_usage, nullptr, nullptr)));
  if (purposes == nullptr) return stamp;
  for (int i = 0; i < sk_ASN1_OBJECT_num(purposes.get()); ++i) {
    const ASN1_OBJECT* purpose = sk_ASN1_OBJECT_value(purposes.get(), i);
    if (stamp ? OBJ_obj2nid(purpose) == NID_time_stamp : for_papers(purpose)) return false;
  }
  return true;
}

bool weak_key(X509* cert) {
  const EVP_PKEY* key = X509_get0_pubkey(cert);
  if (key == nullptr) return false;
  const int bits = EVP_PKEY_get_bits(key);
  const int kind = EVP_PKEY_get_base_id(key);
  if (kind == EVP_PKEY_RSA || kind == EVP_PKEY_RSA_PSS || kind == EVP_PKEY_DSA) {
    return bits < kRsaBits;
  }
  return kind == EVP_PKEY_EC && bits < kCurveBits;
}

// One after the other the DER values inside `text`.
template <class Use>
void each_value(std::string_view text, Use use) {
  while (!text.empty()) {
    const auto* begin = reinterpret_cast<const unsigned char*>(text.data());
    const auto* at = begin;
    long size = 0;
    int tag = 0;
    int kind = 0;
    if ((ASN1_get_object(&at, &size, &tag, &kind, static_cast<long>(text.size())) & 0x80) != 0) {
      return;
    }
    const auto head = static_cast<std::size_t>(at - begin);
    const auto all = head + static_cast<std::size_t>(size);
    if (all > text.size()) return;
    use(tag, text.substr(0, all), text.substr(head, all - head));
    text.remove_prefix(all);
  }
}

// The certificate beside `cert` that signed it; nullptr: none.
X509* issuer_of(X509* cert, const STACK_OF(X509) * beside) {
  for (int i = 0; beside != nullptr && i < sk_X509_num(beside); ++i) {
    X509* one = sk_X509_value(beside, i);
    if (X509_NAME_cmp(X509_get_subject_name(one), X509_get_issuer_name(cert)) == 0 &&
        X509_verify(cert, X509_get0_pubkey(one)) == 1) {
      return one;
    }
  }
  return nullptr;
}

void keep_later(std::optional<std::int64_t>& kept, std::optional<std::int64_t> one) {
  if (one) kept = std::max(kept.value_or(*one), *one);
}

void look_in_crl(X509* cert, X509* issuer, const std::string& der, Revocation& out) {
  const auto* at = reinterpret_cast<const unsigned char*>(der.data());
  const Crl crl(d2i_X509_CRL(nullptr, &at, static_cast<long>(der.size())));
  if (crl == nullptr ||
      X509_NAME_cmp(X509_CRL_get_issuer(crl.get()), X509_get_issuer_name(cert)) != 0) {
    return;
  }
  X509_REVOKED* entry = nullptr;
  if (X509_CRL_get0_by_cert(crl.get(), &entry, cert) == 1) out.revoked = true;
  if (issuer == nullptr || X509_CRL_verify(crl.get(), X509_get0_pubkey(issuer)) != 1) return;
  keep_later(out.good_until_ms, good_until(crl.get()));
}

// Signed by the issuer, or by whom the issuer lets answer (RFC 6960 4.2.2.2).
bool issuer_answers(OCSP_BASICRESP* basic, X509* issuer, STACK_OF(X509) * beside) {
  const Store store(issuer == nullptr ? nullptr : X509_STORE_new());
  if (store == nullptr || X509_STORE_add_cert(store.get(), issuer) != 1) return false;
  X509_STORE_set_flags(store.get(), X509_V_FLAG_PARTIAL_CHAIN | X509_V_FLAG_NO_CHECK_TIME);
  return OCSP_basic_verify(basic, beside, store.get(), 0) == 1;
}

void look_in_ocsp(X509* cert, X509* issuer, STACK_OF(X509) * beside, const std::string& der,
                  Revocation& out) {
  const auto* at = reinterpret_cast<const unsigned char*>(der.data());
  const Response response(d2i_OCSP_RESPONSE(nullptr, &at, static_cast<long>(der.size())));
  const Basic basic(response == nullptr ? nullptr : OCSP_response_get1_basic(response.get()));
  const int count = basic == nullptr ? 0 : std::min(OCSP_resp_count(basic.get()), kAnswers);
  for (int i = 0; i < count; ++i) {
    OCSP_SINGLERESP* one = OCSP_resp_get0(basic.get(), i);
    ASN1_INTEGER* serial = nullptr;
    OCSP_id_get0_info(nullptr, nullptr, nullptr, &serial,
                      const_cast<OCSP_CERTID*>(OCSP_SINGLERESP_get0_id(one)));
    if (serial == nullptr || ASN1_INTEGER_cmp(serial, X509_get0_serialNumber(cert)) != 0) continue;
    ASN1_GENERALIZEDTIME* made = nullptr;
    ASN1_GENERALIZEDTIME* next = nullptr;
    const int status = OCSP_single_get0_status(one, nullptr, nullptr, &made, &next);
    if (status == V_OCSP_CERTSTATUS_REVOKED) out.revoked = true;
    if (status != V_OCSP_CERTSTATUS_GOOD || !issuer_answers(basic.get(), issuer, beside)) continue;
    keep_later(out.good_until_ms, asn1_ms(next != nullptr ? next : made));
  }
}

}  // namespace

std::vector<std::string> certificate_problems(X509* cert, const STACK_OF(X509) * beside,
                                              bool stamp) {
  std::vector<std::string> out;
  const bool own = X509_NAME_cmp(X509_get_subject_name(cert), X509_get_issuer_name(cert)) == 0;
  if (own && X509_self_signed(cert, 1) == 1) out.emplace_back("self_signed");
  if (wrong_usage(cert, stamp)) out.emplace_back("wrong_usage");
  if (weak_key(cert)) out.emplace_back("weak_key");
  bool named = false;
  bool signed_by_it = false;
  for (int i = 0; !own && beside != nullptr && i < sk_X509_num(beside); ++i) {
    X509* issuer = sk_X509_value(beside, i);
    if (X509_NAME_cmp(X509_get_subject_name(issuer), X509_get_issuer_name(cert)) != 0) continue;
    named = true;
    signed_by_it = signed_by_it || X509_verify(cert, X509_get0_pubkey(issuer)) == 1;
  }
  if (named && !signed_by_it) out.emplace_back("chain_broken");
  ERR_clear_error();
  return out;
}

Revocation revocation_of(X509* cert, STACK_OF(X509) * beside, const Evidence& evidence) {
  Revocation out;
  X509* issuer = issuer_of(cert, beside);
  for (const std::string& der : evidence.crls) look_in_crl(cert, issuer, der, out);
  for (const std::string& der : evidence.ocsps) look_in_ocsp(cert, issuer, beside, der, out);
  if (out.revoked) out.good_until_ms.reset();
  ERR_clear_error();
  return out;
}

void add_archived(std::string_view attribute_der, Evidence& out) {
  each_value(attribute_der, [&](int, std::string_view, std::string_view archive) {
    each_value(archive, [&](int tag, std::string_view, std::string_view list) {
      each_value(list, [&](int, std::string_view, std::string_view items) {
        each_value(items, [&](int, std::string_view whole, std::string_view) {
          if (tag == 0) out.crls.emplace_back(whole);
          if (tag == 1) out.ocsps.emplace_back(whole);
        });
      });
    });
  });
}

}  // namespace khien::signature
