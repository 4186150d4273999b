#include "hub/access/authority.h"

#include "base/calendar.h"
#include "base/errors.h"
#include "base/file.h"
#include "base/hash.h"
#include "hub/access/x509.h"
#include "hub/errors.h"

namespace khien::hub {
namespace {

constexpr std::size_t kPemBytes = 64 << 10;
constexpr long kAuthorityDays = 3653;
constexpr int kLeastBits = 256;  // of an EC key; one of RSA has 2048
constexpr int kLeastRsaBits = 2048;
constexpr const char* kAuthorityName = "Khien agents";

tl::unexpected<Error> unmade() { return fail(err::crypto, "X.509", {{"detail", "X.509"}}); }

bool is_strong(EVP_PKEY* key) {
  const int least = ::EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA ? kLeastRsaBits : kLeastBits;
  return ::EVP_PKEY_get_bits(key) >= least;
}

}  // namespace

Result<Authority> Authority::open(const std::filesystem::path& folder, std::int64_t now_ms) {
  const auto certificate = folder / "tls" / "agents.crt";
  const auto key_file = folder / "tls" / "agents.key";
  Authority out;
  std::error_code ec;
  if (std::filesystem::exists(certificate, ec)) {
    KHIEN_TRY(out.pem_, read_file(certificate, kPemBytes));
    KHIEN_TRY(out.key_, read_file(key_file, kPemBytes));
    return out;
  }
  const x509::Key key(::EVP_EC_gen("P-256"));
  const x509::Certificate made(::X509_new());
  const x509::Bio key_text = x509::writing();
  const x509::Bio text = x509::writing();
  const bool good =
      key && made && key_text && text &&
      x509::begin(made.get(), key.get(), kAuthorityName, now_ms, kAuthorityDays) &&
      ::X509_set_issuer_name(made.get(), ::X509_get_subject_name(made.get())) == 1 &&
      x509::extend(made.get(), made.get(), NID_basic_constraints, "critical,CA:TRUE,pathlen:0") &&
      x509::extend(made.get(), made.get(), NID_key_usage, "critical,keyCertSign") &&
      x509::extend(made.get(), made.get(), NID_subject_key_identifier, "hash") &&
      ::X509_sign(made.get(), key.get(), ::EVP_sha256()) > 0 &&
      x509::write_pem(key_text.get(), key.get()) &&
      ::PEM_write_bio_X509(text.get(), made.get()) == 1;
  if (!good) return unmade();
  out.pem_ = x509::text_of(text.get());
  out.key_ = x509::text_of(key_text.get());
  KHIEN_DO(make_folder(certificate.parent_path(), Access::owner));
  KHIEN_DO(write_file(key_file, out.key_, Access::owner));
  KHIEN_DO(write_file(certificate, out.pem_, Access::owner));
  return out;
}

Result<AgentCertificate> Authority::sign(const std::string& request, const std::string& name,
                                         std::int64_t now_ms) const {
  const x509::Bio request_text = x509::reading(request);
  const x509::Asked asked(::PEM_read_bio_X509_REQ(request_text.get(), nullptr, nullptr, nullptr));
  EVP_PKEY* const theirs = asked ? ::X509_REQ_get0_pubkey(asked.get()) : nullptr;
  if (theirs == nullptr || ::X509_REQ_verify(asked.get(), theirs) != 1 || !is_strong(theirs)) {
    return fail(err::agent_request, "body.request");
  }
    const x509::Bio key_text = x509::reading(key_);
  const x509::Certificate own = x509::read_pem(pem_);
  const x509::Key key(::PEM_read_bio_PrivateKey(key_text.get(), nullptr, nullptr, nullptr));
  const x509::Certificate made(::X509_new());
  const x509::Bio text = x509::writing();
  const bool good =
      own && key && made && text &&
      x509::begin(made.get(), theirs, name, now_ms, kAgentCertificateDays) &&
      ::X509_set_issuer_name(made.get(), ::X509_get_subject_name(own.get())) == 1 &&
      x509::extend(made.get(), own.get(), NID_basic_constraints, "critical,CA:FALSE") &&
      x509::extend(made.get(), own.get(), NID_key_usage, "critical,digitalSignature") &&
      x509::extend(made.get(), own.get(), NID_ext_key_usage, "clientAuth") &&
      ::X509_sign(made.get(), key.get(), ::EVP_sha256()) > 0 &&
      ::PEM_write_bio_X509(text.get(), made.get()) == 1;
  if (!good) return unmade();
  return AgentCertificate{x509::text_of(text.get()), hex(x509::sum_of(made.get())),
                          now_ms + kAgentCertificateDays * kDayMs};
}

}  // namespace khien::hub
