// Windows' own firewall, by what counts of group policy, device management and the machine's own
// settings, and other makers' as the security centre lists them.
#include "collect/host_windows/survey.h"

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
  ProfileReader(const Survey& survey, const std::string& name) : survey_(survey) {
    const bool standard = name == "StandardProfile";
    if (standard) places_.push_back(kPolicy + "\\PrivateProfile");
    places_.push_back(kPolicy + "\\" + name);
    if (standard) places_.push_back(kOwn + "\\Mdm\\PrivateProfile");
    places_.push_back(kOwn + "\\Mdm\\" + name);
    places_.push_back(kOwn + "\\" + name);
  }

  [[nodiscard]] std::optional<std::int64_t> find(const char* value, const char* below = "") const {
    for (const std::string& place : places_) {
      if (const auto v = survey_.registry.read(place + below).number(value)) return v;
    }
    return std::nullopt;
  }
  [[nodiscard]] bool own_read() const { return survey_.registry.read(places_.back()).ok(); }
  [[nodiscard]] Problem policy_problem() const {
    for (const std::string& place : places_) {
      const Problem problem = survey_.registry.read(place).problem;
      if (problem != Problem::none && problem != Problem::absent) return problem;
    }
    return Problem::none;
  }

 private:
  const Survey& survey_;
  std::vector<std::string> places_;
};

ProfileState firewall_profile(Survey& survey, const std::string& name) {
  const ProfileReader reader(survey, name);
  survey.note("firewall", reader.policy_problem(), name);
  ProfileState out;
  if (const auto v = reader.find("EnableFirewall")) out.on = *v != 0;
  if (!reader.own_read()) return out;
  // Without a setting what comes in unasked is dropped; "no exceptions" drops it whatever is set.
  out.drops = reader.find("DefaultInboundAction").value_or(1) != 0 ||
              reader.find("DoNotAllowExceptions") == 1;
  out.logs = reader.find("LogDroppedPackets", "\\Logging").value_or(0) != 0;
  return out;
}

bool stopped(const Survey& survey, const char* name, bool must_be_listed) {
  const ServiceState* service = survey.service(name);
  return service == nullptr ? must_be_listed : !service->running;
}

}  // namespace

void collect_firewall(Survey& survey) {
  const ProfileState standard = firewall_profile(survey, "StandardProfile");
  const ProfileState open = firewall_profile(survey, "PublicProfile");
  ProfileState domain = firewall_profile(survey, "DomainProfile");
  // A machine of no domain never uses that profile.
  const bool joined = survey.answers.system.domain_joined.value_or(true);
  Row& row = survey.add("firewall");
  put(row, "scope", "host");
  put(row, "product", "windows_firewall");
  const auto word = [](const std::optional<bool>& v) { return !v ? "?" : *v ? "1" : "0"; };
  put(row, "source", std::string("domain=") + word(domain.on) + " private=" + word(standard.on) +
                         " public=" + word(open.on));
  if (!joined) domain = open;
  const bool some_off = standard.on == false || open.on == false || domain.on == false;
  const bool all_on = standard.on == true && open.on == true && domain.on == true;
  // The filter itself is the work of two services.
  const bool dead = survey.answers.services.ok() &&
                    (stopped(survey, "MpsSvc", true) || stopped(survey, "BFE", false));
  if (some_off || dead) put_flag(row, "active", false);
  else if (all_on && survey.answers.services.ok()) put_flag(row, "active", true);
  else survey.gap("firewall", "active", "reason.windows.no_setting");
  if (standard.drops && open.drops && domain.drops) {
    put(row, "inbound_default", *standard.drops && *open.drops && *domain.drops ? "drop"
                                                                                : "accept");
    put_flag(row, "logging", *standard.logs && *open.logs && *domain.logs);
  }
  const RegistryKey rules = survey.registry.read(kOwn + "\\FirewallRules");
  if (rules.ok()) row["rule_count"] = static_cast<std::int64_t>(rules.values.size());
  for (const SecurityProduct& p : survey.answers.antivirus.value) {
    if (!p.firewall) continue;
    Row& other = survey.add("firewall");
    put(other, "scope", "host");
    put(other, "product", p.name);
    put_flag(other, "active", is_on(p.state));
    put(other, "source", "SecurityCenter2");
  }
}

}  // namespace khien::host_windows
