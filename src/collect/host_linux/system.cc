// The host row and its pending updates. A count is written only when it was counted: without
// package lists "pending" is unknown, never zero.
#include <algorithm>

#include "base/calendar.h"
#include "base/hash.h"
#include "collect/host_linux/apt_conf.h"
#include "collect/host_linux/survey.h"
#include "format/deb_version.h"

namespace khien::host {
namespace {

std::map<std::string, std::string> os_release(const Files& files) {
  FileBytes text = files.read("/etc/os-release");
  if (!text.ok()) text = files.read("/usr/lib/os-release");
  std::map<std::string, std::string> out;
  each_line(text.bytes, [&](std::string_view line) {
    const std::size_t at = line.find('=');
    if (at != std::string_view::npos && line[0] != '#') {
      out[std::string(bare(line.substr(0, at)))] = bare(line.substr(at + 1));
    }
  });
  return out;
}

void put_support(Row& row, const Node& lifecycle, const std::string& id,
                 const std::string& version) {
  for (const Node& system : lifecycle["systems"].items()) {
    if (system["id"].text() != id || system["version"].text() != version) continue;
    put(row, "os_support_ends_on", system["ends"].text());
    put(row, "os_extended_support_ends_on", system["extended"].text());
    put_flag(row, "os_support_verified", system["verified"].boolean());
  }
}

// The system's own id is not passed on: machine-id(5) asks that it stay on the machine.
std::string machine_id(const Files& files) {
  const FileBytes text = files.head("/etc/machine-id", 64);
  const std::string id(bare(std::string_view(text.bytes).substr(0, text.bytes.find('\n'))));
  const bool whole = id.size() == 32 && id.find_first_not_of("0123456789abcdef") == id.npos;
  return whole ? sha256_hex("khien machine " + id).substr(0, 16) : "";
}

std::optional<std::int64_t> boot_time(const Files& files) {
  std::optional<std::int64_t> out;
  each_line(files.head("/proc/stat", kTextBytes).bytes, [&](std::string_view line) {
    if (!line.starts_with("btime ")) return;
    if (const auto seconds = number(bare(line.substr(6)))) out = *seconds * 1000;
  });
  return out;
}

// "6.1.0-13-cloud-amd64" -> {"6.1.0-13", "cloud-amd64"}: the flavour begins with a letter.
std::pair<std::string_view, std::string_view> kernel_parts(std::string_view release) {
  for (std::size_t at = release.find('-'); at != release.npos; at = release.find('-', at + 1)) {
    const std::string_view rest = release.substr(at + 1);
    const bool letter = !rest.empty() && ((rest[0] >= 'a' && rest[0] <= 'z') ||
                                          (rest[0] >= 'A' && rest[0] <= 'Z'));
    if (letter && !rest.starts_with("rc")) return {release.substr(0, at), rest};
  }
  return {release, ""};
}

// The package version a running kernel of Debian or Ubuntu carries: "#1 SMP Debian 6.1.55-1 (...)".
std::string_view running_build(std::string_view version) {
  const std::size_t at = version.find("Debian ");
  if (at == std::string_view::npos) return {};
  const std::string_view rest = version.substr(at + 7);
  return rest.substr(0, rest.find_first_of(" \n"));
}

// A marker file says so, or a kernel of the running flavour is installed that is later than the
// running one. Symbols ("-dbg") and other flavours are not what this machine starts.
bool needs_reboot(const Survey& survey, std::string_view kernel) {
  if (survey.files.exists("/run/reboot-required") ||
      survey.files.exists("/var/run/reboot-required")) {
    return true;
  }
  constexpr std::string_view image = "linux-image-";
  const auto [running, flavour] = kernel_parts(kernel);
  const FileBytes told = survey.files.head("/proc/sys/kernel/version", 256);
  const std::string_view build = running_build(told.bytes);
  for (const Package& p : survey.packages.installed) {
    if (!p.name.starts_with(image)) continue;
    const std::string_view release = std::string_view(p.name).substr(image.size());
    if (release.empty() || release[0] < '0' || release[0] > '9') continue;  // meta packages
    const auto [version, kind] = kernel_parts(release);
    if (kind == flavour && compare_deb_version(version, running) > 0) return true;
    if (release == kernel && !build.empty() && compare_deb_version(p.version, build) > 0) {
      return true;  // the same release, built anew
    }
  }
  return false;
}

bool is_switched_off(const Files& files, const std::string& unit) {
  return files.link("/etc/systemd/system/" + unit) == "/dev/null";
}

// What APT's daily job does by itself: it must be on, refresh the lists and install; empty where a
// file that could say otherwise was not read.
std::optional<bool> automatic_updates(const Survey& survey) {
  if (survey.packages.find("unattended-upgrades") == nullptr) return false;
  AptConf conf;
  bool unread = false;
  const auto take = [&](const std::string& path) {
    const FileBytes text = survey.files.read(path);
    unread = unread || (!text.ok() && text.problem != Problem::absent);
    conf.take(text.bytes);
  };
  const std::string folder = "/etc/apt/apt.conf.d";
  const Listing parts = survey.files.list(folder);
  unread = parts.problem != Problem::none && parts.problem != Problem::absent;
  for (const std::string& name : parts.names) {
    const std::size_t dot = name.rfind('.');
    if (dot == std::string::npos || name.substr(dot) == ".conf") take(folder + "/" + name);
  }
  take("/etc/apt/apt.conf");
  const std::string periodic = "APT::Periodic::";
  const bool runs = (conf.value(periodic + "Enable").empty() || conf.on(periodic + "Enable")) &&
                    !is_switched_off(survey.files, "apt-daily.timer") &&
                    !is_switched_off(survey.files, "apt-daily-upgrade.timer");
  if (unread) return std::nullopt;
  return runs && conf.on(periodic + "Update-Package-Lists") &&
         conf.on(periodic + "Unattended-Upgrade");
}

const char* role_of(const Survey& survey) {
  for (const char* mark : {"/.dockerenv", "/run/.containerenv", "/run/systemd/container"}) {
    if (survey.files.exists(mark)) return "container";
  }
  return survey.desktop ? "workstation" : "server";
}

void put_patches(Survey& survey, Row& row) {
  const Updates& updates = survey.updates;
  if (survey.packages.problem != Problem::none) {
    for (const char* column : {"package_count", "pending_updates", "pending_security_updates",
                               "automatic_updates", "reboot_required"}) {
      survey.gap("host", column, "reason.host.no_package_database");
    }
    return;
  }
  row["package_count"] = static_cast<std::int64_t>(survey.packages.installed.size());
  if (const auto on = automatic_updates(survey)) put_flag(row, "automatic_updates", *on);
  else survey.gap("host", "automatic_updates", "reason.host.no_permission");
  if (updates.lists_read == 0) {
    for (const char* column : {"pending_updates", "pending_security_updates", "package_lists_at"}) {
      survey.gap("host", column, "reason.host.no_package_lists");
    }
    return;
  }
  // Fresh lists of another archive do not make old ones of the security archive newer.
  put_number(row, "package_lists_at",
             updates.security_source ? updates.security_at : updates.lists_at);
  if (!row.contains("package_lists_at")) {
    survey.gap("host", "package_lists_at", "reason.host.lists_undated");
  }
  put_flag(row, "security_source", updates.security_source);
  const auto count = [&](const char* column, std::int64_t found) {
    // "None" needs every list; "some" is true whatever the unread ones hold.
    if (found == 0 && !updates.unread.empty()) {
      survey.gap("host", column, "reason.host.lists_unread");
    } else {
      row[column] = found;
    }
  };
  count("pending_updates", static_cast<std::int64_t>(updates.pending.size()));
  if (updates.security_source) {
    count("pending_security_updates",
          std::count_if(updates.pending.begin(), updates.pending.end(),
                        [](const Update& u) { return u.security; }));
  } else {
    survey.gap("host", "pending_security_updates", "reason.host.no_security_source");
  }
}

}  // namespace

void collect_host(Survey& survey) {
  Row& row = survey.add("host");
  const std::map<std::string, std::string> os = os_release(survey.files);
  const auto field = [&](const char* name) {
    const auto at = os.find(name);
    return at == os.end() ? std::string() : at->second;
  };
  put(row, "machine_id", machine_id(survey.files));
  put(row, "role", role_of(survey));
  put(row, "os_id", field("ID"));
  put(row, "os_name", field("PRETTY_NAME"));
  put(row, "os_version", field("VERSION_ID"));
  put_support(row, survey.options.lifecycle, field("ID"), field("VERSION_ID"));
  if (!row.contains("os_id")) survey.gap("host", "os_id", "reason.host.absent");
  if (!row.contains("os_support_ends_on")) {
    survey.gap("host", "os_support_ends_on", "reason.host.support_unknown");
  }
  const FileBytes release = survey.files.head("/proc/sys/kernel/osrelease", 256);
  put(row, "kernel", bare(release.bytes));
  const Package* dpkg = survey.packages.find("dpkg");
  if (dpkg != nullptr) put(row, "architecture", dpkg->architecture);
  put_number(row, "booted_at", boot_time(survey.files));
  put_flag(row, "collected_as_admin", survey.options.as_admin);
  if (survey.packages.problem == Problem::none) {
    put_flag(row, "reboot_required", needs_reboot(survey, bare(release.bytes)));
  }
  put_patches(survey, row);
}

void collect_host_update(Survey& survey) {
  const Updates& updates = survey.updates;
  survey.begin("host_update");
  if (survey.packages.problem != Problem::none) {
    survey.missing("host_update", "reason.host.no_package_database", "/var/lib/dpkg/status");
    return;
  }
  if (updates.lists_read == 0) {
    survey.missing("host_update", updates.problem == Problem::denied ? "reason.host.no_permission"
                                                                   : "reason.host.no_package_lists",
                 "/var/lib/apt/lists");
    return;
  }
  for (const Update& u : updates.pending) {
    Row& row = survey.add("host_update");
    put(row, "package", u.package);
    put(row, "state", "pending");
    put(row, "installed_version", u.installed);
    put(row, "candidate_version", u.candidate);
    put_flag(row, "security", u.security);
    put(row, "source", u.list);
    put_flag(row, "held", u.held);
    put_number(row, "lists_at", u.lists_at);
  }
  if (!updates.unread.empty()) {
    survey.partial("host_update", "reason.host.lists_unread", updates.unread.front());
  } else if (!updates.security_source) {
    survey.partial("host_update", "reason.host.no_security_source", "/var/lib/apt/lists");
  }
}

}  // namespace khien::host
