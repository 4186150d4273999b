// Fills mail_domain: what DNS and the mail servers of one named domain show to everybody. One row
// an item: spf, dmarc, dkim (one a selector), mx (one a server).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "collect/network/address.h"
#include "collect/source/source.h"

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

// domain, selectors, resolver, smtp_port, allow_private. The domain is what people are told; it is
// the written scope, and nothing else is ever contacted.
[[nodiscard]] Result<MailDomainSpec> mail_domain_spec(const Node& map, const std::string& place);
[[nodiscard]] Result<std::string> check_mail_domain(const Node& map, const std::string& place);
[[nodiscard]] Collections read_mail_domain(const AgencySource& source, Reading& reading);

}  // namespace khien
