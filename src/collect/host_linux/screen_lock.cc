// Screen lock by the desktop's own settings: system defaults from the dconf databases a profile
// names and their locks, from KDE's files for everybody and each user's own. A user's binary dconf
// database is not read here: where one exists and nothing is enforced, that user's lock is unknown
// rather than assumed.
#include "collect/host_linux/survey.h"

namespace khien::host {
namespace {

constexpr std::size_t kDatabases = 50;  // a dconf profile names one or two

struct Lock {
  std::optional<bool> enabled;
  std::optional<std::int64_t> idle, delay;
  bool enforced = false;
  std::string source = "default";
};

// A value of another type is written in the database and passed over by the desktop.
std::optional<std::int64_t> dconf_number(std::string_view value) {
  if (!value.starts_with("uint32 ")) return std::nullopt;
  return number(bare(value.substr(7)));
}

// "/org/gnome/desktop/session/idle-delay" -> "uint32 600"
using Keys = std::map<std::string, std::string>;

// A dconf key file, and the files of a database in the order dconf reads them: the later counts.
void take_keys(std::string_view text, Keys& keys) {
  std::string group;
  each_line(text, [&](std::string_view line) {
    line = bare(line);
    if (line.starts_with('[') && line.ends_with(']')) {
      group = "/" + std::string(line.substr(1, line.size() - 2)) + "/";
      return;
    }
    const std::size_t at = line.find('=');
    if (line.starts_with('#') || at == std::string_view::npos) return;
    keys[group + std::string(bare(line.substr(0, at)))] = bare(line.substr(at + 1));
  });
}

// The databases that dconf opens for a user's session, strongest first; without a profile none but
// the user's own.
std::vector<std::string> system_databases(const Files& files) {
  std::vector<std::string> out;
  each_line(files.read("/etc/dconf/profile/user").bytes, [&](std::string_view line) {
    line = bare(line.substr(0, line.find('#')));
    constexpr std::string_view mark = "system-db:";
    if (!line.starts_with(mark) || out.size() >= kDatabases) return;
    const std::string name(line.substr(mark.size()));
    if (name.find('/') == std::string::npos) out.push_back("/etc/dconf/db/" + name + ".d");
  });
  return out;
}

struct Dconf {
  Keys keys;
  std::map<std::string, std::string> told;  // key -> file
  std::set<std::string> locks;              // keys, or folders that end in "/"

  [[nodiscard]] std::optional<std::string> find(const std::string& key) const {
    const auto at = keys.find(key);
    return at == keys.end() ? std::nullopt : std::optional(at->second);
  }
  [[nodiscard]] bool locked(const std::string& key) const {
    for (const std::string& lock : locks) {
      if (lock == key || (lock.ends_with('/') && key.starts_with(lock))) return true;
    }
    return false;
  }
};

// False when something that counts could not be read.
bool read_dconf(const Files& files, Dconf& out) {
  bool whole = true;
  const auto read = [&](const std::string& path) {
    FileBytes text = files.read(path);
    whole = whole && (text.ok() || text.problem == Problem::absent);
    return text;
  };
  read("/etc/dconf/profile/user");
  for (const std::string& folder : system_databases(files)) {
    Keys keys;
    std::map<std::string, std::string> told;
    for (const std::string& name : files.list(folder).names) {
      const std::string path = folder + "/" + name;
      if (const auto info = files.info(path); !info || info->folder) continue;
      Keys own;
      take_keys(read(path).bytes, own);
      for (const auto& [key, value] : own) {
        keys[key] = value;
        told[key] = path;
      }
    }
    for (const std::string& name : files.list(folder + "/locks").names) {
      each_line(read(folder + "/locks/" + name).bytes, [&](std::string_view line) {
        line = bare(line.substr(0, line.find('#')));
        if (!line.starts_with('/')) return;
        const std::string key(line);
        // A lock of a weaker database forbids the stronger ones, too.
        out.locks.insert(key);
        if (const auto at = keys.find(key); at != keys.end()) out.keys.erase(key);
      });
    }
    for (const auto& [key, value] : keys) {
      if (out.keys.emplace(key, value).second) out.told[key] = told[key];
    }
  }
  return whole;
}

// What GNOME and Cinnamon do with no setting of the user's, and whether he may have one.
Lock gnome_defaults(Survey& survey, const std::string& desktop) {
  // The desktop's built-in values.
  Lock lock{true, desktop == "cinnamon" ? 900 : 300, 0, false, "default"};
  Dconf all;
  if (!read_dconf(survey.files, all)) {
    survey.partial("screen_lock", "reason.host.no_permission", "/etc/dconf");
  }
  const std::string base = desktop == "cinnamon" ? "/org/cinnamon/desktop/" : "/org/gnome/desktop/";
  const std::string enabled = base + "screensaver/lock-enabled";
  const std::string delay = base + "screensaver/lock-delay";
  const std::string idle = base + "session/idle-delay";
  const std::string forbidden = base + "lockdown/disable-lock-screen";
  if (const auto v = all.find(enabled); v && (*v == "true" || *v == "false")) {
    lock.enabled = *v == "true";
  }
  const auto take = [&](const std::string& key, std::optional<std::int64_t>& to) {
    const auto v = all.find(key);
    const auto seconds = v ? dconf_number(*v) : std::nullopt;
    if (seconds) to = seconds;
  };
  take(delay, lock.delay);
  take(idle, lock.idle);
  const bool off = all.find(forbidden) == "true";
  if (off) lock.enabled = false;
  for (const std::string& key : {delay, enabled, idle, forbidden}) {
    if (all.told.contains(key)) lock.source = all.told[key];
  }
  lock.enforced = off ? all.locked(forbidden) : all.locked(enabled) && all.locked(idle);
  return lock;
}

// KDE's settings: the file for everybody, then the user's; "[$i]" makes a value, a group or a file
// unchangeable.
struct KdeSettings {
  std::map<std::string, std::string> values;
  std::set<std::string> fixed;
  bool all_fixed = false;

  void take(std::string_view text) {
    bool daemon = false;
    bool group_fixed = all_fixed;
    const bool before = all_fixed;
    bool first = true;
    each_line(text, [&](std::string_view line) {
      line = bare(line);
      if (line.starts_with('#') || line.empty()) return;
      if (first && line == "[$i]") all_fixed = true;
      first = false;
      if (line.starts_with('[')) {
        daemon = line == "[Daemon]" || line == "[Daemon][$i]";
        group_fixed = all_fixed || line.ends_with("[$i]");
      }
      const std::size_t at = line.find('=');
      if (!daemon || line.starts_with('[') || at == std::string_view::npos) return;
      std::string key(bare(line.substr(0, at)));
      const bool own_mark = key.ends_with("[$i]");
      if (own_mark) key.resize(key.size() - 4);
      if (before || fixed.contains(key)) return;
      values[key] = bare(line.substr(at + 1));
      if (own_mark || group_fixed) fixed.insert(key);
    });
  }
};

// "action/lock_screen=false" among KDE's restrictions: nobody's screen locks.
bool kde_forbids_locks(const Files& files) {
  bool restrictions = false;
  bool out = false;
  each_line(files.read("/etc/xdg/kdeglobals").bytes, [&](std::string_view line) {
    line = bare(line);
    if (line.starts_with('[')) restrictions = line.starts_with("[KDE Action Restrictions]");
    const std::size_t at = line.find('=');
    if (!restrictions || at == std::string_view::npos) return;
    const std::string_view key = line.substr(0, std::min(at, line.find('[')));
    if (bare(key) == "action/lock_screen") out = bare(line.substr(at + 1)) == "false";
  });
  return out;
}

Lock kde_lock(const KdeSettings& settings, const std::string& source) {
  Lock lock{true, 300, 0, false, settings.values.empty() ? "default" : source};
  const auto find = [&](const char* key) {
    const auto at = settings.values.find(key);
    return at == settings.values.end() ? std::nullopt : std::optional(at->second);
  };
  if (const auto v = find("Autolock")) lock.enabled = *v != "false";
  if (const auto v = find("Timeout")) lock.idle = number(*v).value_or(5) * 60;
  if (const auto v = find("LockGrace")) lock.delay = number(*v);
  const auto fixed = [&](const char* key) {
    return settings.all_fixed || settings.fixed.contains(key);
  };
  lock.enforced = fixed("Autolock") && fixed("Timeout");
  return lock;
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

void put_lock(Survey& survey, const std::string& login, const std::string& desktop,
              const Lock& lock) {
  Row& row = survey.add("screen_lock");
  row["login"] = login;
  put(row, "desktop", desktop);
  put_flag(row, "applicable", true);
  put(row, "source", lock.source);
  put_flag(row, "enforced", lock.enforced);
  if (!lock.enabled) {
    survey.gap("screen_lock", "enabled", "reason.host.user_settings");
    return;
  }
  const bool on = *lock.enabled && lock.idle.value_or(0) > 0;
  put_flag(row, "enabled", on);
  row["idle_seconds"] = on ? lock.idle.value_or(0) + lock.delay.value_or(0) : std::int64_t{0};
}

constexpr const char* kKdeFile = "kscreenlockerrc";

void put_user(Survey& survey, const Passwd& user, const std::string& desktop, const Lock& defaults,
              const KdeSettings& kde) {
  Problem problem = Problem::none;
  const std::optional<Files> home = survey.files.below(user.home, &problem);
  if (problem == Problem::absent) return;
  // A home that may not even be entered answers "denied" for the folder within it.
  const Listing config = home ? home->list("/.config") : Listing{{}, problem, false};
  if (config.problem == Problem::denied) {
    survey.partial("screen_lock", "reason.host.other_homes", user.home);
    return;
  }
  if (config.problem != Problem::none) return;  // never had a desktop session
  if (desktop == "kde") {
    const FileBytes text = home->read(std::string("/.config/") + kKdeFile);
    if (!text.ok() && text.problem != Problem::absent) {
      survey.partial("screen_lock", reason_of(text.problem), user.home);
      return;
    }
    KdeSettings own = kde;
    own.take(text.bytes);
    Lock lock = text.ok() ? kde_lock(own, kKdeFile) : defaults;
    if (defaults.enforced && defaults.enabled == false) lock = defaults;
    put_lock(survey, user.login, desktop, lock);
    return;
  }
  Lock lock = defaults;
  if (!defaults.enforced && home->exists("/.config/dconf/user")) {
    lock.enabled.reset();
    lock.source = "~/.config/dconf/user";
  }
  put_lock(survey, user.login, desktop, lock);
}

}  // namespace

void collect_screen_lock(Survey& survey) {
  survey.begin("screen_lock");
  if (!survey.desktop) {
    Row& row = survey.add("screen_lock");
    row["login"] = std::string();
    put(row, "desktop", "none");
    put_flag(row, "applicable", false);
    return;
  }
  const std::string desktop = desktop_of(survey.files);
  KdeSettings kde;
  Lock defaults;
  if (desktop == "kde") {
    const std::string path = std::string("/etc/xdg/") + kKdeFile;
    kde.take(survey.files.read(path).bytes);
    defaults = kde_lock(kde, path);
    if (kde_forbids_locks(survey.files)) defaults = {false, 0, 0, true, "/etc/xdg/kdeglobals"};
  } else {
    defaults = gnome_defaults(survey, desktop);
    const bool known = desktop == "gnome" || desktop == "cinnamon";
    if (!known) defaults.enabled.reset();
  }
  put_lock(survey, "", desktop, defaults);
  for (const Passwd& user : survey.users) {
    if ((user.uid >= 1000 && user.uid < 65000) && user.may_log_in()) {
      put_user(survey, user, desktop, defaults, kde);
    }
  }
}

}  // namespace khien::host
