// PDFs made and signed here, with keys made here; then broken in every way that matters.
#include "collect/signed_documents/signed_documents.h"

#include <gtest/gtest.h>
#include <openssl/bio.h>
#include <openssl/cms.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include <cmath>
#include <fstream>

#include "base/file.h"
#include "base/hash.h"
#include "engine/signature/errors.h"
#include "engine/signature/pdf_ranges.h"

namespace khien {
namespace {

struct SigningKey {
  EVP_PKEY* key = nullptr;
  X509* cert = nullptr;
  SigningKey() {
    key = EVP_RSA_gen(2048);
    cert = X509_new();
    X509_set_version(cert, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(cert), 0x5404FF);
    X509_gmtime_adj(X509_getm_notBefore(cert), -86400);
    X509_gmtime_adj(X509_getm_notAfter(cert), 86400);
    X509_set_pubkey(cert, key);
    X509_NAME* name = X509_get_subject_name(cert);
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8,
                               reinterpret_cast<const unsigned char*>("Sở Mẫu tỉnh Mẫu"), -1, -1,
                               0);
    X509_set_issuer_name(cert, name);
    X509_sign(cert, key, EVP_sha256());
  }
  ~SigningKey() {
    X509_free(cert);
    EVP_PKEY_free(key);
  }
};

const SigningKey& signing_key() {
  static const SigningKey own;
  return own;
}

using Adjust = std::function<void(CMS_ContentInfo*)>;

std::string cms_over(const std::string& bytes, unsigned flags = 0, const Adjust& adjust = {}) {
  const SigningKey& own = signing_key();
  BIO* data = BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size()));
  CMS_ContentInfo* cms =
      CMS_sign(own.cert, own.key, nullptr, data, CMS_DETACHED | CMS_BINARY | flags);
  if (adjust) adjust(cms);
  unsigned char* der = nullptr;
  const int size = i2d_CMS_ContentInfo(cms, &der);
  std::string out(reinterpret_cast<char*>(der), static_cast<std::size_t>(size));
  OPENSSL_free(der);
  CMS_ContentInfo_free(cms);
  BIO_free(data);
  return out;
}

// A signature appended to `before` as an update would be.
std::string sign_pdf(const std::string& before, unsigned flags = 0,
                     const std::string& more = "", const Adjust& adjust = {}) {
  constexpr std::size_t kRoom = 8192;
  std::size_t number = 7;
  for (std::size_t at = before.find("/Type/Sig"); at != std::string::npos;
       at = before.find("/Type/Sig", at + 1)) {
    ++number;
  }
  const std::string head = before + std::to_string(number) +
                           " 0 obj\n<</Type/Sig/Filter/Adobe.PPKLite/SubFilter"
                           "/adbe.pkcs7.detached" +
                           more + "/M(D:20261120083000+07'00')/ByteRange[";
  const std::string numbers(40, ' ');
  const std::size_t gap = head.size() + numbers.size() + 11;
  const std::string tail = ">>\nendobj\n%%EOF\n";
  const std::size_t second = gap + 2 + kRoom;
  std::string range = "0 " + std::to_string(gap) + " " + std::to_string(second) + " " +
                      std::to_string(tail.size());
  range.resize(numbers.size(), ' ');
  const std::string first = head + range + "]/Contents ";
  std::string value = hex(cms_over(first + tail, flags, adjust));
  EXPECT_LE(value.size(), kRoom);
  value.resize(kRoom, '0');
  return first + "<" + value + ">" + tail;
}

Result<Node> read_pdf(const std::string& bytes) {
  const Node args;
  return signed_documents_jobs().front().run({bytes, "t.pdf", args});
}

std::vector<std::string> intact_of(const std::string& bytes) {
  const auto reply = read_pdf(bytes);
  EXPECT_TRUE(reply);
  std::vector<std::string> out;
  for (const Node& s : (*reply)["signatures"].items()) {
    out.push_back((s["intact"].is_null() ? "unknown" : s["intact"].boolean() ? "yes" : "no") +
                  std::string(s["covers_document"].boolean() ? "" : " partly"));
  }
  return out;
}

using Answers = std::vector<std::string>;

TEST(PdfSignature, TellsSignerTimeAndWholeCoverOfAnIntactSignature) {
  const auto reply = read_pdf(sign_pdf("%PDF-1.7\ntext of the paper\n"));
  ASSERT_TRUE(reply);
  ASSERT_EQ((*reply)["signatures"].items().size(), 1U);
  const Node& s = (*reply)["signatures"].items()[0];
  EXPECT_EQ(s["signer"].text(), "Sở Mẫu tỉnh Mẫu");
  EXPECT_EQ(s["serial"].text(), "5404FF");
  EXPECT_EQ(s["digest"].text(), "SHA256");
  EXPECT_TRUE(s["intact"].boolean());
  EXPECT_TRUE(s["covers_document"].boolean());
  EXPECT_FALSE(s["signed"].is_null());
}

TEST(PdfSignature, ATimeOnlyInThePdfIsReadWithItsOffset) {
  const auto reply = read_pdf(sign_pdf("%PDF-1.7\n", CMS_NOATTR));
  ASSERT_TRUE(reply);
  EXPECT_EQ((*reply)["signatures"].items()[0]["signed"].integer(), 1795138200000);
}

TEST(PdfSignature, OneByteChangedBreaksIt) {
  std::string pdf = sign_pdf("%PDF-1.7\ntext of the paper\n");
  pdf[12] ^= 1;
  EXPECT_EQ(intact_of(pdf), Answers({"no"}));
}

TEST(PdfSignature, TextAddedAfterwardsLeavesItIntactButNotWhole) {
  EXPECT_EQ(intact_of(sign_pdf("%PDF-1.7\n") + "9 0 obj (more) endobj"), Answers({"yes partly"}));
}

TEST(PdfSignature, TheSecondOfTwoCoversTheWhole) {
  EXPECT_EQ(intact_of(sign_pdf(sign_pdf("%PDF-1.7\n"))), Answers({"yes partly", "yes"}));
}

TEST(PdfSignature, ACutFileIsNotIntact) {
  const std::string pdf = sign_pdf("%PDF-1.7\n");
  EXPECT_EQ(intact_of(pdf.substr(0, pdf.size() - 5)), Answers({"no partly"}));
}

TEST(PdfSignature, AValueThatIsNoCmsIsNotIntact) {
  std::string pdf = sign_pdf("%PDF-1.7\n");
  pdf.replace(pdf.find("Contents <") + 10, 8, "00000000");
  EXPECT_EQ(intact_of(pdf), Answers({"no"}));
}

TEST(PdfSignature, WithoutACertificateNothingIsKnown) {
  EXPECT_EQ(intact_of(sign_pdf("%PDF-1.7\n", CMS_NOCERTS)), Answers({"unknown"}));
}

TEST(PdfSignature, HostileRangesAreDamagedSignaturesOrNotIntact) {
  for (const char* range : {"[0 99999999999999999999 1 1]", "[0 1 2]", "[", "[-1 2 3 4]",
                            "[0 0 5 5]", "[0 ********** 1 1]"}) {
    const std::string pdf = "%PDF-1.7\n1 0 obj<</ByteRange" + std::string(range) + ">>";
    EXPECT_EQ(intact_of(pdf), Answers({"no partly"})) << range;
    const auto reply = read_pdf(pdf);
    EXPECT_EQ((*reply)["signatures"].items()[0]["reason"].text(), "reason.sign.range_damaged");
  }
  EXPECT_EQ(intact_of("%PDF-1.7\n1 0 obj (tell of /ByteRange and /SubFilter) endobj"), Answers());
  EXPECT_EQ(intact_of("%PDF-1.7\n1 0 obj<</SubFilter/adbe.pkcs7.detached/ByteRonge[0 1 2 3]"
                      "/Contents<00>>> endobj"), Answers({"no partly"}));
  for (const char* range : {"[0 18446744073709551615 5 5]", "[5 9 3 1]", "[0 5 900 1]",
                            "[0 5 10 18446744073709551615]"}) {
    EXPECT_EQ(intact_of("%PDF-1.7\n1 0 obj<</ByteRange" + std::string(range) + ">>"),
              Answers({"no partly"})) << range;
  }
}

// What the last signature of a document says beside "intact".
std::string told_of(const std::string& pdf) {
  const auto reply = read_pdf(pdf);
  if (!reply) return to_string(reply.error());
  std::string out;
  for (const Node& s : (*reply)["signatures"].items()) {
    out += (out.empty() ? "" : "; ") + s["later"].text();
    for (const std::string& problem : s["problems"].texts()) out += " " + problem;
  }
  return out;
}

TEST(PdfSignature, WhatCameAfterASignatureIsTold) {
  const std::string paper = "%PDF-1.7\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n"
                            "2 0 obj <</Type/Pages/Kids[]>> endobj\n";
  EXPECT_EQ(told_of(sign_pdf(paper)), "none self_signed");
  EXPECT_EQ(told_of(sign_pdf(sign_pdf(paper))), "signing self_signed; none self_signed");
  EXPECT_EQ(told_of(sign_pdf(sign_pdf(paper) + "2 0 obj <</Type/Pages/Kids[9 0 R]>> endobj\n")),
            "changed self_signed; none self_signed");
}

TEST(PdfSignature, ACertifyingSignatureAllowsWhatItSays) {
  const std::string paper = "%PDF-1.7\n";
  const auto certified = [&](const char* p) {
    return "/Reference[<</TransformMethod/DocMDP/TransformParams<</P " + std::string(p) + ">>>>]";
  };
  EXPECT_EQ(told_of(sign_pdf(sign_pdf(paper, 0, certified("1")))),
            "signing self_signed docmdp_broken; none self_signed");
  EXPECT_EQ(told_of(sign_pdf(sign_pdf(paper, 0, certified("2")))),
            "signing self_signed; none self_signed");
  EXPECT_EQ(told_of(sign_pdf(paper, 0, certified("2")) + "junk"),
            "unknown self_signed docmdp_broken");
}

TEST(PdfSignature, TwoHundredSignaturesAreReadAndOneMoreIsRefused) {
  std::string pdf = "%PDF-1.7\n";
  for (std::size_t i = 1; i <= signature::kSignatures; ++i) {
    pdf += "/ByteRange[0 " + std::to_string(i) + " 1000 1]\n";
  }
  EXPECT_EQ(intact_of(pdf).size(), signature::kSignatures);
  const auto more = read_pdf(pdf + "/ByteRange[0 999 1000 1]\n");
  ASSERT_FALSE(more);
  EXPECT_EQ(more.error().code, err::signature_count);
}

struct DropList {
  void operator()(X509_CRL* p) const { X509_CRL_free(p); }
};
using OwnList = std::unique_ptr<X509_CRL, DropList>;

// A list by the key of the signing certificate, which is its own issuer here; made now, or that
// many days ago, and of no use after `days_good` more.
OwnList list_of(X509* issuer, EVP_PKEY* key, long serial, long days_ago = 0, long days_good = 0) {
  OwnList crl(X509_CRL_new());
  X509_CRL_set_version(crl.get(), 1);
  X509_CRL_set_issuer_name(crl.get(), X509_get_subject_name(issuer));
  ASN1_TIME* made = X509_gmtime_adj(nullptr, -days_ago * 86400);
  X509_CRL_set1_lastUpdate(crl.get(), made);
  if (days_good > 0) {
    ASN1_TIME* next = X509_gmtime_adj(nullptr, (days_good - days_ago) * 86400);
    X509_CRL_set1_nextUpdate(crl.get(), next);
    ASN1_TIME_free(next);
  }
  X509_REVOKED* entry = X509_REVOKED_new();
  ASN1_INTEGER* number = ASN1_INTEGER_new();
  ASN1_INTEGER_set(number, serial);
  X509_REVOKED_set_serialNumber(entry, number);
  X509_REVOKED_set_revocationDate(entry, made);
  X509_CRL_add0_revoked(crl.get(), entry);
  X509_CRL_sign(crl.get(), key, EVP_sha256());
  ASN1_INTEGER_free(number);
  ASN1_TIME_free(made);
  return crl;
}

std::string crl_of(X509* issuer, EVP_PKEY* key, long serial, long days_ago = 0,
                   long days_good = 0) {
  const OwnList crl = list_of(issuer, key, serial, days_ago, days_good);
  unsigned char* der = nullptr;
  const int size = i2d_X509_CRL(crl.get(), &der);
  std::string out(reinterpret_cast<char*>(der), static_cast<std::size_t>(size));
  OPENSSL_free(der);
  return out;
}

Row row_beside(const std::string& pdf, const std::string& crl) {
  auto temp = TempFolder::make();
  EXPECT_TRUE(write_file(temp->path() / "a.pdf", pdf));
  if (!crl.empty()) {
    EXPECT_TRUE(write_file(temp->path() / "ds.CRL", crl));
  }
  WorkerPool pool(signed_documents_jobs());
  const auto read = collect_signed_documents(temp->path(), "vb", pool);
  const TableFacts& facts = read->tables.at("document_signature");
  Row out = facts.rows.at(0);
  out["status"] = std::string(facts.status == TableFacts::Status::complete ? "" : " partial");
  return out;
}

TEST(PdfSignature, AListBesideTheDocumentsRevokesACertificate) {
  const auto problems = [](const std::string& crl) {
    const Row row = row_beside(sign_pdf("%PDF-1.7\n"), crl);
    return to_text(row.at("problems")) + to_text(row.at("status"));
  };
  const SigningKey& own = signing_key();
  EXPECT_EQ(problems(crl_of(own.cert, own.key, 0x5404FF)), "self_signed,revoked");
  EXPECT_EQ(problems(crl_of(own.cert, own.key, 7)), "self_signed");
  EXPECT_EQ(problems("no list"), "self_signed partial");
}

std::int64_t days_known(const std::string& pdf, const std::string& crl) {
  const Row row = row_beside(pdf, crl);
  const auto at = row.find("not_revoked_until_at");
  if (at == row.end()) return -1000;
  const double days = static_cast<double>(std::get<std::int64_t>(at->second) -
                                          std::get<std::int64_t>(row.at("signed_at"))) / 86'400'000;
  return std::lround(days);
}

TEST(PdfSignature, OnlyAListOfItsIssuerTellsThatACertificateIsNotRevoked) {
  constexpr std::int64_t unknown = -1000;
  const SigningKey& own = signing_key();
  const std::string pdf = sign_pdf("%PDF-1.7\n");
  EXPECT_EQ(days_known(pdf, ""), unknown);
  EXPECT_EQ(days_known(pdf, crl_of(own.cert, own.key, 7)), 0);  // no next one: until it was made
  EXPECT_EQ(days_known(pdf, crl_of(own.cert, own.key, 7, 2, 9)), 7);
  EXPECT_EQ(days_known(pdf, crl_of(own.cert, own.key, 7, 9, 2)), -7);  // of no use when it signed
  EXPECT_EQ(days_known(pdf, crl_of(own.cert, own.key, 0x5404FF, 2, 9)), unknown);
  X509* other = X509_dup(own.cert);
  const auto* name = reinterpret_cast<const unsigned char*>("Nơi cấp khác");
  X509_NAME_add_entry_by_txt(X509_get_subject_name(other), "O", MBSTRING_UTF8, name, -1, -1, 0);
  EXPECT_EQ(days_known(pdf, crl_of(other, own.key, 7, 2, 9)), unknown);
  X509_free(other);
}

// What a document brings along counts only when the issuer made it.
TEST(PdfSignature, AForgedListInTheDocumentTellsNothing) {
  const SigningKey& own = signing_key();
  const auto with_list = [&](EVP_PKEY* key) {
    return sign_pdf("%PDF-1.7\n", 0, "", [&](CMS_ContentInfo* cms) {
      const OwnList crl = list_of(own.cert, key, 7, 1, 5);
      CMS_add1_crl(cms, crl.get());
    });
  };
  EXPECT_EQ(days_known(with_list(own.key), ""), 4);
  const SigningKey forger;
  EXPECT_EQ(days_known(with_list(forger.key), ""), -1000);
}

TEST(PdfSignature, AFolderGivesARowASignatureAndARowAnUnsignedDocument) {
  auto temp = TempFolder::make();
  ASSERT_TRUE(temp);
  ASSERT_TRUE(write_file(temp->path() / "a.pdf", sign_pdf("%PDF-1.7\n")));
  ASSERT_TRUE(write_file(temp->path() / "b.PDF", "%PDF-1.7\nnothing"));
  ASSERT_TRUE(write_file(temp->path() / "c.txt", "no"));
  WorkerPool pool(signed_documents_jobs());
  const auto read = collect_signed_documents(temp->path(), "vb", pool);
  ASSERT_TRUE(read) << to_string(read.error());
  const TableFacts& facts = read->tables.at("document_signature");
  ASSERT_EQ(facts.rows.size(), 2U);
  EXPECT_EQ(to_text(facts.rows[0].at("intact")), "1");
  EXPECT_EQ(to_text(facts.rows[1].at("signed")), "0");
  EXPECT_EQ(facts.status, TableFacts::Status::complete);
  ASSERT_TRUE(write_file(temp->path() / "d.pdf", "not one"));
  const auto partly = collect_signed_documents(temp->path(), "vb", pool);
  ASSERT_TRUE(partly);
  EXPECT_EQ(partly->tables.at("document_signature").status, TableFacts::Status::partial);
  const auto none = collect_signed_documents(temp->path() / "c.txt", "vb", pool);
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, err::not_a_pdf);
}

TEST(PdfSignature, DocumentsSignedInFormsThatAreNotReadAreNamed) {
  auto temp = TempFolder::make();
  ASSERT_TRUE(temp);
  ASSERT_TRUE(write_file(temp->path() / "a.pdf", sign_pdf("%PDF-1.7\n")));
  ASSERT_TRUE(write_file(temp->path() / "du thao.docx", "PK\x03\x04 word/document.xml"));
  WorkerPool pool(signed_documents_jobs());
  std::vector<std::string> none;
  const auto whole = collect_signed_documents(temp->path(), "vb", pool, {}, &none);
  ASSERT_TRUE(whole);
  EXPECT_EQ(whole->tables.at("document_signature").status, TableFacts::Status::complete);
  EXPECT_TRUE(none.empty());
  ASSERT_TRUE(write_file(temp->path() / "cv.docx", "PK\x03\x04 _xmlsignatures/sig1.xml"));
  ASSERT_TRUE(write_file(temp->path() / "cv.pdf.p7m", "cms"));
  std::vector<std::string> otherwise;
  const auto partly = collect_signed_documents(temp->path(), "vb", pool, {}, &otherwise);
  ASSERT_TRUE(partly);
  EXPECT_EQ(partly->tables.at("document_signature").status, TableFacts::Status::partial);
  EXPECT_EQ(otherwise, (std::vector<std::string>{"cv.docx", "cv.pdf.p7m"}));
}

}  // namespace
}  // namespace khien
