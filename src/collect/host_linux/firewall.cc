// One row for the packet filter of this machine: what the kernel enforces, named by the program
// that manages it. Without the right to ask the kernel, what the configuration files promise.
#include "base/text.h"
#include "collect/host_linux/netfilter.h"
#include "collect/host_linux/password_policy.h"
#include "collect/host_linux/survey.h"
#include "collect/host_linux/units.h"

namespace khien::host {
namespace {

constexpr int kIpv4 = 2;
constexpr int kIpv6 = 10;

struct Manager {
  std::string product, package, source;
  std::optional<std::string> inbound;  // as configured: drop, reject, accept
  std::optional<bool> logging;
};

// ufw and firewalld, when switched on; else nothing.
std::optional<Manager> configured_manager(const Survey& survey) {
  const Settings ufw = parse_settings(survey.files.read("/etc/ufw/ufw.conf").bytes);
  if (const auto on = ufw.find("ENABLED"); on != ufw.end() && ascii_lower(on->second) == "yes") {
    Manager m{"ufw", "ufw", "/etc/ufw/ufw.conf", std::nullopt, std::nullopt};
    const Settings defaults = parse_settings(survey.files.read("/etc/default/ufw").bytes);
    if (const auto policy = defaults.find("DEFAULT_INPUT_POLICY"); policy != defaults.end()) {
      m.inbound = ascii_lower(policy->second);
    }
    if (const auto level = ufw.find("LOGLEVEL"); level != ufw.end()) {
      m.logging = ascii_lower(level->second) != "off";
    }
    return m;
  }
  for (const std::string& unit : enabled_units(survey.files, ".service")) {
    if (unit != "firewalld.service" && unit != "nftables.service" &&
        unit != "netfilter-persistent.service") {
      continue;
    }
    const std::string name = unit.substr(0, unit.find('.'));
    const std::string product = name == "netfilter-persistent" ? "iptables" : name;
    return Manager{product, product, unit, std::nullopt, std::nullopt};
  }
  return std::nullopt;
}

// The manager as its marks in the rule set tell.
Manager manager_of(const Ruleset& rules) {
  Manager m{"nftables", "nftables", "netlink", std::nullopt, std::nullopt};
  for (const Chain& chain : rules.chains) {
    if (chain.table == "firewalld") return {"firewalld", "firewalld", "netlink", {}, {}};
    if (chain.name.starts_with("ufw-") || chain.name.starts_with("ufw6-")) {
      return {"ufw", "ufw", "netlink", {}, {}};
    }
    if (chain.table == "filter" && chain.name == "INPUT") {
      m = {"iptables", "iptables", "netlink", {}, {}};
    }
  }
  return m;
}

// "drop", "reject" or "accept"; "" where it cannot be told.
const char* word_of(Fate fate) {
  return fate == Fate::drop     ? "drop"
         : fate == Fate::reject ? "reject"
         : fate == Fate::accept ? "accept" : "";
}

bool has_ipv6(const Files& files) {
  bool out = false;
  each_line(files.read("/proc/net/if_inet6").bytes, [&](std::string_view line) {
    const std::vector<std::string_view> f = words(line);
    out = out || (f.size() >= 6 && f[5] != "lo");
  });
  return out;
}

void put_kernel_state(Survey& survey, const Ruleset& rules) {
  Row& row = survey.add("firewall");
  const Manager manager = manager_of(rules);
  const auto refuses = [](Fate fate) { return fate == Fate::drop || fate == Fate::reject; };
  const Fate four = rules.inbound(kIpv4);
  const bool with_six = has_ipv6(survey.files);
  const Fate six = with_six ? rules.inbound(kIpv6) : four;
  // Half a wall is none: what comes in unasked comes in by the open family. A chain of fail2ban or
  // of libvirt is no wall either.
  const Fate inbound = refuses(four) ? six : four;
  const bool active = refuses(four) || (with_six && refuses(six));
  const bool known = inbound != Fate::unclear;
  put(row, "scope", "host");
  put(row, "product", active || !known ? manager.product : "none");
  if (const Package* p = survey.packages.find(manager.package); active && p != nullptr) {
    put(row, "version", p->version);
  }
  if (known) put_flag(row, "active", active);
  else survey.gap("firewall", "active", "reason.host.firewall_unclear");
  put(row, "inbound_default", word_of(inbound));
  row["rule_count"] = static_cast<std::int64_t>(rules.rules);
  put_flag(row, "logging", rules.logs);
  put(row, "source", "netlink");
}

void put_configuration(Survey& survey, const std::string& reason, const std::string& detail) {
  survey.partial("firewall", reason, detail);
  for (const char* column : {"active", "rule_count", "inbound_default", "logging"}) {
    survey.gap("firewall", column, reason);
  }
  const std::optional<Manager> manager = configured_manager(survey);
  if (!manager) {
    survey.missing("firewall", reason, detail);
    return;
  }
  Row& row = survey.add("firewall");
  put(row, "scope", "host");
  put(row, "product", manager->product);
  if (const Package* p = survey.packages.find(manager->package)) put(row, "version", p->version);
  if (manager->inbound) put(row, "inbound_default", *manager->inbound);
  if (manager->logging) put_flag(row, "logging", *manager->logging);
  put(row, "source", manager->source);
}

// Asking would make the kernel load nf_tables where it is a module that is not in use.
bool module_idle(const Files& files) {
  const FileBytes modules = files.read("/proc/modules");
  if (!modules.ok() || modules.bytes.empty()) return false;  // everything is built in
  bool there = false;
  each_line(modules.bytes, [&](std::string_view line) {
    there = there || line.starts_with("nf_tables ") || line.starts_with("nfnetlink ");
  });
  return !there && !files.exists("/sys/module/nf_tables");
}

}  // namespace

void collect_firewall(Survey& survey) {
  survey.begin("firewall");
  // The old iptables keeps its rules apart from nf_tables.
  for (const char* path : {"/proc/net/ip_tables_names", "/proc/net/ip6_tables_names"}) {
    if (survey.files.head(path, 4096).bytes.find("filter") == std::string::npos) continue;
    put_configuration(survey, "reason.host.old_iptables", path);
    return;
  }
  Result<NetfilterDump> dump;
  if (survey.options.netfilter) {
    dump = survey.options.netfilter();
  } else if (!survey.files.live()) {
    put_configuration(survey, "reason.host.not_live", "netlink");
    return;
  } else if (module_idle(survey.files)) {
    dump = NetfilterDump{};
  } else {
    dump = dump_netfilter();
  }
  if (!dump) {
    put_configuration(survey, "reason.host.no_firewall_right", to_string(dump.error()));
    return;
  }
  const Result<Ruleset> rules = parse_netfilter(*dump);
  if (!rules) {
    put_configuration(survey, "reason.host.unreadable", to_string(rules.error()));
    return;
  }
  put_kernel_state(survey, *rules);
}

}  // namespace khien::host
