#include "hub/access/certificate.h"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <netdb.h>
#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <unistd.h>

#include <memory>

#include <fmt/format.h>

#include "base/calendar.h"
#include "base/errors.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/limits.h"
#include "hub/errors.h"

namespace khien::hub {
namespace {

constexpr std::size_t kSerialBytes = 16;
constexpr std::size_t kHostBytes = 256;
constexpr long kDaySeconds = 86'400;

template <auto Free>
struct Freed {
  template <class T>
  void operator()(T* it) const { Free(it); }
};
using Key = std::unique_ptr<EVP_PKEY, Freed<&EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freed<&X509_free>>;
using Bio = std::unique_ptr<BIO, Freed<&BIO_free_all>>;
using Number = std::unique_ptr<BIGNUM, Freed<&BN_free>>;
using Extension = std::unique_ptr<X509_EXTENSION, Freed<&X509_EXTENSION_free>>;

bool is_address(const std::string& name) {
  unsigned char bytes[sizeof(in6_addr)];
  return ::inet_pton(AF_INET, name.c_str(), bytes) == 1 ||
         ::inet_pton(AF_INET6, name.c_str(), bytes) == 1;
}

bool add_extension(X509* to, int kind, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, to, to, nullptr, nullptr, 0);
  const Extension made(::X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str()));
  return made && ::X509_add_ext(to, made.get(), -1) == 1;
}

bool set_serial(X509* to) {
  const auto bytes = random_bytes(kSerialBytes);
  if (!bytes) return false;
  const Number number(::BN_bin2bn(reinterpret_cast<const unsigned char*>(bytes->data()),
                                  kSerialBytes, nullptr));
  return number && ::BN_to_ASN1_INTEGER(number.get(), ::X509_get_serialNumber(to)) != nullptr;
}

bool fill(X509* to, EVP_PKEY* key, const std::vector<std::string>& names, std::int64_t now_ms) {
  const std::time_t now = now_ms / 1000;
  X509_NAME* subject = ::X509_get_subject_name(to);
  const auto* common = reinterpret_cast<const unsigned char*>(names.front().c_str());
  std::string alternatives;
  for (const std::string& name : names) {
    alternatives += (alternatives.empty() ? "" : ",") +
                    std::string(is_address(name) ? "IP:" : "DNS:") + name;
  }
  return ::X509_set_version(to, 2) == 1 && set_serial(to) &&
         ::ASN1_TIME_set(::X509_getm_notBefore(to), now - kDaySeconds) != nullptr &&
         ::ASN1_TIME_set(::X509_getm_notAfter(to),
                         now + kOwnCertificateDays * kDaySeconds) != nullptr &&
         ::X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, common, -1, -1, 0) == 1 &&
         ::X509_set_issuer_name(to, subject) == 1 && ::X509_set_pubkey(to, key) == 1 &&
         add_extension(to, NID_basic_constraints, "critical,CA:FALSE") &&
         add_extension(to, NID_key_usage, "critical,digitalSignature") &&
         add_extension(to, NID_ext_key_usage, "serverAuth") &&
         add_extension(to, NID_subject_alt_name, alternatives) &&
         ::X509_sign(to, key, ::EVP_sha256()) > 0;
}

std::string text_of(BIO* bio) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio, &data);
  return {data, static_cast<std::size_t>(size)};
}

}  // namespace

std::int64_t CertificateFacts::days_left(std::int64_t now_ms) const {
  const std::int64_t left = not_after_ms - now_ms;
  return left < 0 ? -1 : left / kDayMs;
}

Done make_certificate(const std::filesystem::path& certificate, const std::filesystem::path& key,
                      const std::vector<std::string>& names, std::int64_t now_ms) {
  const Key made_key(::EVP_EC_gen("P-256"));
  const Certificate made(::X509_new());
  const Bio key_text(::BIO_new(::BIO_s_mem()));
  const Bio text(::BIO_new(::BIO_s_mem()));
  const bool good =
      made_key && made && key_text && text && !names.empty() &&
      fill(made.get(), made_key.get(), names, now_ms) &&
      ::PEM_write_bio_PrivateKey(key_text.get(), made_key.get(), nullptr, nullptr, 0, nullptr,
                                 nullptr) == 1 &&
      ::PEM_write_bio_X509(text.get(), made.get()) == 1;
  if (!good) return fail(err::crypto, certificate.string(), {{"detail", "X.509"}});
  KHIEN_DO(write_file(key, text_of(key_text.get()), Access::owner));
  return write_file(certificate, text_of(text.get()), Access::owner);
}

Result<CertificateFacts> read_certificate(const std::filesystem::path& certificate) {
  KHIEN_TRY(const std::string text, read_file(certificate, limits::yaml_file_bytes));
  const Bio bio(::BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
  const Certificate read(::PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
  unsigned char sum[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  std::tm end{};
  if (!read || ::X509_digest(read.get(), ::EVP_sha256(), sum, &size) != 1 ||
      ::ASN1_TIME_to_tm(::X509_get0_notAfter(read.get()), &end) != 1) {
    return fail(err::hub_certificate, certificate.string());
  }
  CertificateFacts out;
  const Date day{end.tm_year + 1900, end.tm_mon + 1, end.tm_mday};
  out.not_after_ms = to_days(day) * kDayMs +
                     ((end.tm_hour * 60LL + end.tm_min) * 60 + end.tm_sec) * 1000;
  for (unsigned i = 0; i < size; ++i) out.sha256 += fmt::format("{}{:02X}", i == 0 ? "" : ":",
                                                                sum[i]);
  out.own = ::X509_NAME_cmp(::X509_get_subject_name(read.get()),
                            ::X509_get_issuer_name(read.get())) == 0;
  return out;
}

std::vector<std::string> own_names() {
  std::vector<std::string> out;
  char host[kHostBytes] = {};
  if (::gethostname(host, sizeof host - 1) == 0 && host[0] != '\0') out.emplace_back(host);
  out.emplace_back("localhost");
  ifaddrs* all = nullptr;
  if (::getifaddrs(&all) != 0) return out;
  for (const ifaddrs* at = all; at != nullptr; at = at->ifa_next) {
    if (at->ifa_addr == nullptr) continue;
    const int family = at->ifa_addr->sa_family;
    if (family != AF_INET && family != AF_INET6) continue;
    char text[NI_MAXHOST] = {};
    const socklen_t size = family == AF_INET ? sizeof(sockaddr_in) : sizeof(sockaddr_in6);
    if (::getnameinfo(at->ifa_addr, size, text, sizeof text, nullptr, 0, NI_NUMERICHOST) != 0) {
      continue;
    }
    std::string address = text;
    address = address.substr(0, address.find('%'));
    if (std::find(out.begin(), out.end(), address) == out.end()) out.push_back(address);
  }
  ::freeifaddrs(all);
  return out;
}

}  // namespace khien::hub
