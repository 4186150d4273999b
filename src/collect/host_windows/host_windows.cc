// The order of the parts, and what they share.
#include "collect/host_windows/host_windows.h"

#include <algorithm>

#include "base/text.h"
#include "collect/host_windows/survey.h"
#include "collect/host_windows/user_hives.h"

namespace khien::host_windows {
namespace {

constexpr const char* kVersion = "1";
constexpr std::size_t kProfiles = 500;

// S-1-5-21-... with an RID of a person; the system's own accounts have shorter SIDs.
bool is_person(std::string_view sid) {
  return sid.starts_with("S-1-5-21-") || sid.starts_with("S-1-12-1-");
}

std::vector<Profile> read_profiles(const Survey& survey) {
  const std::string list = "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\ProfileList";
  std::vector<Profile> out;
  for (const std::string& sid : survey.registry.read(list).subkeys) {
    if (!is_person(sid) || sid.ends_with(".bak") || out.size() >= kProfiles) continue;
    Profile p;
    p.sid = sid;
    p.folder = survey.expand(survey.registry.read(list + "\\" + sid).text("ProfileImagePath"));
    for (const LocalUser& user : survey.answers.users.value) {
      if (user.sid == sid) p.login = user.login;
    }
    // An account of a domain: the folder is named after it.
    if (p.login.empty()) p.login = p.folder.substr(p.folder.find_last_of('\\') + 1);
    if (!p.folder.empty()) out.push_back(std::move(p));
  }
  return out;
}

}  // namespace

std::string Survey::reason_of(Problem problem) {
  switch (problem) {
    case Problem::denied: return "reason.host.no_permission";
    case Problem::too_large: return "reason.host.too_large";
    case Problem::busy: return "reason.windows.busy";
    case Problem::absent: return "reason.windows.no_interface";
    default: return "reason.windows.no_answer";
  }
}

std::string Survey::login_of(const std::string& sid) const {
  for (const Profile& p : profiles) {
    if (p.sid == sid) return p.login;
  }
  return sid;
}

const ServiceState* Survey::service(std::string_view name) const {
  for (const ServiceState& s : answers.services.value) {
    if (same_name(s.name, name)) return &s;
  }
  return nullptr;
}

std::string kb_in(std::string_view text) {
  for (std::size_t at = text.find("KB"); at != text.npos; at = text.find("KB", at + 1)) {
    std::size_t end = at + 2;
    while (end < text.size() && text[end] >= '0' && text[end] <= '9') ++end;
    if (end - at >= 8 && end - at <= 10) return std::string(text.substr(at, end - at));
  }
  return "";
}

Result<Options> options_from(const Content& content) {
  Options out;
  KHIEN_TRY(out.lifecycle, content.yaml("lifecycle/windows.yaml"));
  KHIEN_TRY(out.products, content.yaml("lifecycle/windows_products.yaml"));
  return out;
}

Collection collect_host_windows(const Machine& machine, const Clock& clock,
                                const Options& options) {
  Collection out;
  out.collector = "host_windows";
  out.collector_version = kVersion;
  out.started_at = clock.now_ms();
  out.host = fact_text(machine.answers.system.computer);
  if (out.host.empty()) out.host = "localhost";
  out.source = out.host;
  out.agency = options.agency;
  UserHives registry(machine.registry, machine.files);
  Survey survey{{out, out.started_at, out.host}, registry, machine.files, machine.answers, options,
                {}};
  survey.profiles = read_profiles(survey);
  for (const Profile& p : survey.profiles) registry.add(p.sid, p.folder);
  constexpr std::pair<const char*, void (*)(Survey&)> parts[] = {
      {"host", collect_host},
      {"installed_update", collect_installed_update},
      {"host_update", collect_host_update},
      {"software", collect_software},
      {"service", collect_service},
      {"listening_socket", collect_listening_socket},
      {"firewall", collect_firewall},
      {"antivirus", collect_antivirus},
      {"disk_encryption", collect_disk_encryption},
      {"screen_lock", collect_screen_lock},
      {"account", collect_account},
      {"password_rule", collect_password_rule},
      {"browser_credential", collect_browser_credential},
      {"certificate", collect_certificate},
      {"autostart", collect_autostart}};
  for (const auto& [table, part] : parts) {
    if (options.progress) options.progress(table);
    survey.begin(table);
    part(survey);
  }
  clean_facts(out);
  out.finished_at = clock.now_ms();
  return out;
}

}  // namespace khien::host_windows
