// The process table from /proc: who runs, for which systemd unit, with which sockets.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "collect/host_linux/files.h"

namespace khien::host {

inline constexpr std::size_t kProcesses = 32'768;
inline constexpr std::size_t kDescriptors = 4096;  // looked at per process

struct Process {
  std::int64_t pid = 0;
  std::string name;     // comm
  std::string command;  // first word of its command line
  std::string program;  // the file it runs; "" when not readable
};

struct Processes {
  std::vector<Process> all;
  std::set<std::string> units;                  // systemd units with a process
  std::map<std::uint64_t, std::size_t> sockets; // inode -> index in `all`
  bool visible = false;    // /proc/1 could be seen: nobody hides processes from us
  bool sockets_all = true; // every process' descriptors could be read
  bool systemd = false;    // process 1 is systemd
  [[nodiscard]] const Process* find(std::string_view name) const;
};

[[nodiscard]] Processes read_processes(const Files& files);
// Units named in a cgroup file: "0::/system.slice/ssh.service" -> ssh.service.
void units_of_cgroup(std::string_view text, std::set<std::string>& units);

}  // namespace khien::host
