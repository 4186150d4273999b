// Fills mail_domain: what DNS and the mail servers of one named domain show to everybody. One row
// an item: spf, dmarc, dkim (one a selector), mx (one a server).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/worker.h"
#include "collect/network/address.h"
#include "store/facts.h"

namespace khien {

struct MailDomainSpec {
  std::string domain;
  std::vector<std::string> selectors;   // of DKIM: they cannot be listed from outside
  std::optional<net::Address> resolver; // none: the system's
  std::uint16_t smtp_port = 25;
  bool allow_private = false;           // mail servers on private addresses are looked at too
  int timeout_ms = 8000;                // of one step with a mail server
  std::string authorities;              // PEM of known authorities; "" = the system's
};

inline constexpr std::size_t kMailServers = 10;
inline constexpr std::size_t kMailSelectors = 20;

[[nodiscard]] std::vector<Job> mail_domain_jobs();

// Never an error: an item that cannot be read is a row with state "unreadable" and empty columns.
[[nodiscard]] Collection collect_mail_domain(const MailDomainSpec& spec, WorkerPool& pool,
                                             const Clock& clock);

}  // namespace khien
