// Both ends of the spawner. Its loop polls its own socket, the sockets that end workers, and a
// signalfd for those that have ended; it never waits for anything else, so that one worker that
// dies slowly (a gigabyte to give back) keeps nobody from starting another.
#include "base/spawner.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <ctime>

#include <fmt/format.h>

#include "base/text.h"
#include "base/worker_child.h"
#include "base/worker_errors.h"
#include "base/worker_wire.h"

namespace khien {
namespace {

constexpr int kControl = 3;
constexpr int kEndingMs = 10'000;

static_assert(std::is_trivially_copyable_v<WorkerOptions>);

// What goes over the ending socket: a wait status, or the errno of a fork that failed.
struct Message {
  int forked = 0;
  int value = 0;
};

struct Running {
  pid_t pid = -1;
  Fd ending;
  bool killed = false;
};

void tell(const Running& worker, bool forked, int value) {
  const Message m{forked ? 1 : 0, value};
  static_cast<void>(::send(worker.ending.get(), &m, sizeof m, MSG_NOSIGNAL | MSG_DONTWAIT));
}

void kill_once(Running& worker) {
  if (!worker.killed) ::kill(worker.pid, SIGKILL);
  worker.killed = true;
}

void reap(std::vector<Running>& running) {
  int status = 0;
  for (pid_t pid = 0; (pid = ::waitpid(-1, &status, WNOHANG)) > 0;) {
    const auto it = std::find_if(running.begin(), running.end(),
                                 [&](const Running& r) { return r.pid == pid; });
    if (it == running.end()) continue;
    tell(*it, true, status);
    running.erase(it);
  }
}

// False when nobody is there to ask.
bool take_request(const std::vector<Job>& jobs, std::vector<Running>& running) {
  WorkerOptions options;
  std::vector<Fd> ends;
  const auto n = wire::receive_once(kControl, reinterpret_cast<char*>(&options), sizeof options,
                                    &ends);
  if (n < 0 && (errno == EINTR || errno == EAGAIN)) return true;
  if (n != sizeof options) return false;
  if (ends.size() != 2) return true;  // no descriptors left: both ends are closed, which says it
  Running worker;
  const pid_t self = ::getpid();
  worker.pid = ::fork();
  if (worker.pid == 0) be_worker(jobs, options, ends[0].release(), self);
  worker.ending = std::move(ends[1]);
  if (worker.pid < 0) tell(worker, false, errno);
  if (worker.pid > 0) running.push_back(std::move(worker));
  return true;
}

void serve_requests(const std::vector<Job>& jobs, int ended) {
  std::vector<Running> running;
  std::vector<pollfd> fds;
  for (bool asked = true; asked;) {
    fds.assign({{kControl, POLLIN, 0}, {ended, POLLIN, 0}});
    for (const Running& r : running) fds.push_back({r.killed ? -1 : r.ending.get(), POLLIN, 0});
    if (::poll(fds.data(), fds.size(), -1) < 0) continue;
    for (std::size_t i = 0; i < running.size(); ++i) {
      if (fds[i + 2].revents != 0) kill_once(running[i]);
    }
    if (fds[1].revents != 0) {
      signalfd_siginfo info;
      static_cast<void>(!::read(ended, &info, sizeof info));
      reap(running);
    }
    if (fds[0].revents != 0) asked = take_request(jobs, running);
  }
  for (Running& r : running) kill_once(r);
  while (::waitpid(-1, nullptr, 0) > 0 || errno == EINTR) {
  }
}

void be_spawner(const std::vector<Job>& jobs, int control, pid_t parent) {
  control = ::fcntl(control, F_DUPFD_CLOEXEC, 10);  // it may lie on 0-2
  silence_standard_streams();
  if (!lock::leave_parent(parent, control)) return;
  ::prctl(PR_SET_NAME, "khien-spawner");
  // A terminal or a service manager signals us all; who asked us decides when it is over.
  for (const int s : {SIGINT, SIGTERM, SIGHUP, SIGQUIT}) ::signal(s, SIG_IGN);
  sigset_t child;
  ::sigemptyset(&child);
  ::sigaddset(&child, SIGCHLD);
  ::sigprocmask(SIG_BLOCK, &child, nullptr);
  const int ended = ::signalfd(-1, &child, SFD_CLOEXEC | SFD_NONBLOCK);
  if (ended < 0) return;
  ::tzset();  // libraries that read a zip entry's time look up the zone
  // So that ICU has found its data, and the tables of old encodings are made: once, not in each
  // worker.
  static_cast<void>(nfc("\xE1\xBA\xBF"));
  static_cast<void>(decode_text("Ti\xEA\xECng Vi\xEA\xF2t, c\xE9ng v\xA8n", "spawner"));
  serve_requests(jobs, ended);
}

// Threads of this process; 1 where /proc does not say.
std::size_t threads_now() {
#ifdef __SANITIZE_THREAD__
  return 1;  // its run-time has one of its own
#else
  struct stat st {};
  return ::stat("/proc/self/task", &st) == 0 && st.st_nlink > 2 ? st.st_nlink - 2 : 1;
#endif
}

bool make_pair(int type, Fd& ours, Fd& theirs) {
  int ends[2] = {-1, -1};
  if (::socketpair(AF_UNIX, type | SOCK_CLOEXEC, 0, ends) != 0) return false;
  ours = Fd(ends[0]);
  theirs = Fd(ends[1]);
  return true;
}

}  // namespace

Spawner::Spawner(const std::vector<Job>& jobs) {
  if (threads_now() > 1) {
    trouble_ = "threads are running already";
    return;
  }
  Fd theirs;
  if (!make_pair(SOCK_SEQPACKET, control_, theirs)) {
    trouble_ = fmt::format("socketpair: {}", std::strerror(errno));
    return;
  }
  const pid_t parent = ::getpid();
  pid_ = ::fork();
  if (pid_ < 0) trouble_ = fmt::format("fork: {}", std::strerror(errno));
  if (pid_ == 0) {
    // Nothing may return from here: the stack below belongs to the parent's story.
    try {
      be_spawner(jobs, theirs.release(), parent);
    } catch (...) {
    }
    ::_exit(0);
  }
}

Spawner::~Spawner() {
  control_.reset();
  if (pid_ <= 0) return;
  while (::waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
  }
}

Result<Child> Spawner::start(const WorkerOptions& options) const {
  if (!trouble_.empty()) return fail(err::worker_start, "spawner", {{"detail", trouble_}});
  Child child;
  Fd ends[2];
  if (!make_pair(SOCK_STREAM, child.socket, ends[0]) ||
      !make_pair(SOCK_STREAM, child.ending, ends[1])) {
    return fail(err::worker_start, "socketpair", {{"detail", std::strerror(errno)}});
  }
  wire::do_not_block(child.socket.get());
  const std::string_view request(reinterpret_cast<const char*>(&options), sizeof options);
  const int files[] = {ends[0].get(), ends[1].get()};
  std::int64_t n = 0;
  do {
    n = wire::send_once(control_.get(), request, files);
  } while (n < 0 && errno == EINTR);
  if (n < 0 && (errno == EPIPE || errno == ECONNRESET)) return fail(err::spawner_gone, "spawner");
  if (n < 0) return fail(err::worker_start, "spawner", {{"detail", std::strerror(errno)}});
  return child;
}

Ending end_child(Child& child) {
  if (!child.started()) return {"", err::worker_died};
  ::shutdown(child.ending.get(), SHUT_WR);
  child.socket.reset();
  Message m;
  pollfd p{child.ending.get(), POLLIN, 0};
  const std::int64_t deadline = wire::steady_ms() + kEndingMs;
  int ready = 0;
  do {
    const std::int64_t left = std::max<std::int64_t>(0, deadline - wire::steady_ms());
    ready = ::poll(&p, 1, static_cast<int>(left));
  } while (ready < 0 && errno == EINTR);
  const ssize_t n = ready > 0 ? ::recv(child.ending.get(), &m, sizeof m, 0) : 0;
  child = Child{};
  if (ready == 0) return {"SIGKILL", err::worker_died};  // it hangs in the kernel
  if (n != sizeof m) return {"", err::spawner_gone};
  if (m.forked == 0) return {fmt::format("fork: {}", std::strerror(m.value)), err::worker_start};
  if (WIFSIGNALED(m.value)) return {lock::signal_name(WTERMSIG(m.value)), err::worker_died};
  return {fmt::format("exit {}", WEXITSTATUS(m.value)), err::worker_died};
}

}  // namespace khien
