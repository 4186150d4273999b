// What starts without a person. Each entry names the file it runs and that file's SHA-256, so that
// two visits can be compared and a file can be looked up; arguments of commands are not kept.
#include "base/hash.h"
#include "collect/host_linux/survey.h"
#include "collect/host_linux/units.h"

#include <unistd.h>

namespace khien::host {
namespace {

constexpr std::int64_t kHashBytes = 32 << 20;          // one file
constexpr std::int64_t kHashTotalBytes = 512LL << 20;  // all of them
constexpr std::size_t kEntries = 5000;

class Hashes {
 public:
  explicit Hashes(const Files& files) : files_(files) {}
  std::string of(const std::string& path) {
    if (path.empty()) return "";
    const auto [at, fresh] = known_.emplace(path, "");
    if (fresh) at->second = read(path);
    return at->second;
  }

 private:
  std::string read(const std::string& path) {
    Problem problem = Problem::none;
    Info info;
    const Fd fd = files_.open_file(path, &problem, &info);
    if (problem != Problem::none || info.size > kHashBytes ||
        total_ + info.size > kHashTotalBytes) {
      return "";
    }
    total_ += info.size;
    Sha256 sha;
    std::string buffer(std::size_t{1} << 17, '\0');
    std::int64_t read_bytes = 0;
    for (;;) {
      const ssize_t n = ::read(fd.get(), buffer.data(), buffer.size());
      if (n < 0 || read_bytes > kHashBytes) return "";
      if (n == 0) return hex(sha.finish());
      read_bytes += n;
      sha.add({buffer.data(), static_cast<std::size_t>(n)});
    }
  }
  const Files& files_;
  std::map<std::string, std::string> known_;
  std::int64_t total_ = 0;
};

struct Entry {
  std::string kind, name, login, schedule, command, path, source;
};

class Collector {
 public:
  explicit Collector(Survey& survey) : survey_(survey), hashes_(survey.files) {}

  void put_entry(const Entry& e) {
    if (survey_.out.tables["autostart"].rows.size() >= kEntries) {
      survey_.partial("autostart", "reason.host.too_many", e.source);
      return;
    }
    Row& row = survey_.add("autostart");
    put(row, "kind", e.kind);
    put(row, "name", e.name);
    put(row, "login", e.login);
    put(row, "schedule", e.schedule);
    put(row, "command", safe_command(e.command));
    put(row, "path", e.path);
    put(row, "sha256", hashes_.of(e.path));
    put(row, "source", e.source);
  }

  // crontab(5) lines; `login` empty: the sixth field is the user.
  void take_crontab(const std::string& path, const std::string& kind, const std::string& login) {
    const FileBytes text = survey_.files.read(path);
    if (!text.ok()) return denied(text.problem, path);
    std::size_t line_number = 0;
    each_line(text.bytes, [&](std::string_view line) {
      ++line_number;
      line = bare(line);
      if (line.empty() || line[0] == '#') return;
      const std::vector<std::string_view> f = words(line);
      const std::size_t times = line[0] == '@' ? 1 : 5;
      const std::size_t head = times + (login.empty() ? 1 : 0);
      const bool assignment = f[0].find('=') != std::string_view::npos && f[0][0] != '*';
      if (assignment || f.size() <= head) return;
      const std::string_view last = f[times - 1];
      Entry e;
      e.kind = kind;
      e.name = path.substr(path.rfind('/') + 1) + ":" + std::to_string(line_number);
      e.login = login.empty() ? std::string(f[times]) : login;
      e.schedule = line.substr(0, static_cast<std::size_t>(last.end() - line.begin()));
      e.command = line.substr(static_cast<std::size_t>(f[head].begin() - line.begin()));
      e.path = runs(e.command);
      e.source = path;
      put_entry(e);
    });
  }

  // Every file of a folder is itself what runs.
  void take_folder(const std::string& folder, const std::string& kind,
                   const std::string& schedule) {
    const Listing listing = survey_.files.list(folder);
    denied(listing.problem, folder);
    for (const std::string& name : listing.names) {
      if (name.starts_with('.') || name.ends_with(".dpkg-dist") || name == "README") continue;
      const std::string path = folder + "/" + name;
      const std::optional<Info> info = survey_.files.info(path);
      if (!info || !info->regular) continue;
      put_entry({kind, name, "root", schedule, path, path, folder});
    }
  }

  void take_timers() {
    for (const std::string& name : enabled_units(survey_.files, ".timer")) {
      const Unit timer = read_unit(survey_.files, name);
      const std::string service =
          timer.unit.empty() ? name.substr(0, name.size() - 6) + ".service" : timer.unit;
      const Unit target = read_unit(survey_.files, service);
      put_entry({"systemd_timer", name, target.user.empty() ? "root" : target.user, timer.schedule,
                 target.command, program_of(target.command), timer.path});
    }
  }

  void take_desktop_folder(const Files& files, const std::string& folder, const std::string& login,
                           const std::string& shown) {
    for (const std::string& name : files.list(folder).names) {
      if (!name.ends_with(".desktop")) continue;
      std::string command;
      bool hidden = false;
      each_line(files.read(folder + "/" + name).bytes, [&](std::string_view line) {
        if (line.starts_with("Exec=") && command.empty()) command = bare(line.substr(5));
        hidden = hidden || line == "Hidden=true" || line == "X-GNOME-Autostart-enabled=false";
      });
      if (hidden || command.empty()) continue;
      std::string path = program_of(command);
      if (path.empty()) path = in_path(std::string(words(command).front()));
      put_entry({"xdg_autostart", name, login, "", command, path, shown + "/" + name});
    }
  }

  void take_preload() {
    const FileBytes text = survey_.files.read("/etc/ld.so.preload");
    denied(text.problem, "/etc/ld.so.preload");
    each_line(text.bytes, [&](std::string_view line) {
      for (const std::string_view word : words(line.substr(0, line.find('#')))) {
        const std::string path(word);
        put_entry({"preload", path, "", "", path, path, "/etc/ld.so.preload"});
      }
    });
  }

  void take_homes() {
    for (const Passwd& user : survey_.users) {
      if (user.uid < 1000 || user.uid >= 65000 || !user.may_log_in()) continue;
      Problem problem = Problem::none;
      const std::optional<Files> home = survey_.files.below(user.home, &problem);
      if (!home) {
        denied(problem, user.home);
        continue;
      }
      denied(home->list("/.config").problem, user.home);
      take_desktop_folder(*home, "/.config/autostart", user.login,
                          user.home + "/.config/autostart");
    }
  }

  // The first program among the words: "test -x /a && /b" tests /a, which is often /b itself.
  std::string runs(std::string_view command) const {
    for (const std::string_view word : words(command)) {
      const std::string path = program_of(word);
      const std::optional<Info> info = path.empty() ? std::nullopt : survey_.files.info(path);
      if (info && info->regular) return path;
    }
    return program_of(command);
  }

  void denied(Problem problem, const std::string& path) {
    if (problem == Problem::denied) {
      survey_.partial("autostart", "reason.host.no_permission", path);
    }
  }

 private:
  std::string in_path(const std::string& name) const {
    if (name.empty() || name.find('/') != std::string::npos) return "";
    for (const char* folder : {"/usr/bin/", "/usr/local/bin/", "/bin/", "/usr/sbin/"}) {
      if (survey_.files.exists(folder + name)) return folder + name;
    }
    return "";
  }
  Survey& survey_;
  Hashes hashes_;
};

}  // namespace

void collect_autostart(Survey& survey) {
  survey.begin("autostart");
  Collector c(survey);
  c.take_crontab("/etc/crontab", "cron", "");
  for (const std::string& name : survey.files.list("/etc/cron.d").names) {
    if (!name.starts_with('.')) c.take_crontab("/etc/cron.d/" + name, "cron", "");
  }
  for (const char* when : {"hourly", "daily", "weekly", "monthly"}) {
    c.take_folder(std::string("/etc/cron.") + when, "cron_folder", when);
  }
  const Listing tabs = survey.files.list("/var/spool/cron/crontabs");
  c.denied(tabs.problem, "/var/spool/cron/crontabs");
  for (const std::string& user : tabs.names) {
    c.take_crontab("/var/spool/cron/crontabs/" + user, "user_cron", user);
  }
  c.take_timers();
  if (survey.files.exists("/etc/rc.local")) {
    c.put_entry({"rc_local", "rc.local", "root", "boot", "/etc/rc.local", "/etc/rc.local", "/etc"});
  }
  c.take_desktop_folder(survey.files, "/etc/xdg/autostart", "", "/etc/xdg/autostart");
  c.take_folder("/etc/profile.d", "profile_script", "login");
  c.take_preload();
  c.take_homes();
}

}  // namespace khien::host
