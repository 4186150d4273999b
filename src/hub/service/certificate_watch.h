// The server's certificate while it runs: its own is made anew 30 days before it ends, one that was
// given is read again when its files change. Open connections go on.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "base/clock.h"
#include "hub/access/certificate.h"
#include "hub/server/server.h"

namespace khien::hub {

struct CertificateNews {
  enum class What { days, renewed, refused } what;
  std::int64_t days = 0;       // until the one in use ends; < 0: it has
  std::string fingerprint;     // of the new one
  std::optional<Error> error;  // why the files are not taken; the old one stays in use
};

class CertificateWatch {
 public:
  using Tell = std::function<void(const CertificateNews&)>;
  // `own`: made by us, at the paths in `options`.
  CertificateWatch(const ServerOptions& options, bool own, const Clock& clock, Tell tell)
      : options_(options), own_(own), clock_(clock), tell_(std::move(tell)) {}

  // Makes our own where there is none, or where it ends soon. K0050, K0002.
  [[nodiscard]] Done prepare() const;
  // The server has begun to use what the files hold.
  void begin();
  // What is to be done now; called every few seconds.
  void look(Server& server);
  [[nodiscard]] const ServedCertificate& served() const { return served_; }

 private:
  [[nodiscard]] std::string stamp() const;  // digest of both files
  void take(Server& server);
  void tell(CertificateNews news) const;

  ServerOptions options_;
  bool own_;
  const Clock& clock_;
  Tell tell_;
  ServedCertificate served_;
  std::string taken_, refused_;
};

}  // namespace khien::hub
