// Signatures by certificates made here: what each certificate shows, and time stamps.
#include "engine/signature/cms.h"

#include <gtest/gtest.h>
#include <openssl/cms.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/ts.h>
#include <openssl/x509v3.h>

#include <functional>

#include "base/calendar.h"

namespace khien::signature {
namespace {

using Names = std::vector<std::string>;

struct Key {
  EVP_PKEY* key = nullptr;
  X509* cert = nullptr;
  explicit Key(int bits) : key(EVP_RSA_gen(static_cast<unsigned>(bits))), cert(X509_new()) {}
  Key(const Key&) = delete;
  Key& operator=(const Key&) = delete;
  ~Key() {
    X509_free(cert);
    EVP_PKEY_free(key);
  }
};

void extend(X509* cert, int nid, const char* value) {
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, nullptr, nid, value);
  X509_add_ext(cert, extension, -1);
  X509_EXTENSION_free(extension);
}

// A certificate for `subject` that names `issuer` and is signed by `by`.
void certify(Key& own, const char* subject, const char* issuer, const Key& by, const char* usage,
             const char* purposes) {
  X509_set_version(own.cert, 2);
  static long serial = 70;
  ASN1_INTEGER_set(X509_get_serialNumber(own.cert), ++serial);
  X509_gmtime_adj(X509_getm_notBefore(own.cert), -86400);
  X509_gmtime_adj(X509_getm_notAfter(own.cert), 86400);
  X509_set_pubkey(own.cert, own.key);
  const auto name = [](X509_NAME* to, const char* text) {
    X509_NAME_add_entry_by_txt(to, "CN", MBSTRING_UTF8,
                               reinterpret_cast<const unsigned char*>(text), -1, -1, 0);
  };
  name(X509_get_subject_name(own.cert), subject);
  name(X509_get_issuer_name(own.cert), issuer);
  if (usage != nullptr) extend(own.cert, NID_key_usage, usage);
  if (purposes != nullptr) extend(own.cert, NID_ext_key_usage, purposes);
  X509_sign(own.cert, by.key, EVP_sha256());
}

std::string der_of(CMS_ContentInfo* cms) {
  unsigned char* der = nullptr;
  const int size = i2d_CMS_ContentInfo(cms, &der);
  std::string out(reinterpret_cast<char*>(der), static_cast<std::size_t>(size));
  OPENSSL_free(der);
  return out;
}

// An RFC 3161 token over the SHA-256 of `bytes`, for noon of 20 November 2026.
std::string token_over(const std::string& bytes, const Key& by) {
  TS_TST_INFO* info = TS_TST_INFO_new();
  TS_TST_INFO_set_version(info, 1);
  ASN1_OBJECT* policy = OBJ_txt2obj("1.2.3.4", 1);
  TS_TST_INFO_set_policy_id(info, policy);
  TS_MSG_IMPRINT* imprint = TS_MSG_IMPRINT_new();
  X509_ALGOR* algorithm = X509_ALGOR_new();
  X509_ALGOR_set_md(algorithm, EVP_sha256());
  TS_MSG_IMPRINT_set_algo(imprint, algorithm);
  unsigned char digest[32];
  EVP_Digest(bytes.data(), bytes.size(), digest, nullptr, EVP_sha256(), nullptr);
  TS_MSG_IMPRINT_set_msg(imprint, digest, sizeof digest);
  TS_TST_INFO_set_msg_imprint(info, imprint);
  ASN1_INTEGER* serial = ASN1_INTEGER_new();
  ASN1_INTEGER_set(serial, 5);
  TS_TST_INFO_set_serial(info, serial);
  ASN1_GENERALIZEDTIME* time = ASN1_GENERALIZEDTIME_new();
  ASN1_GENERALIZEDTIME_set_string(time, "20261120050000Z");
  TS_TST_INFO_set_time(info, time);
  unsigned char* der = nullptr;
  const int size = i2d_TS_TST_INFO(info, &der);
  BIO* data = BIO_new_mem_buf(der, size);
  CMS_ContentInfo* cms = CMS_sign(by.cert, by.key, nullptr, nullptr, CMS_PARTIAL | CMS_BINARY);
  CMS_set1_eContentType(cms, OBJ_nid2obj(NID_id_smime_ct_TSTInfo));
  CMS_final(cms, data, nullptr, CMS_BINARY);
  std::string out = der_of(cms);
  CMS_ContentInfo_free(cms);
  BIO_free(data);
  OPENSSL_free(der);
  ASN1_OBJECT_free(policy);
  TS_MSG_IMPRINT_free(imprint);
  X509_ALGOR_free(algorithm);
  ASN1_INTEGER_free(serial);
  ASN1_GENERALIZEDTIME_free(time);
  TS_TST_INFO_free(info);
  return out;
}

const std::string kSigned = "the bytes of a paper";

// `stamp` is given the value of the signature and returns the token to put beside it.
std::string signed_by(const Key& key, const Key* beside = nullptr,
                      const std::function<std::string(const std::string&)>& stamp = nullptr) {
  BIO* data = BIO_new_mem_buf(kSigned.data(), static_cast<int>(kSigned.size()));
  CMS_ContentInfo* cms = CMS_sign(key.cert, key.key, nullptr, data, CMS_DETACHED | CMS_BINARY);
  if (beside != nullptr) CMS_add1_cert(cms, beside->cert);
  if (stamp) {
    CMS_SignerInfo* signer = sk_CMS_SignerInfo_value(CMS_get0_SignerInfos(cms), 0);
    const ASN1_OCTET_STRING* value = CMS_SignerInfo_get0_signature(signer);
    const std::string token = stamp({reinterpret_cast<const char*>(ASN1_STRING_get0_data(value)),
                                     static_cast<std::size_t>(ASN1_STRING_length(value))});
    CMS_unsigned_add1_attr_by_txt(signer, "1.2.840.113549.1.9.16.2.14", V_ASN1_SEQUENCE,
                                  token.data(), static_cast<int>(token.size()));
  }
  std::string out = der_of(cms);
  CMS_ContentInfo_free(cms);
  BIO_free(data);
  return out;
}

Names problems_of(const std::string& der) {
  const CmsAnswer answer = check_cms(der, {kSigned}, "adbe.pkcs7.detached");
  EXPECT_TRUE(answer.intact.value_or(false)) << answer.reason;
  return answer.problems;
}

class CmsCertificates : public ::testing::Test {
 protected:
  void SetUp() override {
    certify(authority_, "CA", "CA", authority_, "keyCertSign,cRLSign", nullptr);
  }
  Names of(const char* usage, const char* purposes, int bits = 2048) {
    Key key(bits);
    certify(key, "An", "CA", authority_, usage, purposes);
    return problems_of(signed_by(key, &authority_));
  }
  Key authority_{2048};
};

TEST_F(CmsCertificates, OneForPapersShowsNothingWrong) {
  EXPECT_EQ(of("digitalSignature,nonRepudiation", "emailProtection,clientAuth"), Names());
  EXPECT_EQ(of("nonRepudiation", nullptr), Names());
  EXPECT_EQ(of(nullptr, "1.3.6.1.5.5.7.3.36"), Names());
}

TEST_F(CmsCertificates, OtherPurposesShortKeysAndOwnSignaturesAreNamed) {
  EXPECT_EQ(of("digitalSignature", "serverAuth"), Names({"wrong_usage"}));
  EXPECT_EQ(of("digitalSignature", "codeSigning"), Names({"wrong_usage"}));
  EXPECT_EQ(of("keyEncipherment", nullptr), Names({"wrong_usage"}));
  EXPECT_EQ(of("digitalSignature", nullptr, 1024), Names({"weak_key"}));
  EXPECT_EQ(problems_of(signed_by(authority_)), Names({"self_signed", "wrong_usage"}));
}

TEST_F(CmsCertificates, AnIssuerInNameOnlyIsABrokenChain) {
  Key key(2048);
  const Key stranger(2048);
  certify(key, "An", "CA", stranger, nullptr, nullptr);
  EXPECT_EQ(problems_of(signed_by(key, &authority_)), Names({"chain_broken"}));
  EXPECT_EQ(problems_of(signed_by(key)), Names());  // the issuer is not there: not known
}

TEST_F(CmsCertificates, AStampOverTheValueProvesTheTimeAndAnotherDoesNot) {
  Key key(2048);
  Key stamper(2048);
  certify(key, "An", "CA", authority_, nullptr, nullptr);
  certify(stamper, "TSA", "CA", authority_, nullptr, "critical,timeStamping");
  const auto stamped = [&](const std::function<std::string(const std::string&)>& stamp) {
    return check_cms(signed_by(key, nullptr, stamp), {kSigned}, "adbe.pkcs7.detached").stamped_ms;
  };
  EXPECT_EQ(stamped([&](const std::string& value) { return token_over(value, stamper); }),
            start_of_day_ms({2026, 11, 20}) + 12 * 3'600'000);
  EXPECT_EQ(stamped([&](const std::string&) { return token_over("else", stamper); }),
            std::nullopt);
  EXPECT_EQ(stamped(nullptr), std::nullopt);
}

}  // namespace
}  // namespace khien::signature
