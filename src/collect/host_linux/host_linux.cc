// The order of the parts.
#include "collect/host_linux/host_linux.h"

#include <unistd.h>

#include <algorithm>

#include "base/text.h"
#include "collect/host_linux/survey.h"

namespace khien {
namespace host {
namespace {

constexpr const char* kVersion = "1";

std::string host_name(const Files& files) {
  for (const char* path : {"/proc/sys/kernel/hostname", "/etc/hostname"}) {
    const FileBytes text = files.head(path, 256);
    const std::string name(bare(std::string_view(text.bytes).substr(0, text.bytes.find('\n'))));
    if (text.ok() && !name.empty()) return fact_text(name);
  }
  return "localhost";
}

bool has_desktop(const Files& files) {
  for (const char* folder : {"/usr/share/xsessions", "/usr/share/wayland-sessions"}) {
    for (const std::string& name : files.list(folder).names) {
      if (name.ends_with(".desktop")) return true;
    }
  }
  return false;
}

}  // namespace

std::string Survey::login_of(std::int64_t uid) const {
  for (const Passwd& user : users) {
    if (user.uid == uid) return user.login;
  }
  return std::to_string(uid);
}

bool Survey::has_record(std::string_view login) const {
  return std::any_of(records.all.begin(), records.all.end(),
                     [&](const UserRecord& record) { return record.user.login == login; });
}

std::string reason_of(Problem problem) {
  switch (problem) {
    case Problem::denied: return "reason.host.no_permission";
    case Problem::too_large: return "reason.host.too_large";
    case Problem::absent: return "reason.host.absent";
    default: return "reason.host.unreadable";
  }
}

std::string safe_command(std::string_view command) {
  std::string out;
  bool first = true;
  bool dropped = false;
  for (const std::string_view word : words(command)) {
    const bool assignment = first && word.find('=') != std::string_view::npos && word[0] != '/';
    const bool path = word.size() > 1 && word[0] == '/' &&
                      word.find_first_of("=:@?&") == std::string_view::npos;
    if (assignment || (!first && !path)) {
      dropped = true;
      continue;
    }
    if (!first) out += ' ';
    out += word;
    first = false;
  }
  if (dropped) out += " …";
  return shorten(out, 300);
}

std::string program_of(std::string_view command) {
  for (std::string_view word : words(command)) {
    constexpr std::string_view marks = "-@!+:([{\"'";
    while (!word.empty() && marks.find(word[0]) != std::string_view::npos) {
      word.remove_prefix(1);
    }
    if (word.size() < 2 || word[0] != '/') continue;
    return std::string(word.substr(0, word.find_first_of(";&|<>()\"'`$*?")));
  }
  return "";
}

}  // namespace host

Result<HostOptions> host_options(const Content& content) {
  HostOptions out;
  KHIEN_TRY(out.lifecycle, content.yaml("lifecycle/linux.yaml"));
  KHIEN_TRY(out.products, content.yaml("lifecycle/linux_products.yaml"));
  out.as_admin = ::geteuid() == 0;
  return out;
}

std::string this_host_name() {
  const auto files = host::Files::open(HostRoot{});
  return files ? host::host_name(*files) : "localhost";
}

Result<Collection> collect_host_linux(const HostRoot& root, const Clock& clock,
                                      const HostOptions& options, WorkerPool* pool) {
  KHIEN_TRY(const host::Files files, host::Files::open(root));
  Collection out;
  out.collector = "host_linux";
  out.collector_version = host::kVersion;
  out.started_at = clock.now_ms();
  out.host = host::host_name(files);
  out.source = out.host;
  out.agency = options.agency;
  host::Survey survey{{out, out.started_at, out.host}, files, options, pool};
  survey.users = host::parse_passwd(files.read("/etc/passwd", host::kAccountBytes).bytes);
  survey.records = host::read_user_records(files);
  for (const host::UserRecord& record : survey.records.all) {
    const auto same = [&](const host::Passwd& u) { return u.login == record.user.login; };
    if (std::none_of(survey.users.begin(), survey.users.end(), same)) {
      survey.users.push_back(record.user);
    }
  }
  survey.packages = host::read_packages(files);
  survey.updates = host::read_updates(files, survey.packages);
  survey.processes = host::read_processes(files);
  survey.desktop = host::has_desktop(files);
  for (const auto part : {host::collect_host, host::collect_host_update, host::collect_software,
                          host::collect_service, host::collect_listening_socket,
                          host::collect_firewall, host::collect_antivirus,
                          host::collect_disk_encryption, host::collect_screen_lock,
                          host::collect_account, host::collect_password_rule,
                          host::collect_autostart, host::collect_certificate,
                          host::collect_browser_credential}) {
    part(survey);
  }
  clean_facts(out);
  out.finished_at = clock.now_ms();
  out.dated = true;
  return out;
}

Result<std::string> check_host(const Node& map, const std::string& place) {
  KHIEN_DO(allow_keys(map, {"type"}, place));
  return std::string();
}

Collections read_host(const AgencySource& /*source*/, Reading& reading) {
  KHIEN_TRY(HostOptions options, host_options(reading.content));
  options.agency = reading.agency.record.name;
  options.watched_domains = reading.agency.domains;
  return one(collect_host_linux(HostRoot{}, reading.clock, options, &reading.pool));
}

}  // namespace khien
