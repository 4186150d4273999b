// The packet filter as the kernel holds it: nf_tables chains and rules over netlink (the interface
// nft itself uses; iptables-nft, ufw and firewalld end there too). Reading needs CAP_NET_ADMIN.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "collect/host_linux/host_linux.h"

namespace khien::host {

inline constexpr std::size_t kNetfilterBytes = std::size_t{16} << 20;

struct Chain {
  std::string table, name, type;
  int family = 0;       // NFPROTO_*
  int hook = -1;        // NF_INET_LOCAL_IN is 1; -1: no base chain
  bool drops = false;   // its policy, or its last rule for everything, refuses
  bool rejects = false; // that rule answers with a refusal
  std::size_t rules = 0;
};
struct Ruleset {
  std::vector<Chain> chains;
  std::size_t rules = 0;
  bool logs = false;
};

// Dumps both; loads no kernel module and changes nothing. K0420 with the system's reason.
[[nodiscard]] Result<NetfilterDump> dump_netfilter();
// K0421 when a message or attribute does not hold together.
[[nodiscard]] Result<Ruleset> parse_netfilter(const NetfilterDump& dump);

}  // namespace khien::host
