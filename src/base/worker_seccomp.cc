// The two system call filters. The worker's list is what malloc, ICU, libzip and SQLite on memory,
// pugixml and libyaml need once they are loaded: memory without new executable pages, the time,
// the descriptors already open, and an orderly death.
#include <fcntl.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <memory>

#include <seccomp.h>

#include "base/worker_lock.h"

namespace khien::lock {
namespace {

using Filter = std::unique_ptr<void, decltype(&seccomp_release)>;

constexpr int kFreely[] = {SCMP_SYS(read),
                           SCMP_SYS(readv),
                           SCMP_SYS(pread64),
                           SCMP_SYS(lseek),
                           SCMP_SYS(write),
                           SCMP_SYS(writev),
                           SCMP_SYS(close),
                           SCMP_SYS(fstat),
                           SCMP_SYS(poll),
                           SCMP_SYS(ppoll),
                           SCMP_SYS(recvmsg),
                           SCMP_SYS(brk),
                           SCMP_SYS(munmap),
                           SCMP_SYS(mremap),
                           SCMP_SYS(madvise),
                           SCMP_SYS(futex),
                           SCMP_SYS(rt_sigaction),
                           SCMP_SYS(rt_sigprocmask),
                           SCMP_SYS(rt_sigreturn),
                           SCMP_SYS(sigaltstack),
                           SCMP_SYS(getpid),
                           SCMP_SYS(gettid),
                           SCMP_SYS(getuid),
                           SCMP_SYS(geteuid),
                           SCMP_SYS(getgid),
                           SCMP_SYS(getegid),
                           SCMP_SYS(uname),
                           SCMP_SYS(sysinfo),
                           SCMP_SYS(getrandom),
                           SCMP_SYS(clock_gettime),
                           SCMP_SYS(clock_getres),
                           SCMP_SYS(gettimeofday),
                           SCMP_SYS(time),
                           SCMP_SYS(times),
                           SCMP_SYS(getrusage),
                           SCMP_SYS(nanosleep),
                           SCMP_SYS(clock_nanosleep),
                           SCMP_SYS(sched_yield),
                           SCMP_SYS(sched_getaffinity),
                           SCMP_SYS(getcpu),
                           SCMP_SYS(mlock),
                           SCMP_SYS(munlock),
                           SCMP_SYS(restart_syscall),
                           SCMP_SYS(exit),
                           SCMP_SYS(exit_group)};

// Libraries try these in good faith (data files, locales, terminals) and go on without.
constexpr int kRefused[] = {
    SCMP_SYS(open), SCMP_SYS(openat), SCMP_SYS(openat2), SCMP_SYS(stat), SCMP_SYS(lstat),
    SCMP_SYS(newfstatat), SCMP_SYS(statx), SCMP_SYS(access), SCMP_SYS(faccessat),
    SCMP_SYS(faccessat2), SCMP_SYS(readlink), SCMP_SYS(readlinkat), SCMP_SYS(getcwd),
    SCMP_SYS(getdents64), SCMP_SYS(unlink), SCMP_SYS(prlimit64), SCMP_SYS(getrlimit),
    SCMP_SYS(ioctl), SCMP_SYS(statfs), SCMP_SYS(memfd_create)};

class Rules {
 public:
  Rules(std::uint32_t otherwise) : filter_(seccomp_init(otherwise), seccomp_release) {  // NOLINT
    if (!filter_) {
      error_ = ENOMEM;
      return;
    }
    keep(seccomp_attr_set(filter_.get(), SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS));
    keep(seccomp_attr_set(filter_.get(), SCMP_FLTATR_CTL_OPTIMIZE, 2));
  }

  template <class... Compare>
  void add(std::uint32_t action, int call, Compare... compare) {
    if (error_ != 0 || call == __NR_SCMP_ERROR) return;
    const int rc = seccomp_rule_add(filter_.get(), action, call, sizeof...(compare), compare...);
    // A call this kind of processor does not have needs no rule.
    if (rc != -EDOM) keep(rc);
  }

  Step load() {
    if (error_ == 0) keep(seccomp_load(filter_.get()));
    return {error_};
  }
  [[nodiscard]] int listener() const { return seccomp_notify_fd(filter_.get()); }

 private:
  void keep(int rc) {
    if (error_ == 0 && rc != 0) error_ = rc < 0 ? -rc : rc;
  }
  Filter filter_;
  int error_ = 0;
};

constexpr std::uint32_t refuse(int error) {
  return SCMP_ACT_ERRNO(static_cast<std::uint32_t>(error));
}

// Sockets, other processes, the kernel's settings, owners and modes: what no outside program needs.
constexpr int kNeverOutside[] = {
    SCMP_SYS(socket), SCMP_SYS(socketpair), SCMP_SYS(connect), SCMP_SYS(bind), SCMP_SYS(listen),
    SCMP_SYS(accept), SCMP_SYS(accept4), SCMP_SYS(sendto), SCMP_SYS(sendmmsg),
    SCMP_SYS(fork), SCMP_SYS(vfork), SCMP_SYS(execveat), SCMP_SYS(ptrace),
    SCMP_SYS(process_vm_readv), SCMP_SYS(process_vm_writev), SCMP_SYS(pidfd_open),
    SCMP_SYS(pidfd_getfd), SCMP_SYS(pidfd_send_signal), SCMP_SYS(rt_sigqueueinfo),
    SCMP_SYS(rt_tgsigqueueinfo), SCMP_SYS(tkill), SCMP_SYS(setpgid), SCMP_SYS(setsid),
    SCMP_SYS(mount), SCMP_SYS(umount2), SCMP_SYS(pivot_root), SCMP_SYS(chroot), SCMP_SYS(setns),
    SCMP_SYS(unshare), SCMP_SYS(move_mount), SCMP_SYS(open_tree), SCMP_SYS(fsopen),
    SCMP_SYS(mount_setattr), SCMP_SYS(bpf), SCMP_SYS(perf_event_open), SCMP_SYS(keyctl),
    SCMP_SYS(add_key), SCMP_SYS(request_key), SCMP_SYS(io_uring_setup), SCMP_SYS(io_uring_enter),
    SCMP_SYS(io_uring_register), SCMP_SYS(userfaultfd), SCMP_SYS(open_by_handle_at),
    SCMP_SYS(name_to_handle_at), SCMP_SYS(setrlimit), SCMP_SYS(mknod), SCMP_SYS(mknodat),
    SCMP_SYS(chmod), SCMP_SYS(fchmod), SCMP_SYS(fchmodat), SCMP_SYS(chown), SCMP_SYS(fchown),
    SCMP_SYS(lchown), SCMP_SYS(fchownat), SCMP_SYS(setxattr), SCMP_SYS(lsetxattr),
    SCMP_SYS(fsetxattr), SCMP_SYS(removexattr), SCMP_SYS(lremovexattr), SCMP_SYS(fremovexattr),
    SCMP_SYS(utime), SCMP_SYS(utimes), SCMP_SYS(futimesat), SCMP_SYS(utimensat), SCMP_SYS(acct),
    SCMP_SYS(swapon), SCMP_SYS(swapoff), SCMP_SYS(reboot), SCMP_SYS(sethostname),
    SCMP_SYS(setdomainname), SCMP_SYS(settimeofday), SCMP_SYS(clock_settime), SCMP_SYS(adjtimex),
    SCMP_SYS(init_module), SCMP_SYS(finit_module), SCMP_SYS(delete_module), SCMP_SYS(kexec_load),
    SCMP_SYS(kexec_file_load), SCMP_SYS(syslog), SCMP_SYS(quotactl), SCMP_SYS(shmget),
    SCMP_SYS(shmat), SCMP_SYS(msgget), SCMP_SYS(semget), SCMP_SYS(mq_open), SCMP_SYS(personality)};

}  // namespace

Step seccomp_worker() {
#ifdef KHIEN_SANITIZED
  constexpr std::uint64_t kExec = 0;  // their run-time maps what it likes and looks into /proc
  Rules rules(refuse(EPERM));
  rules.add(SCMP_ACT_ALLOW, SCMP_SYS(prctl));
  rules.add(SCMP_ACT_ALLOW, SCMP_SYS(tgkill));
#else
  constexpr std::uint64_t kExec = PROT_EXEC;
  Rules rules(SCMP_ACT_KILL_PROCESS);
  const auto self = static_cast<scmp_datum_t>(::getpid());
  rules.add(SCMP_ACT_ALLOW, SCMP_SYS(tgkill), SCMP_A0(SCMP_CMP_EQ, self));  // abort()
  rules.add(SCMP_ACT_ALLOW, SCMP_SYS(prctl), SCMP_A0(SCMP_CMP_EQ, PR_GET_SECCOMP));
  rules.add(SCMP_ACT_ALLOW, SCMP_SYS(prctl), SCMP_A0(SCMP_CMP_EQ, PR_GET_NO_NEW_PRIVS));
  rules.add(SCMP_ACT_ALLOW, SCMP_SYS(prctl), SCMP_A0(SCMP_CMP_EQ, PR_GET_DUMPABLE));
#endif
  for (const int call : kFreely) rules.add(SCMP_ACT_ALLOW, call);
  for (const int call : kRefused) rules.add(refuse(EACCES), call);
  rules.add(SCMP_ACT_ALLOW, SCMP_SYS(mmap), SCMP_A2(SCMP_CMP_MASKED_EQ, kExec, 0));
  rules.add(SCMP_ACT_ALLOW, SCMP_SYS(mprotect), SCMP_A2(SCMP_CMP_MASKED_EQ, kExec, 0));
  rules.add(SCMP_ACT_ALLOW, SCMP_SYS(fcntl), SCMP_A1(SCMP_CMP_EQ, F_GETFL));
  rules.add(SCMP_ACT_ALLOW, SCMP_SYS(fcntl), SCMP_A1(SCMP_CMP_EQ, F_GETFD));
  return rules.load();
}

namespace {

void add_outside_rules(Rules& rules, int status_socket) {
  for (const int call : kNeverOutside) rules.add(refuse(EPERM), call);
  constexpr std::uint64_t kThread = 0x00010000;  // CLONE_THREAD
  rules.add(refuse(EPERM), SCMP_SYS(clone), SCMP_A0(SCMP_CMP_MASKED_EQ, kThread, 0));
  rules.add(refuse(ENOSYS), SCMP_SYS(clone3));  // its flags lie in memory; the C library goes back
  rules.add(refuse(EPERM), SCMP_SYS(prlimit64), SCMP_A2(SCMP_CMP_NE, 0));
  const auto self = static_cast<scmp_datum_t>(::getpid());
  rules.add(refuse(EPERM), SCMP_SYS(kill), SCMP_A0(SCMP_CMP_NE, self));
  rules.add(refuse(EPERM), SCMP_SYS(tgkill), SCMP_A0(SCMP_CMP_NE, self));
  constexpr std::uint64_t kTypeIntoTerminal = 0x5412;  // TIOCSTI
  rules.add(refuse(EPERM), SCMP_SYS(ioctl),
            SCMP_A1(SCMP_CMP_MASKED_EQ, 0xFFFFFFFF, kTypeIntoTerminal));
  rules.add(refuse(EPERM), SCMP_SYS(sendmsg),
            SCMP_A0(SCMP_CMP_NE, static_cast<scmp_datum_t>(status_socket)));
}

}  // namespace

Step seccomp_outside(const char* exec_path, int status_socket, int& listener) {
  listener = -1;
  Rules supervised(SCMP_ACT_ALLOW);
  add_outside_rules(supervised, status_socket);
  supervised.add(SCMP_ACT_NOTIFY, SCMP_SYS(execve));
  if (supervised.load().holds()) {
    listener = supervised.listener();
    return {listener >= 0 ? 0 : EBADF};
  }
  Rules alone(SCMP_ACT_ALLOW);
  add_outside_rules(alone, status_socket);
  alone.add(refuse(EPERM), SCMP_SYS(execve),
            SCMP_A0(SCMP_CMP_NE, reinterpret_cast<scmp_datum_t>(exec_path)));
  return alone.load();
}

bool allow_one_exec(int listener, int timeout_ms) {
  pollfd p{listener, POLLIN, 0};
  if (::poll(&p, 1, timeout_ms) <= 0 || (p.revents & POLLIN) == 0) return false;
  seccomp_notif* call = nullptr;
  seccomp_notif_resp* answer = nullptr;
  bool passed = false;
  if (seccomp_notify_alloc(&call, &answer) == 0 && seccomp_notify_receive(listener, call) == 0) {
    answer->id = call->id;
    answer->flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE;
    passed = seccomp_notify_respond(listener, answer) == 0;
  }
  seccomp_notify_free(call, answer);
  return passed;
}

}  // namespace khien::lock
