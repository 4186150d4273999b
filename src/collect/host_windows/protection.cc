// Firewall, antivirus, disk encryption and screen lock.
#include <algorithm>

#include "base/calendar.h"
#include "base/text.h"
#include "collect/host_windows/scan.h"

namespace khien::host_windows {
namespace {

const std::string kFirewall =
    "HKLM\\SYSTEM\\CurrentControlSet\\Services\\SharedAccess\\Parameters\\FirewallPolicy";
const std::string kFirewallPolicy = "HKLM\\SOFTWARE\\Policies\\Microsoft\\WindowsFirewall";
const std::string kDefender = "HKLM\\SOFTWARE\\Microsoft\\Windows Defender";
constexpr std::size_t kSignatureFiles = 2'000;

struct ProfileState {
  std::optional<bool> on, drops, logs;
};

ProfileState firewall_profile(const Scan& scan, const std::string& name) {
  const RegistryKey own = scan.registry.read(kFirewall + "\\" + name);
  RegistryKey policy = scan.registry.read(kFirewallPolicy + "\\" + name);
  if (name == "StandardProfile" && !policy.ok()) {  // what newer policies call the same profile
    policy = scan.registry.read(kFirewallPolicy + "\\PrivateProfile");
  }
  const RegistryKey logging = scan.registry.read(kFirewall + "\\" + name + "\\Logging");
  const auto setting = [&](const char* value) {
    const auto forced = policy.number(value);
    return forced ? forced : own.number(value);
  };
  ProfileState out;
  if (const auto v = setting("EnableFirewall")) out.on = *v != 0;
  // Without a setting what comes in unasked is dropped.
  if (own.ok()) out.drops = setting("DefaultInboundAction").value_or(1) != 0;
  if (own.ok()) out.logs = logging.number("LogDroppedPackets").value_or(0) != 0;
  return out;
}

// A state of root\SecurityCenter2: 0x1000 on, 0x0010 signatures out of date.
bool is_on(std::uint32_t state) { return (state & 0xF000) == 0x1000; }

// The first date in a text, in the forms products write: 2024-05-01, 2024/05/01, 20240501.
std::optional<Date> date_in(const std::string& text) {
  const auto digits = [&](std::size_t at, std::size_t n) {
    int v = 0;
    for (std::size_t i = at; i < at + n; ++i) {
      if (i >= text.size() || text[i] < '0' || text[i] > '9') return -1;
      v = v * 10 + (text[i] - '0');
    }
    return v;
  };
  for (std::size_t at = 0; at + 8 <= text.size(); ++at) {
    if (at > 0 && text[at - 1] >= '0' && text[at - 1] <= '9') continue;
    const bool marked = at + 4 < text.size() && (text[at + 4] == '-' || text[at + 4] == '/');
    const std::size_t gap = marked ? 1 : 0;
    const Date day{digits(at, 4), digits(at + 4 + gap, 2), digits(at + 6 + 2 * gap, 2)};
    if (day.year >= 2000 && day.year < 2100 && is_valid(day)) return day;
  }
  return std::nullopt;
}

void put_day(Row& row, const std::string& column, const Date& day) {
  row[column] = start_of_day_ms(day);
  row[column + "_precision"] = std::string("day");
}

class Antivirus {
 public:
  explicit Antivirus(Scan& scan) : scan_(scan) {}

  void take_all() {
    for (const SecurityProduct& p : scan_.answers.antivirus.value) take_centre(p);
    take_defender();
    for (const Node& product : scan_.options.products["antivirus"].items()) take_marks(product);
  }

 private:
  void take_centre(const SecurityProduct& p) {
    if (p.firewall) return;
    const bool defender = same_name(p.guid, "{D68DDC3A-831F-4fae-9E44-DA132C1ACF46}");
    if (defender) {
      defender_state_ = p.state;
      return;
    }
    Row& row = scan_.add("antivirus");
    put(row, "product", p.name);
    put_flag(row, "active", is_on(p.state));
    put_flag(row, "realtime", is_on(p.state));
    put(row, "source", "SecurityCenter2");
    centre_.emplace_back(ascii_lower(p.name), &row - scan_.out.tables["antivirus"].rows.data());
  }

  void take_defender() {
    const RegistryKey own = scan_.registry.read(kDefender);
    if (!own.ok()) return;
    const RegistryKey policy =
        scan_.registry.read("HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows Defender");
    const RegistryKey guard = scan_.registry.read(kDefender + "\\Real-Time Protection");
    const RegistryKey forced = scan_.registry.read(
        "HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows Defender\\Real-Time Protection");
    const RegistryKey updates = scan_.registry.read(kDefender + "\\Signature Updates");
    const ServiceState* service = scan_.service("WinDefend");
    const bool off = own.number("DisableAntiSpyware") == 1 ||
                     policy.number("DisableAntiSpyware") == 1 ||
                     own.number("DisableAntiVirus") == 1;
    const bool blind = guard.number("DisableRealtimeMonitoring") == 1 ||
                       forced.number("DisableRealtimeMonitoring") == 1;
    // On Windows 7 the program of this name is against spyware only: no antivirus.
    if (scan_.answers.system.major < 6 ||
        (scan_.answers.system.major == 6 && scan_.answers.system.minor < 2)) {
      return;
    }
    Row& row = scan_.add("antivirus");
    put(row, "product", "Microsoft Defender Antivirus");
    put(row, "vendor", "Microsoft");
    put(row, "licence", "free");
    if (defender_state_) {
      put_flag(row, "active", is_on(*defender_state_) && !off);
      put_flag(row, "realtime", is_on(*defender_state_) && !off && !blind);
    } else if (scan_.answers.services.ok()) {
      const bool runs = service != nullptr && service->running && !off;
      put_flag(row, "active", runs);
      put_flag(row, "realtime", runs && !blind);
    } else {
      scan_.gap("antivirus", "active", "reason.windows.no_security_centre");
    }
    put(row, "signature_version", updates.text("AVSignatureVersion"));
    put_filetime(row, "signatures_at", updates, "SignaturesLastUpdated");
    const RegistryKey last = scan_.registry.read(kDefender + "\\Scan");
    if (last.number("LastScanType") == 2) put_filetime(row, "last_scan_at", last, "LastScanRun");
    put(row, "source", kDefender);
    scan_.note("antivirus", updates.problem, kDefender + "\\Signature Updates");
  }

  static void put_filetime(Row& row, const char* column, const RegistryKey& key,
                           const char* name) {
    const RegistryValue* v = key.find(name);
    if (v == nullptr) return;
    const std::uint64_t raw = v->type == RegistryValue::Type::number ? v->number
                              : v->bytes.size() == 8 ? little_endian(v->bytes) : 0;
    if (const std::int64_t at = filetime_ms(raw); at > 0) row[column] = at;
  }

  // The row of the security centre for the same product, or none.
  Row* listed(const Node& product) {
    for (const auto& [name, at] : centre_) {
      for (const std::string& word : product["names"].texts()) {
        if (name.find(ascii_lower(word)) != std::string::npos) {
          return &scan_.out.tables["antivirus"].rows[static_cast<std::size_t>(at)];
        }
      }
    }
    return nullptr;
  }

  void take_marks(const Node& product) {
    const ServiceState* service = nullptr;
    for (const std::string& name : product["services"].texts()) {
      if (service == nullptr || !service->running) {
        if (const ServiceState* s = scan_.service(name)) service = s;
      }
    }
    std::string mark = service != nullptr ? "service " + service->name : "";
    for (const std::string& folder : product["folders"].texts()) {
      if (mark.empty() && scan_.files.info(scan_.expand(folder))) mark = scan_.expand(folder);
    }
    Row* row = listed(product);
    if (row == nullptr && mark.empty()) return;
    if (row == nullptr) {
      row = &scan_.add("antivirus");
      put(*row, "product", product["product"].text());
      put(*row, "source", mark);
      if (service != nullptr) put_flag(*row, "active", service->running);
      else if (scan_.answers.services.ok()) put_flag(*row, "active", false);
    }
    put(*row, "vendor", product["vendor"].text());
    put(*row, "licence", product["licence"].text());
    put_dates(*row, product);
  }

  void put_dates(Row& row, const Node& product) {
    for (const Node& mark : product["signatures"].items()) {
      const std::string key = mark["key"].text();
      if (!key.empty()) {
        const RegistryKey found = scan_.registry.read(key);
        const std::string text = found.text(mark["value"].text());
        if (const auto day = date_in(text)) put_day(row, "signatures_at", *day);
        if (row.contains("signatures_at")) put(row, "signature_version", text);
      } else if (const auto day = newest_in(mark["folder"].text(), mark["ending"].text())) {
        put_day(row, "signatures_at", *day);
      }
      if (row.contains("signatures_at")) break;
    }
    if (!row.contains("signatures_at")) {
      scan_.gap("antivirus", "signatures_at", "reason.host.product_format");
    }
    const Node& licence = product["licence_end"];
    if (const auto day = date_in(
            scan_.registry.read(licence["key"].text()).text(licence["value"].text()))) {
      row["licence_ends_on"] = to_iso(*day);
    } else {
      scan_.gap("antivirus", "licence_ends_on", "reason.host.product_format");
    }
  }

  std::optional<Date> newest_in(const std::string& folder, const std::string& ending) const {
    const std::string path = scan_.expand(folder);
    std::int64_t newest = 0;
    std::size_t seen = 0;
    for (const std::string& name : scan_.files.list(path).names) {
      if (!ascii_lower(name).ends_with(ending) || ++seen > kSignatureFiles) continue;
      const auto info = scan_.files.info(path + "\\" + name);
      if (info && !info->folder) newest = std::max(newest, info->modified_at);
    }
    return newest > 0 ? std::optional(local_date(newest)) : std::nullopt;
  }

  Scan& scan_;
  std::optional<std::uint32_t> defender_state_;
  std::vector<std::pair<std::string, std::ptrdiff_t>> centre_;  // name, row
};

void put_lock(Scan& scan, const std::string& login, std::optional<std::int64_t> seconds,
              bool enforced, const std::string& source) {
  Row& row = scan.add("screen_lock");
  row["login"] = login;
  put(row, "desktop", "windows");
  put_flag(row, "applicable", true);
  put_flag(row, "enabled", seconds.value_or(0) > 0);
  row["idle_seconds"] = seconds.value_or(0);
  put_flag(row, "enforced", enforced);
  put(row, "source", source);
}

std::optional<std::int64_t> decimal(const std::string& text) {
  std::int64_t v = 0;
  if (text.empty() || text.size() > 9) return std::nullopt;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    v = v * 10 + (c - '0');
  }
  return v;
}

// Seconds until a screen saver that asks for the password; 0: it never locks.
void take_user_lock(Scan& scan, const Profile& p) {
  const std::string own_key = "HKU\\" + p.sid + "\\Control Panel\\Desktop";
  const std::string policy_key =
      "HKU\\" + p.sid + "\\Software\\Policies\\Microsoft\\Windows\\Control Panel\\Desktop";
  const RegistryKey own = scan.registry.read(own_key);
  const RegistryKey policy = scan.registry.read(policy_key);
  if (!own.ok()) {
    return scan.partial("screen_lock", "reason.windows.other_users", p.folder);
  }
  const auto setting = [&](const char* name) {
    const std::string forced = policy.text(name);
    return forced.empty() ? own.text(name) : forced;
  };
  const bool on = setting("ScreenSaveActive") == "1" && setting("ScreenSaverIsSecure") == "1" &&
                  !setting("SCRNSAVE.EXE").empty();
  const auto seconds = decimal(setting("ScreenSaveTimeOut"));
  const bool enforced = !policy.text("ScreenSaveActive").empty() &&
                        !policy.text("ScreenSaverIsSecure").empty() &&
                        !policy.text("ScreenSaveTimeOut").empty();
  put_lock(scan, p.login, on ? seconds : std::nullopt, enforced, enforced ? policy_key : own_key);
}

}  // namespace

void collect_firewall(Scan& scan) {
  const ProfileState standard = firewall_profile(scan, "StandardProfile");
  const ProfileState open = firewall_profile(scan, "PublicProfile");
  const ProfileState domain = firewall_profile(scan, "DomainProfile");
  const bool joined = scan.answers.system.domain_joined.value_or(true);
  Row& row = scan.add("firewall");
  put(row, "scope", "host");
  put(row, "product", "windows_firewall");
  const ServiceState* service = scan.service("MpsSvc");
  const auto word = [](const std::optional<bool>& v) { return !v ? "?" : *v ? "1" : "0"; };
  put(row, "source", std::string("domain=") + word(domain.on) + " private=" + word(standard.on) +
                         " public=" + word(open.on));
  const bool some_off = standard.on == false || open.on == false || (joined && domain.on == false);
  const bool all_on = standard.on == true && open.on == true && (!joined || domain.on == true);
  const bool stopped = scan.answers.services.ok() && (service == nullptr || !service->running);
  if (some_off || stopped) put_flag(row, "active", false);
  else if (all_on && scan.answers.services.ok()) put_flag(row, "active", true);
  else scan.gap("firewall", "active", "reason.windows.no_setting");
  if (standard.drops && open.drops) {
    put(row, "inbound_default", *standard.drops && *open.drops ? "drop" : "accept");
    put_flag(row, "logging", *standard.logs && *open.logs);
  }
  const RegistryKey rules = scan.registry.read(kFirewall + "\\FirewallRules");
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

void collect_antivirus(Scan& scan) {
  Antivirus(scan).take_all();
  const auto& centre = scan.answers.antivirus;
  if (!centre.ok() && !scan.answers.system.server) {
    scan.partial("antivirus", "reason.windows.no_security_centre", centre.detail);
  }
}

void collect_disk_encryption(Scan& scan) {
  const Answer<std::vector<Volume>>& volumes = scan.answers.volumes;
  if (!volumes.ok()) {
    return scan.missing("disk_encryption", Scan::reason_of(volumes.problem), volumes.detail);
  }
  for (const Volume& v : volumes.value) {
    Row& row = scan.add("disk_encryption");
    put(row, "device", v.mount);
    put(row, "mount_point", v.mount);
    put(row, "file_system", v.file_system);
    put_flag(row, "swap", false);
    // 1 on, 6 on and locked; 3 and 4 are on their way, 5 has its key in the clear, 7 not known.
    if (v.protection && *v.protection >= 1 && *v.protection <= 8 && *v.protection != 7) {
      const bool on = *v.protection == 1 || *v.protection == 6;
      put_flag(row, "encrypted", on);
      if (on) put(row, "method", "bitlocker");
    } else {
      scan.gap("disk_encryption", "encrypted", "reason.windows.no_bitlocker");
    }
  }
}

void collect_screen_lock(Scan& scan) {
  const std::string key = "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Policies\\System";
  const RegistryKey machine = scan.registry.read(key);
  const auto limit = machine.number("InactivityTimeoutSecs");
  if (limit.value_or(0) > 0) {
    put_lock(scan, "", limit, true, key);  // stands over every user's own setting
    return;
  }
  for (const Profile& p : scan.profiles) take_user_lock(scan, p);
  if (scan.profiles.empty()) {
    scan.partial("screen_lock", "reason.windows.no_profiles", "ProfileList");
  }
}

}  // namespace khien::host_windows
