// The order of the parts, what they share, and the last look over every value before it leaves.
#include "collect/host_windows/host_windows.h"

#include <algorithm>

#include "base/text.h"
#include "collect/host_windows/scan.h"
#include "collect/host_windows/user_hives.h"

namespace khien::host_windows {
namespace {

constexpr const char* kVersion = "1";
constexpr std::size_t kCellCharacters = 1000;
constexpr std::size_t kProfiles = 500;

std::string clean_text(const std::string& text) {
  std::string out = is_valid_utf8(text) ? text : to_utf8(to_u32(text));
  for (char& c : out) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
  }
  return shorten(out, kCellCharacters);
}

void clean(Collection& out) {
  for (auto& [name, table] : out.tables) {
    table.detail = clean_text(table.detail);
    for (Row& row : table.rows) {
      for (auto& [column, value] : row) {
        if (auto* text = std::get_if<std::string>(&value)) *text = clean_text(*text);
      }
    }
  }
}

// S-1-5-21-... with an RID of a person; the system's own accounts have shorter SIDs.
bool is_person(std::string_view sid) {
  return sid.starts_with("S-1-5-21-") || sid.starts_with("S-1-12-1-");
}

std::vector<Profile> read_profiles(const Scan& scan) {
  const std::string list = "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\ProfileList";
  std::vector<Profile> out;
  for (const std::string& sid : scan.registry.read(list).subkeys) {
    if (!is_person(sid) || sid.ends_with(".bak") || out.size() >= kProfiles) continue;
    Profile p;
    p.sid = sid;
    p.folder = scan.expand(scan.registry.read(list + "\\" + sid).text("ProfileImagePath"));
    for (const LocalUser& user : scan.answers.users.value) {
      if (user.sid == sid) p.login = user.login;
    }
    // An account of a domain: the folder is named after it.
    if (p.login.empty()) p.login = p.folder.substr(p.folder.find_last_of('\\') + 1);
    if (!p.folder.empty()) out.push_back(std::move(p));
  }
  return out;
}

}  // namespace

std::string Scan::reason_of(Problem problem) {
  switch (problem) {
    case Problem::denied: return "reason.host.no_permission";
    case Problem::too_large: return "reason.host.too_large";
    case Problem::busy: return "reason.windows.busy";
    case Problem::absent: return "reason.windows.no_interface";
    default: return "reason.windows.no_answer";
  }
}

std::string Scan::login_of(const std::string& sid) const {
  for (const Profile& p : profiles) {
    if (p.sid == sid) return p.login;
  }
  return sid;
}

const ServiceState* Scan::service(std::string_view name) const {
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
  out.host = clean_text(machine.answers.system.computer);
  if (out.host.empty()) out.host = "localhost";
  out.source = out.host;
  out.agency = options.agency;
  UserHives registry(machine.registry, machine.files);
  Scan scan{{out, out.started_at, out.host}, registry, machine.files, machine.answers, options,
            {}};
  scan.profiles = read_profiles(scan);
  for (const Profile& p : scan.profiles) registry.add(p.sid, p.folder);
  constexpr std::pair<const char*, void (*)(Scan&)> parts[] = {
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
    scan.begin(table);
    part(scan);
  }
  clean(out);
  out.finished_at = clock.now_ms();
  return out;
}

}  // namespace khien::host_windows
