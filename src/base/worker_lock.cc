// User, limits and Landlock of a child; the system call filters are in worker_seccomp.cc.
#include "base/worker_lock.h"

#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstring>

#include <grp.h>

#include "base/file.h"

namespace khien::lock {
namespace {

constexpr unsigned kNobody = 65534;

// Rights and fields newer than the headers of Debian 12 (Landlock ABI 3 to 6).
constexpr std::uint64_t kTruncate = 1ULL << 14;
constexpr std::uint64_t kIoctlDevice = 1ULL << 15;
constexpr std::uint64_t kTcpBindConnect = 3;
constexpr std::uint64_t kScopeSocketSignal = 3;
struct RulesetAttr {
  std::uint64_t files = 0;
  std::uint64_t net = 0;
  std::uint64_t scope = 0;
};

constexpr std::uint64_t kFileRights = LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_WRITE_FILE |
                                      LANDLOCK_ACCESS_FS_READ_FILE | kTruncate;

std::uint64_t rights_of(int abi) {
  std::uint64_t all = (1ULL << 13) - 1;             // ABI 1
  if (abi >= 2) all |= LANDLOCK_ACCESS_FS_REFER;
  if (abi >= 3) all |= kTruncate;
  if (abi >= 5) all |= kIoctlDevice;
  return all;
}

int add_rule(int ruleset, const std::string& path, std::uint64_t rights) {
  const Fd fd(::open(path.c_str(), O_PATH | O_CLOEXEC));
  if (!fd.valid()) return 0;  // not there: nothing to allow
  struct stat st {};
  if (::fstat(fd.get(), &st) != 0) return errno;
  landlock_path_beneath_attr rule{};
  rule.parent_fd = fd.get();
  rule.allowed_access = S_ISDIR(st.st_mode) ? rights : rights & kFileRights;
  if (::syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) != 0) {
    return errno;
  }
  return 0;
}

int limit(int which, rlim_t value) {
  const rlimit both{value, value};
  return ::setrlimit(static_cast<__rlimit_resource>(which), &both) == 0 ? 0 : errno;
}

[[maybe_unused]] std::size_t mapped_now() {  // sanitized builds have no memory limit
  const Fd fd(::open("/proc/self/statm", O_RDONLY | O_CLOEXEC));
  char text[64] = {};
  if (!fd.valid() || ::read(fd.get(), text, sizeof text - 1) <= 0) return 0;
  unsigned long pages = 0;
  if (std::sscanf(text, "%lu", &pages) != 1) return 0;
  return pages * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

}  // namespace

std::string signal_name(int signal) {
  const char* name = ::sigabbrev_np(signal);
  return name != nullptr ? std::string("SIG") + name : "signal " + std::to_string(signal);
}

bool leave_parent(int parent_pid, int keep) {
  for (int s = 1; s < NSIG; ++s) ::signal(s, SIG_DFL);  // NOLINT: KILL and STOP just fail
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent_pid) return false;
  int first = 3;
  if (keep >= 0) {
    if (keep != 3 && ::dup2(keep, 3) != 3) return false;
    first = 4;
  }
  if (::syscall(SYS_close_range, first, ~0U, 0) != 0) {
    const long highest = ::sysconf(_SC_OPEN_MAX);
    for (long fd = first; fd < highest; ++fd) ::close(static_cast<int>(fd));
  }
  return true;
}

Step become_nobody() {
  if (::geteuid() != 0) return {0};
  if (::setgroups(0, nullptr) != 0) return {errno};
  if (::setresgid(kNobody, kNobody, kNobody) != 0) return {errno};
  if (::setresuid(kNobody, kNobody, kNobody) != 0) return {errno};
  return {0};
}

Step privileges() {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::prctl(PR_SET_DUMPABLE, 0) != 0) return {errno};
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return {errno};
  return {0};
}

Step set_limits(const Limits& limits) {
  int error = 0;
  const auto keep = [&](int e) { error = error == 0 ? e : error; };
#ifndef KHIEN_SANITIZED  // sanitizers map terabytes of shadow memory
  if (limits.memory_bytes > 0) keep(limit(RLIMIT_AS, mapped_now() + limits.memory_bytes));
#endif
  keep(limit(RLIMIT_CORE, 0));
  keep(limit(RLIMIT_FSIZE, limits.file_bytes));
  keep(limit(RLIMIT_CPU, limits.cpu_seconds));
  keep(limit(RLIMIT_NOFILE, limits.descriptors));
  rlimit lockable{};
  ::getrlimit(RLIMIT_MEMLOCK, &lockable);
  keep(limit(RLIMIT_MEMLOCK, std::min<rlim_t>(limits.locked_bytes, lockable.rlim_max)));
  keep(limit(RLIMIT_MSGQUEUE, 0));
  if (limits.no_processes) keep(limit(RLIMIT_NPROC, 0));
  return {error};
}

Step landlock(const Paths& paths) {
  const long abi = ::syscall(SYS_landlock_create_ruleset, nullptr, 0,
                             LANDLOCK_CREATE_RULESET_VERSION);
  if (abi < 1) return {errno};
  RulesetAttr attr;
  attr.files = rights_of(static_cast<int>(abi));
  if (abi >= 4) attr.net = kTcpBindConnect;
  if (abi >= 6) attr.scope = kScopeSocketSignal;
  const std::size_t size = abi >= 6 ? 24 : abi >= 4 ? 16 : 8;
  const Fd ruleset(
      static_cast<int>(::syscall(SYS_landlock_create_ruleset, &attr, size, 0)));
  if (!ruleset.valid()) return {errno};
  constexpr std::uint64_t read = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
  const std::uint64_t write = attr.files & ~std::uint64_t{LANDLOCK_ACCESS_FS_EXECUTE};
  int error = 0;
  const auto allow = [&](const std::vector<std::string>& list, std::uint64_t rights) {
    for (const std::string& path : list) {
      if (error == 0) error = add_rule(ruleset.get(), path, rights & attr.files);
    }
  };
  allow(paths.readable, read);
  allow(paths.writable, write);
  allow(paths.runnable, read | LANDLOCK_ACCESS_FS_EXECUTE);
  if (error != 0) return {error};
  if (::syscall(SYS_landlock_restrict_self, ruleset.get(), 0) != 0) return {errno};
  return {0};
}

}  // namespace khien::lock
