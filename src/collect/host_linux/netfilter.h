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

enum class Fate { none, accept, drop, reject, unclear };  // of a packet a rule or chain takes
struct NetRule {
  bool everything = true;  // takes every packet
  Fate fate = Fate::none;
  std::string target;      // the chain it hands the packet to
  bool returns = false;    // back to the chain before
  bool jump_ends = false;  // goto: what comes after this rule is not asked
  bool logs = false;
};
struct Chain {
  std::string table, name, type;
  int family = 0;             // NFPROTO_*
  int hook = -1;              // NF_INET_LOCAL_IN is 1; -1: no base chain
  Fate policy = Fate::accept; // of a base chain
  std::vector<NetRule> rules;
};
struct Ruleset {
  std::vector<Chain> chains;
  std::size_t rules = 0;
  bool logs = false;
  // What becomes of a packet coming in that no rule names: through every base chain of the family
  // in turn, along the rules that take everything.
  [[nodiscard]] Fate inbound(int family) const;
};

// Dumps both; loads no kernel module and changes nothing. K0420 with the system's reason.
[[nodiscard]] Result<NetfilterDump> dump_netfilter();
// K0421 when a message or attribute does not hold together.
[[nodiscard]] Result<Ruleset> parse_netfilter(const NetfilterDump& dump);

}  // namespace khien::host
