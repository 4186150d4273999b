#include "hub/access/certificate.h"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <netdb.h>
#include <unistd.h>

#include <fmt/format.h>

#include "base/calendar.h"
#include "base/errors.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/limits.h"
#include "hub/access/x509.h"
#include "hub/errors.h"

namespace khien::hub {
namespace {

constexpr std::size_t kHostBytes = 256;

bool is_address(const std::string& name) {
  unsigned char bytes[sizeof(in6_addr)];
  return ::inet_pton(AF_INET, name.c_str(), bytes) == 1 ||
         ::inet_pton(AF_INET6, name.c_str(), bytes) == 1;
}

bool fill(X509* to, EVP_PKEY* key, const std::vector<std::string>& names, std::int64_t now_ms) {
  std::string alternatives;
  for (const std::string& name : names) {
    alternatives += (alternatives.empty() ? "" : ",") +
                    std::string(is_address(name) ? "IP:" : "DNS:") + name;
  }
  return x509::begin(to, key, names.front(), now_ms, kOwnCertificateDays) &&
         ::X509_set_issuer_name(to, ::X509_get_subject_name(to)) == 1 &&
         x509::extend(to, to, NID_basic_constraints, "critical,CA:FALSE") &&
         x509::extend(to, to, NID_key_usage, "critical,digitalSignature") &&
         x509::extend(to, to, NID_ext_key_usage, "serverAuth") &&
         x509::extend(to, to, NID_subject_alt_name, alternatives) &&
         ::X509_sign(to, key, ::EVP_sha256()) > 0;
}

}  // namespace

std::int64_t CertificateFacts::days_left(std::int64_t now_ms) const {
  const std::int64_t left = not_after_ms - now_ms;
  return left < 0 ? -1 : left / kDayMs;
}

Done make_certificate(const std::filesystem::path& certificate, const std::filesystem::path& key,
                      const std::vector<std::string>& names, std::int64_t now_ms) {
  const x509::Key made_key(::EVP_EC_gen("P-256"));
  const x509::Certificate made(::X509_new());
  const x509::Bio key_text = x509::writing();
  const x509::Bio text = x509::writing();
  const bool good =
      made_key && made && key_text && text && !names.empty() &&
      fill(made.get(), made_key.get(), names, now_ms) &&
      x509::write_pem(key_text.get(), made_key.get()) &&
      ::PEM_write_bio_X509(text.get(), made.get()) == 1;
  if (!good) return fail(err::crypto, certificate.string(), {{"detail", "X.509"}});
  KHIEN_DO(write_file(key, x509::text_of(key_text.get()), Access::owner));
  return write_file(certificate, x509::text_of(text.get()), Access::owner);
}

Result<CertificateFacts> read_certificate(const std::filesystem::path& certificate) {
  KHIEN_TRY(const std::string text, read_file(certificate, limits::yaml_file_bytes));
  const x509::Certificate read = x509::read_pem(text);
  const std::string sum = read ? x509::sum_of(read.get()) : "";
  std::tm end{};
  if (sum.empty() || ::ASN1_TIME_to_tm(::X509_get0_notAfter(read.get()), &end) != 1) {
    return fail(err::hub_certificate, certificate.string());
  }
  CertificateFacts out;
  const Date day{end.tm_year + 1900, end.tm_mon + 1, end.tm_mday};
  out.not_after_ms = to_days(day) * kDayMs +
                     ((end.tm_hour * 60LL + end.tm_min) * 60 + end.tm_sec) * 1000;
  for (const char c : sum) {
    out.sha256 += fmt::format("{}{:02X}", out.sha256.empty() ? "" : ":",
                              static_cast<unsigned char>(c));
  }
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
