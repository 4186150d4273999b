// What a mail server says before any mail: EHLO, STARTTLS, its certificate, QUIT. No sender, no
// recipient, no message, no password is ever sent.
#pragma once

#include <optional>
#include <string>

#include "base/error.h"
#include "collect/network/connection.h"

namespace khien::mail_domain {

struct SmtpFacts {
  bool starttls = false;              // offered
  std::optional<net::TlsFacts> tls;   // none: not offered, or the handshake failed
  std::string tls_problem;            // K-code when it was offered and failed
  std::optional<bool> old_tls;        // TLS 1.0 or 1.1 is accepted too; none: not found out
};

// K0902-K0904 no connection, K0906, K0907 no SMTP server there.
[[nodiscard]] Result<SmtpFacts> look_at_smtp(const net::Address& address, const std::string& host,
                                             int timeout_ms, const std::string& authorities);

}  // namespace khien::mail_domain
