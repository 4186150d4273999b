// DNS questions about a domain the officer named. The question goes out from here; the answer is
// an outsider's bytes and is read in a worker.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/worker.h"
#include "collect/network/address.h"

namespace khien::mail_domain {

struct DnsRecord {
  std::string name;
  std::string type;    // A, AAAA, MX, TXT
  std::string text;    // TXT: its strings joined; MX: host; A, AAAA: address
  int preference = 0;  // MX
};

struct DnsAnswer {
  bool exists = true;  // false: NXDOMAIN
  std::vector<DnsRecord> records;  // of the type asked for, aliases followed
};

inline constexpr std::size_t kAnswerBytes = 65'535;
inline constexpr std::size_t kAnswerRecords = 200;
inline constexpr std::size_t kTextBytes = 8192;  // of one TXT record

// "mail_domain.dns": a DNS message (RFC 1035) -> {rcode,
// records: [{name, type, text, preference}]}.
// K0906 when it is cut or malformed, K0907 past a limit.
[[nodiscard]] Result<Node> read_dns(const JobInput& input);

class Resolver {
 public:
  // `server`: none = the system's. IPv4 only (the library's state has no room for IPv6).
  Resolver(std::optional<net::Address> server, WorkerPool& pool, int timeout_s = 2);
  // K0909: no answer, or an answer that is neither NOERROR nor NXDOMAIN.
  [[nodiscard]] Result<DnsAnswer> ask(const std::string& name, const std::string& type);

 private:
  [[nodiscard]] Result<std::string> exchange(const std::string& name, int type);
  std::optional<net::Address> server_;
  WorkerPool& pool_;
  int timeout_s_;
  int silent_ = 0;  // questions in a row without an answer
};

}  // namespace khien::mail_domain
