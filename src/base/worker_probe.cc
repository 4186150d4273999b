// khien doctor's questions, asked where they matter: inside real children. A lock "holds" when the
// forbidden thing was tried there and did not work; that a setup call returned 0 is not enough.
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include <fmt/format.h>

#include "base/outside.h"
#include "base/worker.h"
#include "base/worker_child.h"
#include "base/worker_errors.h"

namespace khien {
namespace {

Node tried(bool worked) {
  const int error = errno;
  return Node::map({{"holds", !worked}, {"detail", worked ? "" : std::strerror(error)}});
}

Node asked(bool holds) { return Node::map({{"holds", holds}, {"detail", ""}}); }

Node step(const lock::Step& s) {
  return Node::map({{"holds", s.holds()},
                    {"detail", s.error > 0 ? std::strerror(s.error) : ""}});
}

Result<Node> probe_socket(const JobInput&) {
  return tried(::socket(AF_INET, SOCK_STREAM, 0) >= 0);
}
Result<Node> probe_file(const JobInput&) {
  return tried(::open("/etc/passwd", O_RDONLY | O_CLOEXEC) >= 0);
}
Result<Node> probe_fork(const JobInput&) {
  const pid_t pid = ::fork();
  if (pid == 0) ::_exit(0);
  return tried(pid > 0);
}
Result<Node> probe_program(const JobInput&) {
  char* const words[] = {const_cast<char*>("true"), nullptr};
  char* const environment[] = {nullptr};
  ::execve("/bin/true", words, environment);  // does not come back when it works
  return tried(false);
}
Result<Node> probe_memory(const JobInput& input) {
  const auto size = static_cast<std::size_t>(input.args["bytes"].integer());
  void* at = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  return tried(at != MAP_FAILED);
}
Result<Node> probe_privileges(const JobInput&) {
  return asked(::prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1 && ::prctl(PR_GET_DUMPABLE) == 0);
}
Result<Node> probe_landlock(const JobInput&) { return step(own_locks().landlock); }
Result<Node> probe_seccomp(const JobInput&) {
  return own_locks().seccomp.holds() ? asked(::prctl(PR_GET_SECCOMP) == 2)
                                     : step(own_locks().seccomp);
}
Result<Node> probe_user(const JobInput&) {
  return own_locks().user.holds() ? asked(::geteuid() != 0) : step(own_locks().user);
}

struct Question {
  const char* id;
  Result<Node> (*job)(const JobInput&);
};
constexpr Question kLocks[] = {{"no_new_privs", probe_privileges},
                               {"not_root", probe_user},
                               {"landlock", probe_landlock},
                               {"seccomp", probe_seccomp},
                               {"rlimits", probe_memory}};
constexpr int kProbeMs = 5000;
constexpr Question kQuestions[] = {
    {"no_new_privs", probe_privileges}, {"not_root", probe_user},
    {"landlock", probe_landlock},       {"seccomp", probe_seccomp},
    {"rlimits", probe_memory},          {"no_network", probe_socket},
    {"no_files", probe_file},           {"no_processes", probe_fork},
    {"no_programs", probe_program},
};

Protection ask(WorkerPool& pool, const char* id, std::size_t memory_bytes) {
  const auto reply = pool.run_bytes(id, "", id, Node::map({{"bytes", memory_bytes + 1}}));
  if (reply) return {id, (*reply)["holds"].boolean(), (*reply)["detail"].text()};
  const Error& e = reply.error();
  const auto it = e.args.find("signal");
  const std::string how = it == e.args.end() ? to_string(e) : it->second;
  // Killed by the filter: the lock holds. Anything else (also "exit 0", which is /bin/true running)
  // means it does not.
  return {id, how == "SIGSYS", how};
}

// A shell is a handy stand-in for a program that a hostile file took over.
Protection ask_outside(const char* id, const char* attempt) {
  const auto done = run_outside("bash", {"--norc", "--noprofile", "-c", attempt}, "", 5000);
  if (!done) {
    const auto it = done.error().args.find("signal");
    const bool filtered = it != done.error().args.end() && it->second == "SIGSYS";
    return {id, filtered, to_string(done.error())};
  }
  std::string first_line = done->err.substr(0, done->err.find('\n'));
  return {id, done->exit_code != 0, std::move(first_line)};
}

}  // namespace

std::vector<Protection> worker_locks() {
  std::vector<Job> jobs;
  for (const Question& q : kLocks) jobs.push_back({q.id, 0, q.job});
  WorkerOptions options;
  options.job_ms = kProbeMs;
  WorkerPool pool(std::move(jobs), options);
  std::vector<Protection> out;
  for (const Question& q : kLocks) out.push_back(ask(pool, q.id, options.memory_bytes));
  return out;
}

std::vector<Protection> probe_protections() {
  std::vector<Job> jobs;
  for (const Question& q : kQuestions) jobs.push_back({q.id, 0, q.job});
  WorkerOptions options;
  options.job_ms = kProbeMs;
  WorkerPool pool(std::move(jobs), options);
  std::vector<Protection> out;
  for (const Question& q : kQuestions) out.push_back(ask(pool, q.id, options.memory_bytes));
  out.push_back(ask_outside("outside_no_network", "exec 3<>/dev/udp/127.0.0.1/9"));
  out.push_back(ask_outside("outside_no_files", "exec 3</etc/passwd"));
  out.push_back(ask_outside("outside_no_writes", "exec 3>>/var/tmp/khien-probe"));
  out.push_back(ask_outside("outside_no_processes", "( : ) || exit 1"));
  out.push_back(ask_outside("outside_no_programs", "exec /bin/true"));
  return out;
}

}  // namespace khien
