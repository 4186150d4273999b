// Why netlink by hand: nft and iptables-save cannot run under a profile that denies sockets, and
// starting programs as root to read a state is more than reading it.
#include "collect/host_linux/netfilter.h"

#include <arpa/inet.h>
#include <linux/netfilter.h>
#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nf_tables_compat.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netlink.h>
#include <sys/socket.h>
#include <sys/time.h>

#include <cerrno>
#include <cstring>
#include <map>

#include "base/file.h"
#include "collect/host_linux/errors.h"

namespace khien::host {
namespace {

constexpr int kChainDepth = 16;              // the kernel's own limit of jumps
constexpr std::size_t kChainSteps = 200'000; // rules looked at for one packet

template <class T>
T load(std::string_view bytes) {
  T out{};
  if (bytes.size() >= sizeof out) std::memcpy(&out, bytes.data(), sizeof out);
  return out;
}

std::uint32_t be32(std::string_view bytes) { return ntohl(load<std::uint32_t>(bytes)); }
std::string name_of(std::string_view bytes) {
  return std::string(bytes.substr(0, bytes.find('\0')));
}

// Calls use(type, data) for each attribute; false when a length does not fit.
template <class Use>
bool each_attribute(std::string_view bytes, Use&& use) {
  while (bytes.size() >= 4) {
    const std::size_t length = load<std::uint16_t>(bytes);
    const int type = load<std::uint16_t>(bytes.substr(2)) & NLA_TYPE_MASK;
    if (length < 4 || length > bytes.size()) return false;
    use(type, bytes.substr(4, length - 4));
    bytes.remove_prefix(std::min(bytes.size(), (length + 3) & ~std::size_t{3}));
  }
  return true;
}

// Calls use(family, attributes) for each message of `type`; false when a length does not fit.
template <class Use>
bool each_message(std::string_view bytes, int type, Use&& use) {
  while (bytes.size() >= sizeof(nlmsghdr)) {
    const auto head = load<nlmsghdr>(bytes);
    if (head.nlmsg_len < sizeof head || head.nlmsg_len > bytes.size()) return false;
    const std::string_view body = bytes.substr(sizeof head, head.nlmsg_len - sizeof head);
    if (head.nlmsg_type == ((NFNL_SUBSYS_NFTABLES << 8) | type)) {
      if (body.size() < sizeof(nfgenmsg)) return false;
      const int family = load<nfgenmsg>(body).nfgen_family;
      if (!use(family, body.substr(sizeof(nfgenmsg)))) return false;
    }
    const std::size_t step = (std::size_t{head.nlmsg_len} + 3) & ~std::size_t{3};
    bytes.remove_prefix(std::min(bytes.size(), step));
  }
  return bytes.empty();
}

bool parse_chain(int family, std::string_view attributes, Chain& out) {
  out.family = family;
  bool fits = true;
  const bool whole = each_attribute(attributes, [&](int type, std::string_view data) {
    if (type == NFTA_CHAIN_TABLE) out.table = name_of(data);
    if (type == NFTA_CHAIN_NAME) out.name = name_of(data);
    if (type == NFTA_CHAIN_TYPE) out.type = name_of(data);
    if (type == NFTA_CHAIN_POLICY && be32(data) == 0) out.policy = Fate::drop;
    if (type == NFTA_CHAIN_HOOK) {
      fits = fits && each_attribute(data, [&](int inner, std::string_view value) {
        if (inner == NFTA_HOOK_HOOKNUM) out.hook = static_cast<int>(be32(value));
      });
    }
  });
  return whole && fits;
}

struct Rule : NetRule {
  std::string table, chain;
};

// What an "immediate" expression says: a verdict and the chain it names.
void take_verdict(std::string_view data, Rule& rule) {
  const auto take = [&](int code, std::string_view bytes) {
    if (code == NFTA_VERDICT_CHAIN) rule.target = name_of(bytes);
    if (code != NFTA_VERDICT_CODE) return;
    const auto verdict = static_cast<std::int32_t>(be32(bytes));
    if (verdict >= 0) {  // the low bits; a queue carries its number above
      const int kind = verdict & 0xFF;
      rule.fate = kind == 0 ? Fate::drop : kind == 1 ? Fate::accept : Fate::unclear;
    }
    rule.jump_ends = verdict == NFT_GOTO;
    rule.returns = verdict == NFT_RETURN;
  };
  each_attribute(data, [&](int type, std::string_view value) {
    if (type != NFTA_IMMEDIATE_DATA) return;
    each_attribute(value, [&](int inner, std::string_view verdict) {
      if (inner == NFTA_DATA_VERDICT) each_attribute(verdict, take);
    });
  });
}

void take_expression(const std::string& name, std::string_view data, Rule& rule) {
  std::string target;
  if (name == "target" || name == "match") {
    const int wanted = name == "target" ? int{NFTA_TARGET_NAME} : int{NFTA_MATCH_NAME};
    each_attribute(data, [&](int type, std::string_view value) {
      if (type == wanted) target = name_of(value);
    });
  }
  if (name == "log" || target == "LOG" || target == "NFLOG") {
    rule.logs = true;
  } else if (name == "reject" || target == "REJECT") {
    rule.fate = Fate::reject;
  } else if (name == "queue" || target == "NFQUEUE") {
    rule.fate = Fate::unclear;  // another program decides
  } else if (name == "immediate") {
    take_verdict(data, rule);
  } else if (name != "counter" && name != "notrack" && target != "comment" && name != "target") {
    rule.everything = false;
  }
}

bool parse_rule(std::string_view attributes, Rule& out) {
  bool fits = true;
  const auto element = [&](int type, std::string_view expression) {
    if (type != NFTA_LIST_ELEM) return;
    std::string name;
    std::string_view data;
    fits = fits && each_attribute(expression, [&](int inner, std::string_view value) {
      if (inner == NFTA_EXPR_NAME) name = name_of(value);
      if (inner == NFTA_EXPR_DATA) data = value;
    });
    take_expression(name, data, out);
  };
  const bool whole = each_attribute(attributes, [&](int type, std::string_view data) {
    if (type == NFTA_RULE_TABLE) out.table = name_of(data);
    if (type == NFTA_RULE_CHAIN) out.chain = name_of(data);
    if (type == NFTA_RULE_EXPRESSIONS) fits = each_attribute(data, element) && fits;
  });
  return whole && fits;
}

using ChainIndex = std::map<std::tuple<int, std::string, std::string>, std::size_t>;

// Follows a packet no rule names.
struct Path {
  const Ruleset& all;
  ChainIndex index;
  std::size_t steps = 0;

  // Along a chain's rules that take everything; Fate::none when the packet comes out at its end.
  Fate through(const Chain& chain, int depth) {
    for (const NetRule& rule : chain.rules) {
      if (depth > kChainDepth || ++steps > kChainSteps) return Fate::unclear;
      if (!rule.everything) continue;
      if (rule.fate != Fate::none) return rule.fate;
      if (rule.returns) return Fate::none;
      if (rule.target.empty()) continue;
      const auto next = index.find({chain.family, chain.table, rule.target});
      const Fate fate = next == index.end() ? Fate::unclear
                                            : through(all.chains[next->second], depth + 1);
      if (fate != Fate::none || rule.jump_ends) return fate;
    }
    return Fate::none;
  }
};

tl::unexpected<Error> unreadable() {
  return fail(err::firewall_unreadable, "netlink", {{"detail", std::strerror(errno)}});
}

bool ends_dump(std::string_view bytes, int& error) {
  while (bytes.size() >= sizeof(nlmsghdr)) {
    const auto head = load<nlmsghdr>(bytes);
    if (head.nlmsg_type == NLMSG_DONE) return true;
    if (head.nlmsg_type == NLMSG_ERROR) {
      error = -load<std::int32_t>(bytes.substr(sizeof head));
      return true;
    }
    const std::size_t step = (std::size_t{head.nlmsg_len} + 3) & ~std::size_t{3};
    if (step < sizeof head || step > bytes.size()) return false;
    bytes.remove_prefix(step);
  }
  return false;
}

Result<std::string> dump(int fd, int type) {
  struct {
    nlmsghdr head;
    nfgenmsg body;
  } ask{};
  ask.head.nlmsg_len = sizeof ask;
  ask.head.nlmsg_type = static_cast<std::uint16_t>((NFNL_SUBSYS_NFTABLES << 8) | type);
  ask.head.nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
  ask.body.nfgen_family = AF_UNSPEC;
  if (::send(fd, &ask, sizeof ask, 0) < 0) return unreadable();
  std::string out;
  std::string buffer(std::size_t{1} << 17, '\0');
  for (;;) {
    const ssize_t n = ::recv(fd, buffer.data(), buffer.size(), MSG_TRUNC);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return unreadable();
    const auto size = static_cast<std::size_t>(n);
    if (size > buffer.size() || out.size() + size > kNetfilterBytes) {
      return fail(err::firewall_malformed, "netlink");
    }
    const std::string_view part(buffer.data(), size);
    out += part;
    int error = 0;
    if (!ends_dump(part, error)) continue;
    if (error == 0) return out;
    errno = error;
    return unreadable();
  }
}

}  // namespace

Result<NetfilterDump> dump_netfilter() {
  const Fd fd(::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_NETFILTER));
  if (!fd.valid()) return unreadable();
  const timeval patience{2, 0};
  ::setsockopt(fd.get(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  NetfilterDump out;
  KHIEN_TRY(out.chains, dump(fd.get(), NFT_MSG_GETCHAIN));
  KHIEN_TRY(out.rules, dump(fd.get(), NFT_MSG_GETRULE));
  return out;
}

Fate Ruleset::inbound(int family) const {
  Fate out = Fate::accept;
  Path path{*this, {}};
  for (std::size_t i = 0; i < chains.size(); ++i) {
    path.index[{chains[i].family, chains[i].table, chains[i].name}] = i;
  }
  for (const Chain& chain : chains) {
    const bool covers = chain.family == family || chain.family == NFPROTO_INET;
    if (!covers || chain.hook != NF_INET_LOCAL_IN || chain.type != "filter") continue;
    Fate fate = path.through(chain, 0);
    if (fate == Fate::none) fate = chain.policy;
    if (fate == Fate::drop || fate == Fate::reject) return fate;
    if (fate == Fate::unclear) out = fate;
  }
  return out;
}

Result<Ruleset> parse_netfilter(const NetfilterDump& input) {
  Ruleset out;
  ChainIndex index;
  const bool chains = each_message(input.chains, NFT_MSG_NEWCHAIN,
                                   [&](int family, auto attributes) {
    Chain chain;
    if (!parse_chain(family, attributes, chain)) return false;
    index[{family, chain.table, chain.name}] = out.chains.size();
    out.chains.push_back(std::move(chain));
    return true;
  });
  const bool rules = each_message(input.rules, NFT_MSG_NEWRULE, [&](int family, auto attributes) {
    Rule rule;
    if (!parse_rule(attributes, rule)) return false;
    ++out.rules;
    out.logs = out.logs || rule.logs;
    const auto at = index.find({family, rule.table, rule.chain});
    if (at != index.end()) out.chains[at->second].rules.push_back(rule);
    return true;
  });
  if (!chains || !rules) return fail(err::firewall_malformed, "netlink");
  return out;
}

}  // namespace khien::host
