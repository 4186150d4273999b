// Screen lock by the desktop's own settings: system defaults from dconf key files and their locks,
// per user from KDE's file. A user's binary dconf database is not read here: where one exists and
// nothing is enforced, that user's lock is unknown rather than assumed.
#include "collect/host_linux/scan.h"

namespace khien::host {
namespace {

struct Lock {
  std::optional<bool> enabled;
  std::optional<std::int64_t> idle, delay;
  bool enforced = false;
  std::string source = "default";
};

std::optional<std::int64_t> dconf_number(std::string_view value) {
  if (value.starts_with("uint32 ")) value.remove_prefix(7);
  return number(bare(value));
}

// Takes GNOME's screen-lock keys out of a dconf key file.
void take_dconf(std::string_view text, const std::string& path, Lock& lock) {
  std::string group;
  each_line(text, [&](std::string_view line) {
    line = bare(line);
    if (line.starts_with('[') && line.ends_with(']')) {
      group = line.substr(1, line.size() - 2);
      return;
    }
    const std::size_t at = line.find('=');
    if (line.starts_with('#') || at == std::string_view::npos) return;
    const std::string_view key = bare(line.substr(0, at));
    const std::string_view value = bare(line.substr(at + 1));
    const bool saver = group.ends_with("desktop/screensaver");
    const bool session = group.ends_with("desktop/session");
    if (saver && key == "lock-enabled") lock.enabled = value == "true";
    if (saver && key == "lock-delay") lock.delay = dconf_number(value);
    if (session && key == "idle-delay") lock.idle = dconf_number(value);
    if ((saver && key.starts_with("lock-")) || (session && key == "idle-delay")) lock.source = path;
  });
}

Lock gnome_defaults(const Files& files) {
  Lock lock{true, 300, 0, false, "default"};  // GNOME's built-in values
  bool locked_enabled = false;
  bool locked_idle = false;
  const std::string base = "/etc/dconf/db";
  for (const std::string& db : files.list(base).names) {
    if (!db.ends_with(".d")) continue;
    for (const std::string& name : files.list(base + "/" + db).names) {
      const std::string path = base + "/" + db + "/" + name;
      take_dconf(files.read(path).bytes, path, lock);
    }
    for (const std::string& name : files.list(base + "/" + db + "/locks").names) {
      each_line(files.read(base + "/" + db + "/locks/" + name).bytes, [&](std::string_view line) {
        locked_enabled = locked_enabled || line.ends_with("/desktop/screensaver/lock-enabled");
        locked_idle = locked_idle || line.ends_with("/desktop/session/idle-delay");
      });
    }
  }
  lock.enforced = locked_enabled && locked_idle;
  return lock;
}

// Minutes until KDE locks; nullopt when the file says nothing about it.
std::optional<Lock> kde_lock(std::string_view text) {
  Lock lock{true, 300, 0, false, "kscreenlockerrc"};
  bool daemon = false;
  bool said = false;
  each_line(text, [&](std::string_view line) {
    line = bare(line);
    if (line.starts_with('[')) daemon = line == "[Daemon]";
    const std::size_t at = line.find('=');
    if (!daemon || at == std::string_view::npos) return;
    const std::string_view key = line.substr(0, at);
    const std::string_view value = bare(line.substr(at + 1));
    if (key == "Autolock") lock.enabled = value != "false";
    if (key == "Timeout") lock.idle = number(value).value_or(5) * 60;
    if (key == "LockGrace") lock.delay = number(value);
    said = true;
  });
  return said ? std::optional(lock) : std::nullopt;
}

std::string desktop_of(const Files& files) {
  static constexpr std::array<std::pair<std::string_view, const char*>, 6> known = {{
      {"gnome", "gnome"}, {"ubuntu", "gnome"}, {"cinnamon", "cinnamon"},
      {"mate", "mate"},   {"plasma", "kde"},   {"xfce", "xfce"}}};
  for (const char* folder : {"/usr/share/wayland-sessions", "/usr/share/xsessions"}) {
    for (const std::string& name : files.list(folder).names) {
      for (const auto& [mark, desktop] : known) {
        if (name.find(mark) != std::string::npos) return desktop;
      }
    }
  }
  return "other";
}

void put_lock(Scan& scan, const std::string& login, const std::string& desktop, const Lock& lock) {
  Row& row = scan.add("screen_lock");
  row["login"] = login;
  put(row, "desktop", desktop);
  put_flag(row, "applicable", true);
  put(row, "source", lock.source);
  put_flag(row, "enforced", lock.enforced);
  if (!lock.enabled) {
    scan.gap("screen_lock", "enabled", "reason.host.user_settings");
    return;
  }
  const bool on = *lock.enabled && lock.idle.value_or(0) > 0;
  put_flag(row, "enabled", on);
  row["idle_seconds"] = on ? lock.idle.value_or(0) + lock.delay.value_or(0) : std::int64_t{0};
}

void put_user(Scan& scan, const Passwd& user, const std::string& desktop, const Lock& defaults) {
  Problem problem = Problem::none;
  const std::optional<Files> home = scan.files.below(user.home, &problem);
  if (problem == Problem::absent) return;
  // A home that may not even be entered answers "denied" for the folder within it.
  const Listing config = home ? home->list("/.config") : Listing{{}, problem, false};
  if (config.problem == Problem::denied) {
    scan.partial("screen_lock", "reason.host.other_homes", user.home);
    return;
  }
  if (config.problem != Problem::none) return;  // never had a desktop session
  if (desktop == "kde") {
    const FileBytes text = home->read("/.config/kscreenlockerrc");
    put_lock(scan, user.login, desktop, kde_lock(text.bytes).value_or(defaults));
    return;
  }
  Lock lock = defaults;
  if (!defaults.enforced && home->exists("/.config/dconf/user")) {
    lock.enabled.reset();
    lock.source = "~/.config/dconf/user";
  }
  put_lock(scan, user.login, desktop, lock);
}

}  // namespace

void collect_screen_lock(Scan& scan) {
  scan.begin("screen_lock");
  if (!scan.desktop) {
    Row& row = scan.add("screen_lock");
    row["login"] = std::string();
    put(row, "desktop", "none");
    put_flag(row, "applicable", false);
    return;
  }
  const std::string desktop = desktop_of(scan.files);
  Lock defaults = gnome_defaults(scan.files);
  if (desktop != "gnome" && desktop != "kde" && !defaults.enforced) defaults.enabled.reset();
  put_lock(scan, "", desktop, defaults);
  for (const Passwd& user : scan.users) {
    if ((user.uid >= 1000 && user.uid < 65000) && user.may_log_in()) {
      put_user(scan, user, desktop, defaults);
    }
  }
}

}  // namespace khien::host
