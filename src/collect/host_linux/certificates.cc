// Certificates of the machine's own servers: only files that a server's configuration names, never
// a search through the disk; keys are not opened (a certificate and its key in one file: only the
// certificate blocks are parsed, the bytes are wiped).
#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <set>

#include "base/hash.h"
#include "collect/host_linux/certificate.h"
#include "collect/host_linux/survey.h"
#include "format/certificate.h"
#include "format/dates.h"

namespace khien::host {
namespace {

constexpr std::size_t kCertificatesPerFile = 10;
constexpr std::size_t kCertificateFiles = 500;
constexpr std::size_t kConfigurationFiles = 2000;
constexpr std::size_t kNamesBytes = 1000;  // of one certificate

struct Free {
  void operator()(X509* p) const { X509_free(p); }
  void operator()(BIO* p) const { BIO_free(p); }
  void operator()(BIGNUM* p) const { BN_free(p); }
  void operator()(GENERAL_NAMES* p) const { GENERAL_NAMES_free(p); }
  void operator()(char* p) const { OPENSSL_free(p); }
  void operator()(EVP_PKEY* p) const { EVP_PKEY_free(p); }
};
template <class T>
using Held = std::unique_ptr<T, Free>;

std::string dns_names(const X509* certificate) {
  const Held<GENERAL_NAMES> names(static_cast<GENERAL_NAMES*>(
      X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)));
  std::string out;
  for (int i = 0; names && i < sk_GENERAL_NAME_num(names.get()) && out.size() < kNamesBytes; ++i) {
    const GENERAL_NAME* name = sk_GENERAL_NAME_value(names.get(), i);
    if (name->type != GEN_DNS) continue;
    const auto* raw = reinterpret_cast<const char*>(ASN1_STRING_get0_data(name->d.dNSName));
    const auto size = static_cast<std::size_t>(ASN1_STRING_length(name->d.dNSName));
    out += (out.empty() ? "" : ",") + std::string(raw, size);
  }
  return out;
}

CertificateFacts facts_of(X509* certificate) {
  CertificateFacts out;
  out.subject = name_text(X509_get_subject_name(certificate));
  out.issuer = name_text(X509_get_issuer_name(certificate));
  out.names = dns_names(certificate);
  out.starts_at = asn1_ms(X509_get0_notBefore(certificate));
  out.ends_at = asn1_ms(X509_get0_notAfter(certificate));
  out.self_signed = X509_NAME_cmp(X509_get_subject_name(certificate),
                                  X509_get_issuer_name(certificate)) == 0;
  const Held<BIGNUM> serial(ASN1_INTEGER_to_BN(X509_get0_serialNumber(certificate), nullptr));
  const Held<char> digits(serial ? BN_bn2hex(serial.get()) : nullptr);
  if (digits) out.serial = digits.get();
  const Held<EVP_PKEY> key(X509_get_pubkey(certificate));
  if (key) {
    const char* type = OBJ_nid2sn(EVP_PKEY_get_base_id(key.get()));
    out.key_type = type == nullptr ? "" : type;
    if (out.key_type == "rsaEncryption") out.key_type = "RSA";
    if (out.key_type == "id-ecPublicKey") out.key_type = "EC";
    out.key_bits = EVP_PKEY_get_bits(key.get());
  }
  if (const char* name = OBJ_nid2ln(X509_get_signature_nid(certificate))) out.signature = name;
  return out;
}

// Where configuration files lie, and the setting that names a certificate file.
struct Server {
  std::vector<std::string> folders;  // walked one level deep, and `files` beside
  std::vector<std::string> files;
  std::vector<std::string_view> keys;
};

const std::vector<Server>& servers() {
  static const std::vector<Server> all = {
      {{"/etc/nginx", "/etc/nginx/conf.d", "/etc/nginx/sites-enabled", "/etc/nginx/snippets"},
       {},
       {"ssl_certificate"}},
      {{"/etc/apache2", "/etc/apache2/conf-enabled", "/etc/apache2/sites-enabled",
        "/etc/apache2/mods-enabled"},
       {},
       {"SSLCertificateFile"}},
      {{"/etc/dovecot", "/etc/dovecot/conf.d"}, {}, {"ssl_cert", "ssl_server_cert_file"}},
      {{}, {"/etc/postfix/main.cf"},
       {"smtpd_tls_cert_file", "smtpd_tls_chain_files", "smtp_tls_cert_file",
        "smtpd_tls_eccert_file"}},
      {{"/etc/exim4"}, {}, {"tls_certificate", "MAIN_TLS_CERTIFICATE"}},
      {{}, {"/etc/vsftpd.conf"}, {"rsa_cert_file"}},
      {{"/etc/ldap/slapd.d/cn=config"}, {"/etc/ldap/slapd.d/cn=config.ldif"},
       {"olcTLSCertificateFile:"}},
      {{"/etc/haproxy"}, {}, {"crt"}},
  };
  return all;
}

// Absolute paths that `line` gives to one of `keys`: "key path;", "key = </path".
void take_paths(std::string_view line, const std::vector<std::string_view>& keys,
                std::vector<std::string>& out) {
  line = bare(line);
  if (line.empty() || line[0] == '#') return;
  const std::size_t end = line.find_first_of(" \t=");
  const std::string_view first = line.substr(0, end);
  for (const std::string_view key : keys) {
    std::string_view rest;
    if (first == key) {
      rest = line.substr(first.size());
    } else if (const std::size_t at = line.find(" " + std::string(key) + " ");
               key == "crt" && at != std::string_view::npos) {
      rest = line.substr(at + key.size() + 2);
    } else {
      continue;
    }
    for (std::string_view word : split(rest, ' ')) {
      word = word.substr(std::min(word.find_first_of("/"), word.size()));
      word = word.substr(0, word.find_first_of(";,\"' \t"));
      if (word.size() > 1) {
        out.emplace_back(word);
        if (key == "crt") break;
      }
    }
  }
}

class Finder {
 public:
  explicit Finder(Survey& survey) : survey_(survey) {}

  void take_configuration(const std::string& path, const Server& server) {
    if (++configurations_ > kConfigurationFiles) return;
    const FileBytes text = survey_.files.read(path);
    if (text.problem == Problem::denied) denied(path);
    std::vector<std::string> paths;
    each_line(text.bytes, [&](std::string_view line) { take_paths(line, server.keys, paths); });
    for (const std::string& each : paths) take_file(each, path);
  }

  void take_file(const std::string& path, const std::string& used_by) {
    if (!seen_.insert(path).second) return;
    if (seen_.size() > kCertificateFiles) return;
    FileBytes bytes = survey_.files.read(path);
    if (bytes.problem == Problem::denied) denied(path);
    std::int64_t position = 0;
    for (const CertificateFacts& c : parse_certificates(bytes.bytes)) {
      put_certificate(c, ++position, path, used_by);
    }
    wipe(bytes.bytes);
  }

  void denied(const std::string& path) {
    survey_.partial("certificate", "reason.host.no_permission", path);
  }

 private:
  void put_certificate(const CertificateFacts& c, std::int64_t position, const std::string& path,
                       const std::string& used_by) {
    Row& row = survey_.add("certificate");
    put(row, "path", path);
    row["position"] = position;
    put(row, "subject", c.subject);
    put(row, "names", c.names);
    put(row, "issuer", c.issuer);
    put(row, "serial", c.serial);
    put_number(row, "starts_at", c.starts_at);
    put_number(row, "ends_at", c.ends_at);
    put_flag(row, "self_signed", c.self_signed);
    put(row, "key_type", c.key_type);
    if (c.key_bits > 0) row["key_bits"] = std::int64_t{c.key_bits};
    put(row, "signature", c.signature);
    put(row, "used_by", used_by);
  }
  Survey& survey_;
  std::set<std::string> seen_;
  std::size_t configurations_ = 0;
};

}  // namespace

std::vector<CertificateFacts> parse_certificates(std::string_view pem) {
  std::vector<CertificateFacts> out;
  constexpr std::string_view begin = "-----BEGIN CERTIFICATE-----";
  constexpr std::string_view end = "-----END CERTIFICATE-----";
  while (out.size() < kCertificatesPerFile) {
    const std::size_t from = pem.find(begin);
    const std::size_t to = from == std::string_view::npos ? from : pem.find(end, from);
    if (to == std::string_view::npos) return out;
    const std::string_view block = pem.substr(from, to + end.size() - from);
    const Held<BIO> in(BIO_new_mem_buf(block.data(), static_cast<int>(block.size())));
    const Held<X509> certificate(PEM_read_bio_X509(in.get(), nullptr, nullptr, nullptr));
    if (certificate) out.push_back(facts_of(certificate.get()));
    pem.remove_prefix(to + end.size());
  }
  return out;
}

void collect_certificate(Survey& survey) {
  survey.begin("certificate");
  Finder finder(survey);
  for (const Server& server : servers()) {
    for (const std::string& path : server.files) finder.take_configuration(path, server);
    for (const std::string& folder : server.folders) {
      const Listing listing = survey.files.list(folder);
      if (listing.problem == Problem::denied) finder.denied(folder);
      for (const std::string& name : listing.names) {
        const std::string path = folder + "/" + name;
        const std::optional<Info> info = survey.files.info(path);
        if (info && info->regular) finder.take_configuration(path, server);
      }
    }
  }
  const std::string live = "/etc/letsencrypt/live";
  const Listing names = survey.files.list(live);
  if (names.problem == Problem::denied) finder.denied(live);
  for (const std::string& name : names.names) {
    finder.take_file(live + "/" + name + "/fullchain.pem", live);
  }
}

}  // namespace khien::host
