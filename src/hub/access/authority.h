// The hub's own authority for agents: it signs their certificates and nothing else, and a TLS
// client that shows one is that agent. EC P-256, RFC 5280; its files lie in tls/, 0600.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "base/error.h"

namespace khien::hub {

inline constexpr std::int64_t kAgentCertificateDays = 397;

struct AgentCertificate {
  std::string pem;
  std::string print;  // SHA-256 of it, 64 hexadecimal digits
  std::int64_t ends_at = 0;
};

class Authority {
 public:
  // tls/agents.crt and tls/agents.key below the data folder; made when there are none. K0050,
  // K1333.
  [[nodiscard]] static Result<Authority> open(const std::filesystem::path& folder,
                                              std::int64_t now_ms);
  [[nodiscard]] const std::string& pem() const { return pem_; }
  // For the key of a request (PKCS #10, PEM) that is signed by it; what else the request asks for
  // is not given. K1356.
  [[nodiscard]] Result<AgentCertificate> sign(const std::string& request, const std::string& name,
                                              std::int64_t now_ms) const;

 private:
  std::string pem_, key_;
};

}  // namespace khien::hub
