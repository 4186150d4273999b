#include "hub/service/certificate_watch.h"

#include <algorithm>

#include "base/file.h"
#include "base/hash.h"
#include "base/limits.h"

namespace khien::hub {
namespace {

constexpr std::int64_t kRenewDays = 30;

}  // namespace

Done CertificateWatch::prepare() const {
  if (!own_) return {};
  const std::int64_t now = clock_.now_ms();
  const auto facts = read_certificate(options_.certificate);
  if (facts && facts->days_left(now) > kRenewDays) return {};
  std::vector<std::string> names = own_names();
  const bool any = options_.address == "0.0.0.0" || options_.address == "::";
  if (!any && std::find(names.begin(), names.end(), options_.address) == names.end()) {
    names.push_back(options_.address);
  }
  return make_certificate(options_.certificate, options_.key, names, now);
}

std::string CertificateWatch::stamp() const {
  std::string out;
  for (const auto& path : {options_.certificate, options_.key}) {
    const auto bytes = read_file(path, limits::yaml_file_bytes);
    out += (bytes ? sha256_hex(*bytes) : bytes.error().code) + std::string(" ");
  }
  return out;
}

void CertificateWatch::begin() {
  if (options_.certificate.empty()) return;
  taken_ = stamp();
  if (const auto facts = read_certificate(options_.certificate)) served_.set(*facts);
}

void CertificateWatch::tell(CertificateNews news) const {
  if (tell_) tell_(news);
}

void CertificateWatch::take(Server& server) {
  const std::string now = stamp();
  if (now == taken_ || now == refused_) return;
  auto facts = read_certificate(options_.certificate);
  const Done taken = facts ? server.take_certificate() : Done(pass_on(facts.error()));
  if (!taken) {  // half of it may be written yet: looked at again when it changes again
    refused_ = now;
    return tell({CertificateNews::What::refused, 0, "", taken.error()});
  }
  taken_ = now;
  refused_.clear();
  served_.set(*facts);
  tell({CertificateNews::What::renewed, 0, facts->sha256, {}});
}

void CertificateWatch::look(Server& server) {
  if (options_.certificate.empty()) return;
  if (const Done made = prepare(); !made) {
    tell({CertificateNews::What::refused, 0, "", made.error()});
  }
  take(server);
  const auto facts = served_.get();
  const std::int64_t days = facts ? facts->days_left(clock_.now_ms()) : -1;
  tell({CertificateNews::What::days, days, "", {}});
}

}  // namespace khien::hub
