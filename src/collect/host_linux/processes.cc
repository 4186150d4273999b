// Only names and links are read: never the environment of a process, nor arguments past the first
// word, which is where secrets sit.
#include "collect/host_linux/processes.h"

namespace khien::host {
namespace {

// "socket:[12345]" -> 12345
std::optional<std::uint64_t> socket_inode(std::string_view link) {
  constexpr std::string_view mark = "socket:[";
  if (!link.starts_with(mark) || !link.ends_with(']')) return std::nullopt;
  const auto inode = number(link.substr(mark.size(), link.size() - mark.size() - 1));
  if (!inode || *inode <= 0) return std::nullopt;
  return static_cast<std::uint64_t>(*inode);
}

void read_sockets(const Files& files, const std::string& base, std::size_t index, Processes& out) {
  const Listing fds = files.list(base + "/fd");
  if (fds.problem == Problem::absent) return;  // it ended meanwhile
  if (fds.problem != Problem::none) {
    out.sockets_all = false;
    return;
  }
  std::size_t seen = 0;
  for (const std::string& fd : fds.names) {
    if (++seen > kDescriptors) {
      out.sockets_all = false;
      return;
    }
    const std::optional<std::string> link = files.link(base + "/fd/" + fd);
    if (const auto inode = link ? socket_inode(*link) : std::nullopt) {
      out.sockets.emplace(*inode, index);
    }
  }
}

}  // namespace

void units_of_cgroup(std::string_view text, std::set<std::string>& units) {
  each_line(text, [&](std::string_view line) {
    for (const std::string_view part : split(line, '/')) {
      if (part.ends_with(".service")) units.emplace(part);
    }
  });
}

const Process* Processes::find(std::string_view name) const {
  for (const Process& p : all) {
    if (p.name == name.substr(0, 15)) return &p;  // the kernel cuts comm at 15
  }
  return nullptr;
}

Processes read_processes(const Files& files) {
  Processes out;
  for (const std::string& name : files.list("/proc").names) {
    const auto pid = number(name);
    if (!pid || out.all.size() >= kProcesses) continue;
    const std::string base = "/proc/" + name;
    const FileBytes comm = files.head(base + "/comm", 64);
    if (!comm.ok()) continue;
    Process p;
    p.pid = *pid;
    p.name = bare(comm.bytes);
    const FileBytes command = files.head(base + "/cmdline", kLineBytes);
    p.command = command.bytes.substr(0, command.bytes.find('\0'));
    p.program = files.link(base + "/exe").value_or("");
    if (p.command.empty() && p.program.empty()) {  // a kernel thread holds no socket of ours
      out.visible = out.visible || *pid == 1;
      continue;
    }
    units_of_cgroup(files.head(base + "/cgroup", kLineBytes).bytes, out.units);
    out.visible = out.visible || *pid == 1;
    out.systemd = out.systemd || (*pid == 1 && p.name == "systemd");
    out.all.push_back(std::move(p));
    read_sockets(files, base, out.all.size() - 1, out);
  }
  return out;
}

}  // namespace khien::host
