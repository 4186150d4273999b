// Asking a directory server over LDAP (RFC 4511), read only, and only for the attributes that are
// mapped: userPassword is never asked for. The answer is written down as LDIF, so that what the
// server said is parsed where files are parsed: in a worker.
//
// LDAPS, or StartTLS on ldap://, with the server's certificate checked. Plain ldap:// only to this
// machine, or where agency.yaml says `insecure: true`. Referrals are not followed: nothing but the
// named server is ever contacted.
#pragma once

#include <filesystem>
#include <string>

#include "base/clock.h"
#include "base/error.h"
#include "base/node.h"

namespace khien::directory {

inline constexpr int kPageSize = 500;
inline constexpr std::size_t kLiveBytes = std::size_t{256} << 20;  // all answers as LDIF

struct LiveSpec {
  std::string url;            // "ldaps://dc.example:636"
  std::string base;           // "" = what the server names as its own
  std::string bind;           // "" = without a name
  std::string password_file;  // beside agency.yaml; never the password itself
  std::string ca;             // PEM of the authorities; "" = the system's
  bool insecure = false;      // plain ldap:// to another machine
  bool start_tls = false;     // on ldap:// to this machine too
  bool loopback = false;      // the host is this machine
  int timeout_s = 30;         // of one answer
  int total_s = 600;          // of all
};

// K0013-K0016, K0973 with "agency.yaml:line".
[[nodiscard]] Result<LiveSpec> live_spec(const Node& source, const std::string& place);
// `folder`: where password_file and ca are looked for. K0974-K0979, K0003, K0001.
[[nodiscard]] Result<std::string> ask_server(LiveSpec spec, const std::filesystem::path& folder,
                                             const Clock& clock);

}  // namespace khien::directory
