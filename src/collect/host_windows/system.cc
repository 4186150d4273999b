// The host row: the system, its support, restart and the settings a review asks about.
#include <algorithm>

#include "base/hash.h"
#include "base/text.h"
#include "collect/host_windows/support_end.h"
#include "collect/host_windows/survey.h"

namespace khien::host_windows {
namespace {

const std::string kVersionKey = "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion";
const std::string kPolicies = "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Policies";
const std::string kServices = "HKLM\\SYSTEM\\CurrentControlSet\\Services";
const std::string kUpdateKey = "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\WindowsUpdate";
const std::string kServicing =
    "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Component Based Servicing";

std::string machine_id(const Survey& survey) {
  const std::string id =
      survey.registry.read("HKLM\\SOFTWARE\\Microsoft\\Cryptography").text("MachineGuid");
  return id.empty() ? "" : sha256_hex("khien machine " + ascii_lower(id)).substr(0, 16);
}

// Windows 11 still calls itself "Windows 10" in the registry.
std::string os_name(const Survey& survey, const RegistryKey& key) {
  std::string name = key.text("ProductName");
  const std::string old = "Windows 10";
  if (!survey.answers.system.server && survey.answers.system.build >= 22000 &&
      name.starts_with(old)) {
    name.replace(0, old.size(), "Windows 11");
  }
  return name;
}

std::string os_version(const Survey& survey, const RegistryKey& key) {
  const System& s = survey.answers.system;
  std::string out = std::to_string(s.major) + "." + std::to_string(s.minor) + "." +
                    std::to_string(s.build);
  if (const auto revision = key.number("UBR")) out += "." + std::to_string(*revision);
  return out;
}

// Markers that Windows itself leaves. A rename of files at the next start is asked for by many
// installers; only that of the system's own files would count, so it is not looked at.
std::optional<bool> needs_reboot(const Survey& survey) {
  bool read = false;
  for (const std::string& key : {kServicing + "\\RebootPending",
                                 kUpdateKey + "\\Auto Update\\RebootRequired"}) {
    const RegistryKey found = survey.registry.read(key);
    if (found.ok()) return true;
    read = read || found.problem == Problem::absent;
    if (found.problem != Problem::absent) return std::nullopt;
  }
  return read && survey.registry.read(kVersionKey).ok() ? std::optional(false) : std::nullopt;
}

void put_support(Survey& survey, Row& row, const std::string& name, const std::string& version) {
  const Node& table = survey.options.lifecycle;
  const auto end = windows::support_end(table, name, version, text_of(row, "edition"));
  put(row, "os_support_ends_on", end.ends_on);
  put(row, "os_extended_support_ends_on", end.extended_on);
  put(row, "os_support_table_on", table["dated"].text());
  put(row, "missed_update_on", windows::missed_update(table, name, version));
  if (!end.ends_on.empty()) put_flag(row, "os_support_verified", end.verified);
  else survey.gap("host", "os_support_ends_on", "reason.host.support_unknown");
}

void put_remote_desktop(Survey& survey, Row& row) {
  const RegistryKey server =
      survey.registry.read("HKLM\\SYSTEM\\CurrentControlSet\\Control\\Terminal Server");
  const RegistryKey station = survey.registry.read(
      "HKLM\\SYSTEM\\CurrentControlSet\\Control\\Terminal Server\\WinStations\\RDP-Tcp");
  const RegistryKey policy =
      survey.registry.read("HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows NT\\Terminal Services");
  auto denied = policy.number("fDenyTSConnections");
  if (!denied) denied = server.number("fDenyTSConnections");
  if (denied) put_flag(row, "remote_desktop", *denied == 0);
  else survey.gap("host", "remote_desktop", Survey::reason_of(server.problem));
  auto level = policy.number("UserAuthentication");
  if (!level) level = station.number("UserAuthentication");
  if (level) put_flag(row, "remote_desktop_nla", *level != 0);
}

// The server's side: the registry switch, else what the version does by itself (on up to 8 and
// Server 2012; from 8.1 and Server 2012 R2 on a feature that may be removed, whose driver tells).
void put_smb1(Survey& survey, Row& row) {
  const RegistryKey server = survey.registry.read(kServices + "\\LanmanServer\\Parameters");
  if (const auto set = server.number("SMB1")) {
    put_flag(row, "smb1", *set != 0);
    return;
  }
  if (!server.ok()) return survey.gap("host", "smb1", Survey::reason_of(server.problem));
  const System& s = survey.answers.system;
  if (s.major < 6 || (s.major == 6 && s.minor < 3)) {
    put_flag(row, "smb1", true);
    return;
  }
  const RegistryKey driver = survey.registry.read(kServices + "\\srv");
  if (driver.ok()) put_flag(row, "smb1", driver.number("Start").value_or(3) != 4);
  else if (driver.problem == Problem::absent) put_flag(row, "smb1", false);
  else survey.gap("host", "smb1", Survey::reason_of(driver.problem));
}

void put_usb(Survey& survey, Row& row) {
  const RegistryKey driver = survey.registry.read(kServices + "\\USBSTOR");
  const RegistryKey policy =
      survey.registry.read("HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows\\RemovableStorageDevices");
  const RegistryKey disks = survey.registry.read(
      "HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows\\RemovableStorageDevices\\"
      "{53f5630d-b6bf-11d0-94f2-00a0c91efb8b}");
  const bool off = driver.number("Start") == 4 || policy.number("Deny_All") == 1 ||
                   (disks.number("Deny_Read") == 1 && disks.number("Deny_Write") == 1);
  const bool known = driver.ok() || driver.problem == Problem::absent || off;
  if (known) put_flag(row, "usb_storage_blocked", off);
  else survey.gap("host", "usb_storage_blocked", Survey::reason_of(driver.problem));
}

void put_event_log(Survey& survey, Row& row) {
  const RegistryKey policy =
      survey.registry.read("HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows\\EventLog\\Security");
  const RegistryKey own = survey.registry.read(kServices + "\\EventLog\\Security");
  if (const auto kilobytes = policy.number("MaxSize")) {
    row["security_log_bytes"] = *kilobytes * 1024;
  } else if (const auto bytes = own.number("MaxSize")) {
    row["security_log_bytes"] = *bytes;
  } else {
    survey.gap("host", "security_log_bytes", Survey::reason_of(own.problem));
  }
}

void put_settings(Survey& survey, Row& row) {
  const System& s = survey.answers.system;
  const RegistryKey uac = survey.registry.read(kPolicies + "\\System");
  if (const auto on = uac.number("EnableLUA")) put_flag(row, "uac", *on != 0);
  else survey.gap("host", "uac", Survey::reason_of(uac.problem));
  if (s.domain_joined) put_flag(row, "domain_joined", *s.domain_joined);
  put_remote_desktop(survey, row);
  put_smb1(survey, row);
  put_usb(survey, row);
  put_event_log(survey, row);
  row["user_profiles"] = static_cast<std::int64_t>(survey.profiles.size());
  const Answer<std::vector<Share>>& shares = survey.answers.shares;
  if (shares.ok()) {
    row["shared_folders"] = static_cast<std::int64_t>(
        std::count_if(shares.value.begin(), shares.value.end(),
                      [](const Share& share) { return !share.special; }));
  } else {
    survey.gap("host", "shared_folders", Survey::reason_of(shares.problem));
  }
}

}  // namespace

void collect_host(Survey& survey) {
  const System& s = survey.answers.system;
  const RegistryKey key = survey.registry.read(kVersionKey);
  Row& row = survey.add("host");
  std::string name = os_name(survey, key);
  const std::string version = os_version(survey, key);
  if (s.server && name.find("Server") == std::string::npos) name += " Server";
  put(row, "machine_id", machine_id(survey));
  put(row, "role", s.server ? "server" : "workstation");
  put(row, "os_id", "windows");
  put(row, "os_name", name);
  put(row, "os_version", version);
  put(row, "kernel", key.text("BuildLabEx"));
  put(row, "architecture", s.architecture);
  put(row, "edition", key.text("EditionID"));
  std::string display = key.text("DisplayVersion");
  if (display.empty()) display = key.text("ReleaseId");
  if (display.empty()) display = key.text("CSDVersion");
  put(row, "display_version", display);
  put_support(survey, row, name, version);
  put_number(row, "booted_at", s.booted_at);
  put_flag(row, "collected_as_admin", s.as_admin);
  if (const auto reboot = needs_reboot(survey)) put_flag(row, "reboot_required", *reboot);
  else survey.gap("host", "reboot_required", "reason.host.no_permission");
  put_updates(survey, row);
  put_settings(survey, row);
}

}  // namespace khien::host_windows
