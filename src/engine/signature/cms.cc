// OpenSSL does the cryptography; here only handles, names and dates.
#include "engine/signature/cms.h"

#include <openssl/bio.h>
#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/ts.h>
#include <openssl/x509.h>

#include <memory>

#include "base/text.h"
#include "engine/signature/revocation_list.h"
#include "format/dates.h"

namespace khien::signature {
namespace {

template <auto F>
struct Free {
  template <class T>
  void operator()(T* p) const { F(p); }
};
void free_certs(STACK_OF(X509)* s) { sk_X509_pop_free(s, X509_free); }
void free_crls(STACK_OF(X509_CRL)* s) { sk_X509_CRL_pop_free(s, X509_CRL_free); }
using Bio = std::unique_ptr<BIO, Free<BIO_free_all>>;
using Cms = std::unique_ptr<CMS_ContentInfo, Free<CMS_ContentInfo_free>>;
using Certs = std::unique_ptr<STACK_OF(X509), Free<free_certs>>;
using Crls = std::unique_ptr<STACK_OF(X509_CRL), Free<free_crls>>;
using Oid = std::unique_ptr<ASN1_OBJECT, Free<ASN1_OBJECT_free>>;
using Stamp = std::unique_ptr<TS_TST_INFO, Free<TS_TST_INFO_free>>;
using Digest = std::unique_ptr<EVP_MD_CTX, Free<EVP_MD_CTX_free>>;

constexpr const char* kArchive = "1.2.840.113583.1.1.8";          // Adobe: revocation data
constexpr const char* kTimeStamp = "1.2.840.113549.1.9.16.2.14";  // RFC 3161, appendix A
constexpr unsigned kNoChain = CMS_NO_SIGNER_CERT_VERIFY | CMS_BINARY;

std::string name_part(const X509_NAME* name) {
  for (const int nid : {NID_commonName, NID_organizationName}) {
    const int at = X509_NAME_get_index_by_NID(name, nid, -1);
    if (at < 0) continue;
    unsigned char* utf8 = nullptr;
    const int size =
        ASN1_STRING_to_UTF8(&utf8, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, at)));
    if (size < 0) continue;
    std::string out(reinterpret_cast<char*>(utf8), static_cast<std::size_t>(size));
    OPENSSL_free(utf8);
    if (is_valid_utf8(out)) return shorten(squeeze(nfc(out)), 200);
  }
  return "";
}

void read_certificate(const X509* cert, CmsAnswer& out) {
  out.signer = name_part(X509_get_subject_name(cert));
  out.issuer = name_part(X509_get_issuer_name(cert));
  out.valid_from_ms = asn1_ms(X509_get0_notBefore(cert));
  out.valid_to_ms = asn1_ms(X509_get0_notAfter(cert));
  out.issuer_id = issuer_id(X509_get_issuer_name(cert));
  out.serial = serial_text(X509_get0_serialNumber(cert));
}

// The DER of an attribute's first value; "" for none.
std::string attribute_of(CMS_SignerInfo* signer, const char* oid, bool is_signed) {
  const Oid object(OBJ_txt2obj(oid, 1));
  const int at = is_signed ? CMS_signed_get_attr_by_OBJ(signer, object.get(), -1)
                           : CMS_unsigned_get_attr_by_OBJ(signer, object.get(), -1);
  if (at < 0) return "";
  X509_ATTRIBUTE* attribute =
      is_signed ? CMS_signed_get_attr(signer, at) : CMS_unsigned_get_attr(signer, at);
  const ASN1_TYPE* value = X509_ATTRIBUTE_get0_type(attribute, 0);
  if (value == nullptr || value->type != V_ASN1_SEQUENCE) return "";
  return {reinterpret_cast<const char*>(value->value.sequence->data),
          static_cast<std::size_t>(value->value.sequence->length)};
}

bool weak_digest(const std::string& name, std::string_view sub_filter) {
  return name == "SHA1" || name == "MD5" || name == "RSA-SHA1" || name == "MD4" ||
         name == "MD2" || sub_filter == "adbe.pkcs7.sha1";
}

// What the certificate of the first signer and the evidence say.
void look_at_certificate(CMS_ContentInfo* cms, std::string_view sub_filter, Evidence evidence,
                         CmsAnswer& out) {
  CMS_SignerInfo* signer = sk_CMS_SignerInfo_value(CMS_get0_SignerInfos(cms), 0);
  const Certs certs(CMS_get1_certs(cms));
  const Crls crls(CMS_get1_crls(cms));
  for (int i = 0; crls != nullptr && i < sk_X509_CRL_num(crls.get()); ++i) {
    unsigned char* der = nullptr;
    const int size = i2d_X509_CRL(sk_X509_CRL_value(crls.get(), i), &der);
    if (size <= 0) continue;
    evidence.crls.emplace_back(reinterpret_cast<char*>(der), static_cast<std::size_t>(size));
    OPENSSL_free(der);
  }
  add_archived(attribute_of(signer, kArchive, true), evidence);
  for (int i = 0; certs != nullptr && i < sk_X509_num(certs.get()); ++i) {
    X509* cert = sk_X509_value(certs.get(), i);
    if (CMS_SignerInfo_cert_cmp(signer, cert) != 0) continue;
    out.problems = certificate_problems(cert, certs.get(), sub_filter == "ETSI.RFC3161");
    const Revocation known = revocation_of(cert, certs.get(), evidence);
    out.good_until_ms = known.good_until_ms;
    if (known.revoked) out.problems.emplace_back("revoked");
    break;
  }
  if (weak_digest(out.digest, sub_filter)) out.problems.emplace_back("weak_digest");
}

// The first signer; false: none, or its certificate is not in the signature.
bool read_signer(CMS_ContentInfo* cms, CmsAnswer& out) {
  const auto* signers = CMS_get0_SignerInfos(cms);
  if (signers == nullptr || sk_CMS_SignerInfo_num(signers) < 1) return false;
  CMS_SignerInfo* signer = sk_CMS_SignerInfo_value(signers, 0);
  X509_ALGOR* digest = nullptr;
  CMS_SignerInfo_get0_algs(signer, nullptr, nullptr, &digest, nullptr);
  if (digest != nullptr) {
    const ASN1_OBJECT* name = nullptr;
    X509_ALGOR_get0(&name, nullptr, nullptr, digest);
    if (const int nid = OBJ_obj2nid(name); nid != NID_undef) out.digest = OBJ_nid2sn(nid);
  }
  const int at = CMS_signed_get_attr_by_NID(signer, NID_pkcs9_signingTime, -1);
  if (at >= 0) {
    const ASN1_TYPE* value = X509_ATTRIBUTE_get0_type(CMS_signed_get_attr(signer, at), 0);
    if (value != nullptr &&
        (value->type == V_ASN1_UTCTIME || value->type == V_ASN1_GENERALIZEDTIME)) {
      out.signed_ms = asn1_ms(value->value.utctime);
    }
  }
  const Certs certs(CMS_get1_certs(cms));
  const int count = certs == nullptr ? 0 : sk_X509_num(certs.get());
  for (int i = 0; i < count; ++i) {
    X509* cert = sk_X509_value(certs.get(), i);
    if (CMS_SignerInfo_cert_cmp(signer, cert) != 0) continue;
    read_certificate(cert, out);
    return true;
  }
  return false;
}

std::string digest_of(const EVP_MD* kind, const std::vector<std::string_view>& parts) {
  const Digest context(EVP_MD_CTX_new());
  if (kind == nullptr || EVP_DigestInit_ex(context.get(), kind, nullptr) != 1) return "";
  for (const std::string_view part : parts) {
    EVP_DigestUpdate(context.get(), part.data(), part.size());
  }
  unsigned char value[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  EVP_DigestFinal_ex(context.get(), value, &size);
  return std::string(reinterpret_cast<char*>(value), size);
}

// RFC 3161: the token's imprint is the digest of the bytes.
bool stamp_fits(std::string_view token, const std::vector<std::string_view>& parts,
                CmsAnswer& out) {
  const auto* at = reinterpret_cast<const unsigned char*>(token.data());
  const Stamp info(d2i_TS_TST_INFO(nullptr, &at, static_cast<long>(token.size())));
  if (info == nullptr) return false;
  out.signed_ms = asn1_ms(TS_TST_INFO_get_time(info.get()));
  TS_MSG_IMPRINT* imprint = TS_TST_INFO_get_msg_imprint(info.get());
  const ASN1_OBJECT* name = nullptr;
  X509_ALGOR_get0(&name, nullptr, nullptr, TS_MSG_IMPRINT_get_algo(imprint));
  const std::string own = digest_of(EVP_get_digestbyobj(name), parts);
  const ASN1_OCTET_STRING* said = TS_MSG_IMPRINT_get_msg(imprint);
  return !own.empty() &&
         own == std::string_view(reinterpret_cast<const char*>(ASN1_STRING_get0_data(said)),
                                 static_cast<std::size_t>(ASN1_STRING_length(said)));
}

bool verify(CMS_ContentInfo* cms, const std::vector<std::string_view>& parts,
            std::string_view sub_filter, CmsAnswer& out) {
  const bool stamp = sub_filter == "ETSI.RFC3161";
  const bool embedded = stamp || sub_filter == "adbe.pkcs7.sha1";
  if (!embedded) {
    std::string joined;
    for (const std::string_view part : parts) joined.append(part);
    const Bio detached(BIO_new_mem_buf(joined.data(), static_cast<int>(joined.size())));
    return CMS_verify(cms, nullptr, nullptr, detached.get(), nullptr, kNoChain) == 1;
  }
  const Bio content(BIO_new(BIO_s_mem()));
  if (CMS_verify(cms, nullptr, nullptr, nullptr, content.get(), kNoChain) != 1) return false;
  char* data = nullptr;
  const long size = BIO_get_mem_data(content.get(), &data);
  const std::string_view token(data, static_cast<std::size_t>(std::max(0L, size)));
  return stamp ? stamp_fits(token, parts, out) : token == digest_of(EVP_sha1(), parts);
}

// The time stamp over the value of the signature, when it fits.
void read_stamp(CMS_ContentInfo* cms, CmsAnswer& out) {
  CMS_SignerInfo* signer = sk_CMS_SignerInfo_value(CMS_get0_SignerInfos(cms), 0);
  const std::string der = attribute_of(signer, kTimeStamp, false);
  const auto* at = reinterpret_cast<const unsigned char*>(der.data());
  const Cms token(der.empty() ? nullptr
                              : d2i_CMS_ContentInfo(nullptr, &at, static_cast<long>(der.size())));
  const ASN1_OCTET_STRING* value = CMS_SignerInfo_get0_signature(signer);
  if (token == nullptr || value == nullptr) return;
  const std::string_view bytes(reinterpret_cast<const char*>(ASN1_STRING_get0_data(value)),
                               static_cast<std::size_t>(ASN1_STRING_length(value)));
  CmsAnswer stamp;
  if (verify(token.get(), {bytes}, "ETSI.RFC3161", stamp)) out.stamped_ms = stamp.signed_ms;
}

// Did the last verification end because OpenSSL lacks an algorithm? Then nothing is known.
bool algorithm_not_read() {
  bool out = false;
  for (unsigned long code = ERR_get_error(); code != 0; code = ERR_get_error()) {
    const char* text = ERR_reason_error_string(code);
    const std::string_view reason = text == nullptr ? "" : text;
    out = out || reason.find("unsupported") != std::string_view::npos ||
          reason.find("unknown digest") != std::string_view::npos ||
          reason.find("unknown signature") != std::string_view::npos;
  }
  return out;
}

}  // namespace

CmsAnswer check_cms(std::string_view der, const std::vector<std::string_view>& parts,
                    std::string_view sub_filter, Evidence evidence) {
  CmsAnswer out;
  if (sub_filter == "adbe.x509.rsa_sha1") {  // no CMS at all
    out.problems.emplace_back("weak_digest");
    out.reason = "reason.sign.form_not_read";
    return out;
  }
  const auto* at = reinterpret_cast<const unsigned char*>(der.data());
  const Cms cms(d2i_CMS_ContentInfo(nullptr, &at, static_cast<long>(der.size())));
  if (cms == nullptr || OBJ_obj2nid(CMS_get0_type(cms.get())) != NID_pkcs7_signed) {
    ERR_clear_error();
    out.intact = false;
    out.reason = "reason.sign.value_broken";
    return out;
  }
  if (!read_signer(cms.get(), out)) {
    ERR_clear_error();
    out.reason = "reason.sign.no_certificate";
    return out;
  }
  look_at_certificate(cms.get(), sub_filter, std::move(evidence), out);
  ERR_clear_error();
  if (verify(cms.get(), parts, sub_filter, out)) out.intact = true;
  else if (algorithm_not_read()) out.reason = "reason.sign.algorithm_not_read";
  else {
    out.intact = false;
    out.reason = "reason.sign.digest_differs";
  }
  if (out.intact.value_or(false)) read_stamp(cms.get(), out);
  ERR_clear_error();
  return out;
}

}  // namespace khien::signature
