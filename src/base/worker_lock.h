// The locks a child puts on itself before it sees an outside byte. Every step is tried and its
// outcome kept: a machine without Landlock or inside a container that refuses seccomp still works,
// with fewer locks, and `khien doctor` says so. Nothing here can be undone by the child.
//
// Order matters: user first (while we still may), then limits, Landlock, seccomp last.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace khien::lock {

struct Step {
  int error = -1;  // 0: holds; > 0: the errno of the failed attempt; -1: never tried
  [[nodiscard]] bool holds() const { return error == 0; }
};

struct Report {
  Step user;       // root only: now the user nobody (65534); 0 for everybody else
  Step privileges; // PR_SET_NO_NEW_PRIVS
  Step limits;
  Step landlock;
  Step seccomp;
};

// Both profiles start here: default signals, death with the parent `parent_pid`, no other
// descriptors than 0-2 and `keep` (moved to 3 when >= 0). False when the parent is gone already.
[[nodiscard]] bool leave_parent(int parent_pid, int keep);
[[nodiscard]] Step become_nobody();
// Death with the parent, undumpable, no new privileges: after become_nobody(), which clears them.
[[nodiscard]] Step privileges();

struct Limits {
  std::size_t memory_bytes = 0;  // on top of what the process has mapped now; 0: no limit
  std::size_t file_bytes = 0;    // largest file it may write
  unsigned cpu_seconds = 0;
  unsigned descriptors = 0;
  std::size_t locked_bytes = 0;  // as far as the system lets us
  bool no_processes = false;
};
[[nodiscard]] Step set_limits(const Limits& limits);

struct Paths {                        // what Landlock leaves open; empty: nothing at all
  std::vector<std::string> readable;  // files and folders, missing ones are skipped
  std::vector<std::string> writable;  // folders with all rights below them; /dev/null as a file
  std::vector<std::string> runnable;  // files that may be executed
};
[[nodiscard]] Step landlock(const Paths& paths);

// Workers: an allow-list. Opening and looking up files gives EACCES (libraries try that in good
// faith), everything else unknown kills the process.
[[nodiscard]] Step seccomp_worker();
// Outside programs: no sockets of any family, no new processes (threads only), one execve, nothing
// that reaches other processes or the kernel's settings, no change of owners, modes or attributes.
// Refusals give EPERM. The one execve: every call waits for the holder of `listener`, who lets the
// first one pass and closes it (allow_one_exec); from then on the kernel answers ENOSYS. Where
// listeners are refused (an outer sandbox has one), `listener` stays empty and only the call whose
// path pointer is `exec_path` passes, which stops a program that was tricked, not one that was
// taken over; Landlock then still allows no file but its own. sendmsg stays possible on
// `status_socket`, to hand the listener over.
[[nodiscard]] Step seccomp_outside(const char* exec_path, int status_socket, int& listener);
// In the parent: false when the child is gone or the time is over.
[[nodiscard]] bool allow_one_exec(int listener, int timeout_ms);

[[nodiscard]] std::string signal_name(int signal);  // "SIGSEGV"

}  // namespace khien::lock
