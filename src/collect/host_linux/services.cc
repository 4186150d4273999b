// Services from unit files and their enabling links; running ones from the control groups of the
// processes, which every user may read. systemctl is not asked: it is a program and a bus away.
#include <set>

#include "collect/host_linux/survey.h"
#include "collect/host_linux/units.h"

namespace khien::host {
namespace {

constexpr std::array<const char*, 5> kUnitFolders = {
    "/etc/systemd/system", "/run/systemd/system", "/usr/local/lib/systemd/system",
    "/usr/lib/systemd/system", "/lib/systemd/system"};

bool is_masked(const Files& files, const std::string& name) {
  return files.link(std::string("/etc/systemd/system/") + name) == "/dev/null";
}

// Scripts that start in the usual run levels, without their order number: "S01cron" -> cron.
std::set<std::string> sysv_scripts(const Files& files) {
  std::set<std::string> out;
  for (const char* folder : {"/etc/rc2.d", "/etc/rc3.d", "/etc/rc5.d", "/etc/rcS.d"}) {
    for (const std::string& name : files.list(folder).names) {
      if (name.size() > 3 && name[0] == 'S') out.insert(name.substr(3));
    }
  }
  return out;
}

void put_service(Survey& survey, const std::string& name, bool enabled, bool unit_runs) {
  const Unit unit = read_unit(survey.files, name);
  Row& row = survey.add("service");
  put(row, "name", name);
  put(row, "kind", "systemd");
  put_flag(row, "enabled", enabled);
  const std::string program = program_of(unit.command);
  put(row, "command", safe_command(unit.command));
  put(row, "run_as", unit.user.empty() && !unit.path.empty() ? "root" : unit.user);
  put(row, "unit_path", unit.path);
  if (survey.processes.systemd || unit_runs) {
    put_flag(row, "running", unit_runs);
  } else if (survey.processes.visible && !program.empty()) {
    bool runs = false;  // no systemd here: a process of the same program is the best sign
    for (const Process& p : survey.processes.all) {
      runs = runs || p.program == program || p.command == program;
    }
    put_flag(row, "running", runs);
  }
}

}  // namespace

Unit parse_unit(std::string_view text) {
  Unit out;
  each_line(text, [&](std::string_view line) {
    line = bare(line);
    const std::size_t at = line.find('=');
    if (line.empty() || line[0] == '#' || line[0] == ';' || at == std::string_view::npos) return;
    const std::string_view key = bare(line.substr(0, at));
    const std::string_view value = bare(line.substr(at + 1));
    if (key == "ExecStart" && out.command.empty()) {
      const std::size_t from = value.find_first_not_of("-@:+!");  // systemd.service(5) prefixes
      out.command = value.substr(std::min(from, value.size()));
    }
    if (key == "User") out.user = value;
    if (key == "Unit") out.unit = value;
    if (key == "Description") out.description = value;
    if (key == "OnCalendar" || key == "OnBootSec" || key == "OnUnitActiveSec" ||
        key == "OnStartupSec" || key == "OnActiveSec" || key == "OnUnitInactiveSec") {
      out.schedule += (out.schedule.empty() ? "" : "; ") + std::string(line);
    }
  });
  return out;
}

Unit read_unit(const Files& files, const std::string& name) {
  std::vector<std::string> names = {name};
  const std::size_t at = name.find('@');
  const std::size_t dot = name.rfind('.');
  if (at != std::string::npos && dot != std::string::npos && at < dot) {
    names.push_back(name.substr(0, at + 1) + name.substr(dot));
  }
  for (const std::string& each : names) {
    for (const char* folder : kUnitFolders) {
      const std::string path = std::string(folder) + "/" + each;
      const FileBytes text = files.read(path);
      if (!text.ok()) continue;
      Unit unit = parse_unit(text.bytes);
      unit.path = path;
      return unit;
    }
  }
  return {};
}

std::vector<std::string> enabled_units(const Files& files, std::string_view suffix) {
  std::set<std::string> names;
  for (const char* folder : kUnitFolders) {
    for (const std::string& entry : files.list(folder).names) {
      if (!entry.ends_with(".wants") && !entry.ends_with(".requires")) continue;
      const std::string wants = std::string(folder) + "/" + entry;
      for (const std::string& name : files.list(wants).names) {
        if (name.ends_with(suffix) && files.exists(wants + "/" + name) &&
            !is_masked(files, name)) {
          names.insert(name);
        }
      }
    }
  }
  return {names.begin(), names.end()};
}

void collect_service(Survey& survey) {
  survey.begin("service");
  const std::vector<std::string> enabled = enabled_units(survey.files, ".service");
  std::map<std::string, bool> all;  // name -> enabled
  for (const std::string& name : enabled) all[name] = true;
  for (const std::string& name : enabled_units(survey.files, ".socket")) all[name] = true;
  for (const std::string& name : survey.processes.units) {
    if (!name.starts_with("user@")) all.emplace(name, false);
  }
  for (const auto& [name, on] : all) {
    put_service(survey, name, on, survey.processes.units.contains(name));
  }
  for (const std::string& name : sysv_scripts(survey.files)) {
    if (all.contains(name + ".service") || is_masked(survey.files, name + ".service") ||
        !read_unit(survey.files, name + ".service").path.empty()) {
      continue;
    }
    Row& row = survey.add("service");
    put(row, "name", name);
    put(row, "kind", "sysv");
    put_flag(row, "enabled", true);
    put(row, "unit_path", "/etc/init.d/" + name);
  }
  if (!survey.processes.systemd) survey.gap("service", "running", "reason.host.no_systemd");
  if (!survey.processes.visible) {
    survey.partial("service", "reason.host.processes_hidden", "/proc");
  }
}

}  // namespace khien::host
