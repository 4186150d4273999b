// What starts without a person. Each entry names the file it runs, that file's SHA-256 and who
// signed it, so that two visits can be compared and a file can be looked up; arguments of commands
// are not kept.
#include "base/text.h"
#include "collect/host_windows/survey.h"
#include "format/windows/shell_link.h"
#include "format/windows/task_xml.h"

namespace khien::host_windows {
namespace {

constexpr std::size_t kEntries = 5'000;
constexpr std::int64_t kTotalBytes = 1024LL << 20;  // hashed of one machine
const std::string kCurrent = "SOFTWARE\\Microsoft\\Windows\\CurrentVersion";
const std::string kNt = "SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion";

struct Entry {
  std::string kind, name, login, schedule, command, path, source;
};

struct Known {
  std::string sha256;
  Signature signature;
};

class Collector {
 public:
  explicit Collector(Survey& survey) : survey_(survey) {}

  void put_entry(const Entry& e) {
    if (survey_.out.tables["autostart"].rows.size() >= kEntries) {
      return survey_.partial("autostart", "reason.host.too_many", e.source);
    }
    Row& row = survey_.add("autostart");
    put(row, "kind", e.kind);
    put(row, "name", e.name);
    put(row, "login", e.login);
    put(row, "schedule", e.schedule);
    put(row, "command", survey_.safe_command(e.command));
    put(row, "path", e.path);
    put(row, "source", e.source);
    if (e.path.empty()) return;
    const Known& file = known(e.path);
    put(row, "sha256", file.sha256);
    put(row, "signer", file.signature.signer);
    if (file.signature.valid) put_flag(row, "signature_valid", *file.signature.valid);
  }

  // Every value of a key is a command.
  void take_values(const std::string& key, const std::string& kind, const std::string& login) {
    const RegistryKey found = survey_.registry.read(key);
    survey_.note("autostart", found.problem, key);
    for (const auto& [name, value] : found.values) {
      if (value.type != RegistryValue::Type::text || value.text.empty()) continue;
      put_command(kind, name, login, value.text, key);
    }
  }

  void take_run_keys(const std::string& root, const std::string& login) {
    for (const char* name : {"\\Run", "\\RunOnce", "\\Policies\\Explorer\\Run"}) {
      take_values(root + "\\" + kCurrent + name, "run_key", login);
    }
  }

  void take_folder(const std::string& folder, const std::string& login) {
    const Listing list = survey_.files.list(folder);
    survey_.note("autostart", list.problem, folder);
    for (const std::string& name : list.names) {
      const std::string path = folder + "\\" + name;
      const auto info = survey_.files.info(path);
      if (!info || info->folder || same_name(name, "desktop.ini")) continue;
      const Shortcut link = shortcut(path);
      const bool follows = !link.target.empty();  // what the shortcut starts is what matters
      put_entry({"startup_folder", name, login, "",
                 follows ? "\"" + link.target + "\" " + link.arguments : path,
                 follows ? link.target : path, folder});
    }
  }

  Shortcut shortcut(const std::string& path) const {
    if (!ascii_lower(path).ends_with(".lnk")) return {};
    const FileBytes file = survey_.files.read(path, kShortcutBytes);
    return file.problem == Problem::none ? parse_shortcut(file.bytes) : Shortcut();
  }

  void take_services() {
    for (const ServiceState& s : survey_.answers.services.value) {
      if (s.start > 2 || s.path.empty()) continue;
      const std::string key = "HKLM\\SYSTEM\\CurrentControlSet\\Services\\" + s.name;
      std::string path = survey_.program_of(s.path);
      if (ascii_lower(path).ends_with("\\svchost.exe")) {  // the library is what runs
        const std::string library =
            survey_.expand(survey_.registry.read(key + "\\Parameters").text("ServiceDll"));
        if (!library.empty()) path = library;
      }
      put_entry({s.driver ? "driver" : "service", s.name, s.account,
                 s.start == 2 ? "automatic" : "boot", s.path, path, key});
    }
    if (!survey_.answers.services.ok()) {
      survey_.partial("autostart", Survey::reason_of(survey_.answers.services.problem),
                      survey_.answers.services.detail);
    }
  }

  void take_tasks() {
    const auto& tasks = survey_.answers.tasks;
    if (!tasks.ok()) {
      survey_.partial("autostart", "reason.windows.no_tasks", tasks.detail);
    } else if (!survey_.answers.system.as_admin) {  // others' tasks are not even named
      survey_.partial("autostart", "reason.windows.own_tasks", "Task Scheduler");
    }
    for (const ScheduledTask& task : tasks.value) {
      if (!task.enabled) continue;
      const TaskDefinition d = parse_task(task.xml);
      for (const TaskAction& a : d.actions) {
        put_entry({"scheduled_task", task.path, survey_.login_of(d.user), d.triggers,
                   a.command.empty() ? a.handler : a.command + " " + a.arguments,
                   survey_.program_of(a.command), "Task Scheduler"});
      }
    }
  }

  // A "debugger" of a program is started in its place.
  void take_image_options(const std::string& root) {
    const std::string folder = root + "\\" + kNt + "\\Image File Execution Options";
    for (const std::string& name : survey_.registry.read(folder).subkeys) {
      const std::string command = survey_.registry.read(folder + "\\" + name).text("Debugger");
      if (!command.empty()) put_command("ifeo", name, "", command, folder + "\\" + name);
    }
  }

  void take_winlogon() {
    const std::string key = "HKLM\\" + kNt + "\\Winlogon";
    const RegistryKey found = survey_.registry.read(key);
    for (const char* name : {"Shell", "Userinit", "Taskman"}) {
      std::string list = found.text(name);
      while (!list.empty()) {  // comma-separated
        const std::string one = list.substr(0, list.find(','));
        list.erase(0, list.find(',') == std::string::npos ? list.size() : one.size() + 1);
        if (one.find_first_not_of(' ') != std::string::npos) {
          put_command("winlogon", name, "", one, key);
        }
      }
    }
  }

  void take_app_init(const std::string& root) {
    const std::string key = root + "\\" + kNt + "\\Windows";
    const RegistryKey found = survey_.registry.read(key);
    const std::string list = found.text("AppInit_DLLs");
    if (list.empty() || found.number("LoadAppInit_DLLs").value_or(1) == 0) return;
    put_command("appinit", "AppInit_DLLs", "", list, key);
  }

  void take_consumers() {
    const auto& consumers = survey_.answers.consumers;
    if (!consumers.ok()) {
      survey_.partial("autostart", "reason.windows.no_consumers", consumers.detail);
    }
    for (const WmiConsumer& c : consumers.value) {
      put_entry({"wmi_consumer", c.name, "", c.kind, c.command, survey_.program_of(c.command),
                 "root\\subscription"});
    }
  }

 private:
  void put_command(const std::string& kind, const std::string& name, const std::string& login,
                   const std::string& command, const std::string& source) {
    put_entry({kind, name.empty() ? "(default)" : name, login, "", command,
               survey_.program_of(command), source});
  }

  const Known& known(const std::string& path) {
    const auto [at, fresh] = known_.emplace(ascii_lower(path), Known{});
    if (!fresh) return at->second;
    const auto info = survey_.files.info(path);
    if (!info || info->folder || total_ + info->size > kTotalBytes) return at->second;
    total_ += info->size;
    at->second = {survey_.files.sha256(path, kHashBytes), survey_.files.signature(path)};
    return at->second;
  }

  Survey& survey_;
  std::map<std::string, Known> known_;
  std::int64_t total_ = 0;
};

}  // namespace

void collect_autostart(Survey& survey) {
  Collector c(survey);
  for (const char* root : {"HKLM", "HKLM32"}) {
    c.take_run_keys(root, "");
    c.take_image_options(root);
    c.take_app_init(root);
  }
  c.take_winlogon();
  const std::string startup = "\\Microsoft\\Windows\\Start Menu\\Programs\\Startup";
  c.take_folder(survey.answers.system.program_data + startup, "");
  for (const Profile& p : survey.profiles) {
    const std::string hive = "HKU\\" + p.sid;
    if (survey.registry.read(hive).ok()) c.take_run_keys(hive, p.login);
    else survey.partial("autostart", "reason.windows.other_users", p.folder);
    c.take_folder(p.folder + "\\AppData\\Roaming" + startup, p.login);
  }
  c.take_tasks();
  c.take_consumers();
  c.take_services();
}

}  // namespace khien::host_windows
