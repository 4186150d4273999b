// Windows' own firewall, by what counts of group policy, device management and the machine's own
// settings, and other makers' as the security centre lists them.
#include "collect/host_windows/scan.h"

namespace khien::host_windows {
namespace {

const std::string kOwn =
    "HKLM\\SYSTEM\\CurrentControlSet\\Services\\SharedAccess\\Parameters\\FirewallPolicy";
const std::string kPolicy = "HKLM\\SOFTWARE\\Policies\\Microsoft\\WindowsFirewall";

struct ProfileState {
  std::optional<bool> on, drops, logs;
};

// A value of a profile: group policy before device management before the machine's own. Policies
// call the profile of private networks by its old name, its new one, or both; the new one counts.
class ProfileReader {
 public:
  ProfileReader(const Scan& scan, const std::string& name) : scan_(scan) {
    const bool standard = name == "StandardProfile";
    if (standard) places_.push_back(kPolicy + "\\PrivateProfile");
    places_.push_back(kPolicy + "\\" + name);
    if (standard) places_.push_back(kOwn + "\\Mdm\\PrivateProfile");
    places_.push_back(kOwn + "\\Mdm\\" + name);
    places_.push_back(kOwn + "\\" + name);
  }

  [[nodiscard]] std::optional<std::int64_t> find(const char* value, const char* below = "") const {
    for (const std::string& place : places_) {
      if (const auto v = scan_.registry.read(place + below).number(value)) return v;
    }
    return std::nullopt;
  }
  [[nodiscard]] bool own_read() const { return scan_.registry.read(places_.back()).ok(); }
  [[nodiscard]] Problem policy_problem() const {
    for (const std::string& place : places_) {
      const Problem problem = scan_.registry.read(place).problem;
      if (problem != Problem::none && problem != Problem::absent) return problem;
    }
    return Problem::none;
  }

 private:
  const Scan& scan_;
  std::vector<std::string> places_;
};

ProfileState firewall_profile(Scan& scan, const std::string& name) {
  const ProfileReader reader(scan, name);
  scan.note("firewall", reader.policy_problem(), name);
  ProfileState out;
  if (const auto v = reader.find("EnableFirewall")) out.on = *v != 0;
  if (!reader.own_read()) return out;
  // Without a setting what comes in unasked is dropped; "no exceptions" drops it whatever is set.
  out.drops = reader.find("DefaultInboundAction").value_or(1) != 0 ||
              reader.find("DoNotAllowExceptions") == 1;
  out.logs = reader.find("LogDroppedPackets", "\\Logging").value_or(0) != 0;
  return out;
}

bool stopped(const Scan& scan, const char* name, bool must_be_listed) {
  const ServiceState* service = scan.service(name);
  return service == nullptr ? must_be_listed : !service->running;
}

}  // namespace

void collect_firewall(Scan& scan) {
  const ProfileState standard = firewall_profile(scan, "StandardProfile");
  const ProfileState open = firewall_profile(scan, "PublicProfile");
  ProfileState domain = firewall_profile(scan, "DomainProfile");
  // A machine of no domain never uses that profile.
  const bool joined = scan.answers.system.domain_joined.value_or(true);
  Row& row = scan.add("firewall");
  put(row, "scope", "host");
  put(row, "product", "windows_firewall");
  const auto word = [](const std::optional<bool>& v) { return !v ? "?" : *v ? "1" : "0"; };
  put(row, "source", std::string("domain=") + word(domain.on) + " private=" + word(standard.on) +
                         " public=" + word(open.on));
  if (!joined) domain = open;
  const bool some_off = standard.on == false || open.on == false || domain.on == false;
  const bool all_on = standard.on == true && open.on == true && domain.on == true;
  // The filter itself is the work of two services.
  const bool dead = scan.answers.services.ok() &&
                    (stopped(scan, "MpsSvc", true) || stopped(scan, "BFE", false));
  if (some_off || dead) put_flag(row, "active", false);
  else if (all_on && scan.answers.services.ok()) put_flag(row, "active", true);
  else scan.gap("firewall", "active", "reason.windows.no_setting");
  if (standard.drops && open.drops && domain.drops) {
    put(row, "inbound_default", *standard.drops && *open.drops && *domain.drops ? "drop"
                                                                                : "accept");
    put_flag(row, "logging", *standard.logs && *open.logs && *domain.logs);
  }
  const RegistryKey rules = scan.registry.read(kOwn + "\\FirewallRules");
  if (rules.ok()) row["rule_count"] = static_cast<std::int64_t>(rules.values.size());
  for (const SecurityProduct& p : scan.answers.antivirus.value) {
    if (!p.firewall) continue;
    Row& other = scan.add("firewall");
    put(other, "scope", "host");
    put(other, "product", p.name);
    put_flag(other, "active", is_on(p.state));
    put(other, "source", "SecurityCenter2");
  }
}

}  // namespace khien::host_windows
