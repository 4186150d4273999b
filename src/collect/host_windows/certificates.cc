// Certificates with a key in the stores of the machine and of the person at it. Those whose key
// lies on a token or card are signing certificates; who keeps the token, and whether its first PIN
// was replaced, no machine can tell.
#include "base/calendar.h"
#include "collect/host_windows/survey.h"

namespace khien::host_windows {
namespace {

// "CN=Nguyễn Văn A, O=..." -> "Nguyễn Văn A"
std::string common_name(const std::string& subject) {
  std::size_t at = subject.starts_with("CN=") ? 0 : subject.find(", CN=");
  if (at == std::string::npos) return subject;
  at = subject.find("CN=", at) + 3;
  if (at < subject.size() && subject[at] == '"') {
    return subject.substr(at + 1, subject.find('"', at + 1) - at - 1);
  }
  return subject.substr(at, subject.find(", ", at) - at);
}

void put_certificate(Survey& survey, const StoreCertificate& c) {
  Row& row = survey.add("certificate");
  put(row, "path", c.store);
  row["position"] = std::int64_t{1};
  put(row, "subject", c.subject);
  put(row, "issuer", c.issuer);
  put(row, "serial", c.serial);
  if (c.starts_at > 0) row["starts_at"] = c.starts_at;
  if (c.ends_at > 0) row["ends_at"] = c.ends_at;
  put_flag(row, "self_signed", c.self_signed);
  put(row, "key_type", c.key_type);
  if (c.key_bits > 0) row["key_bits"] = std::int64_t{c.key_bits};
  put(row, "signature", c.signature);
  put(row, "used_by", c.provider);
}

void put_signing(Survey& survey, const StoreCertificate& c) {
  Row& row = survey.add("sign_certificate");
  put(row, "holder", common_name(c.subject));
  put(row, "serial", c.serial);
  if (c.ends_at > 0) row["ends_on"] = to_iso(local_date(c.ends_at));
}

}  // namespace

void collect_certificate(Survey& survey) {
  const auto& certificates = survey.answers.certificates;
  if (!certificates.ok()) {
    return survey.missing("certificate", Survey::reason_of(certificates.problem),
                          certificates.detail);
  }
  for (const StoreCertificate& c : certificates.value) {
    if (!c.has_key) continue;
    put_certificate(survey, c);
    if (c.hardware == true) put_signing(survey, c);
  }
  // A machine without a token says nothing about signing: the table stays away.
  if (!survey.out.tables.contains("sign_certificate")) return;
  for (const char* column : {"custody", "pin_changed_on", "revoked"}) {
    survey.gap("sign_certificate", column, "reason.windows.not_on_machine");
  }
}

}  // namespace khien::host_windows
