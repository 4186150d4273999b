// fork and exec with everything closed in between, then a poll loop that owns the clock. No shell,
// no inherited environment, nothing left behind: the whole process group dies with the call.
#include "base/outside.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <filesystem>

#include <fmt/format.h>

#include "base/file.h"
#include "base/limits.h"
#include "base/worker_errors.h"
#include "base/worker_lock.h"
#include "base/worker_wire.h"

namespace khien {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kErrBytes = 1024;
constexpr unsigned kDescriptors = 64;
constexpr int kStatus = 3;  // the child's end of the socket that says how starting went

struct Pipe {
  Fd read;
  Fd write;
};

struct Plan {
  std::string program;
  std::vector<std::string> arguments;
  std::string folder;
  int timeout_ms = 0;
  Fd input;
  Pipe out;
  Pipe err;
  Pipe status;  // a socket pair: an errno, or the listener that allow_one_exec() needs
};

tl::unexpected<Error> cannot_start(const std::string& program, int error) {
  return fail(err::program_start, program,
              {{"program", program}, {"detail", std::strerror(error)}});
}

bool make_pipe(Pipe& p) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return false;
  p.read = Fd(ends[0]);
  p.write = Fd(ends[1]);
  return true;
}

bool make_sockets(Pipe& p) {
  int ends[2];
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) return false;
  p.read = Fd(ends[0]);
  p.write = Fd(ends[1]);
  return true;
}

Result<std::string> find_program(const std::string& program) {
  const std::string name = fs::path(program).filename().string();
  for (const char* folder : {"/usr/bin/", "/bin/"}) {
    const std::string path = folder + name;
    if (program != name && program != path) continue;
    struct stat st {};
    if (::stat(path.c_str(), &st) == 0 && S_ISREG(st.st_mode) && (st.st_mode & 0111) != 0) {
      return path;
    }
  }
  return fail(err::program_missing, program, {{"program", program}});
}

lock::Paths open_paths(const Plan& plan) {
  lock::Paths paths;
  paths.readable = {"/usr", "/lib", "/lib64", "/etc/fonts", "/etc/ld.so.cache", "/etc/localtime",
                    "/etc/alternatives", "/etc/papersize", "/etc/xpdf", "/var/cache/fontconfig",
                    "/dev/urandom", "/dev/zero"};
  paths.writable = {".", "/dev/null"};  // "." is the private folder
  std::error_code ec;
  paths.runnable = {fs::canonical(plan.program, ec).string()};
  for (const char* loader : {"/lib64/ld-linux-x86-64.so.2", "/lib/ld-linux-aarch64.so.1"}) {
    paths.runnable.emplace_back(loader);
  }
  return paths;
}

// Input, output and messages become 0-2, the status pipe 3; everything else is closed. The copies
// come first because the originals may lie on 0-3 themselves.
bool arrange_descriptors(const Plan& plan, int parent) {
  const int from[] = {plan.input.get(), plan.out.write.get(), plan.err.write.get(),
                      plan.status.write.get()};
  int high[4];
  for (int i = 0; i < 4; ++i) {
    high[i] = ::fcntl(from[i], F_DUPFD_CLOEXEC, 10);
    if (high[i] < 0) return false;
  }
  for (int i = 0; i < 4; ++i) {
    if (::dup2(high[i], i) != i) return false;
  }
  ::fcntl(kStatus, F_SETFD, FD_CLOEXEC);
  return lock::leave_parent(parent, kStatus);
}

// In the child; returns the errno of what failed. Locks that the machine lacks are skipped.
int become(const Plan& plan, int parent) {
  if (::setsid() < 0 || ::chdir(plan.folder.c_str()) != 0) return errno;
  lock::Limits limits;
  limits.memory_bytes = limits::outside_memory_bytes;
  limits.file_bytes = limits::outside_file_bytes;
  limits.cpu_seconds = static_cast<unsigned>(plan.timeout_ms / 1000 + 2);
  limits.descriptors = kDescriptors;
  const lock::Paths paths = open_paths(plan);
  static_cast<void>(lock::become_nobody());
  static_cast<void>(lock::set_limits(limits));
  static_cast<void>(lock::privileges());
  if (::getppid() != parent) return ESRCH;
  const std::string home = "HOME=" + plan.folder;
  const std::string temp = "TMPDIR=" + plan.folder;
  // one thread a program: several run side by side, and tesseract is slower with more
  const char* environment[] = {"LANG=C.UTF-8", "PATH=/usr/bin:/bin", "OMP_THREAD_LIMIT=1",
                               home.c_str(),   temp.c_str(),         nullptr};
  std::vector<const char*> words{plan.program.c_str()};
  for (const std::string& a : plan.arguments) words.push_back(a.c_str());
  words.push_back(nullptr);
  static_cast<void>(lock::landlock(paths));
  int listener = -1;
  static_cast<void>(lock::seccomp_outside(plan.program.c_str(), kStatus, listener));
  if (listener >= 0) {
    if (wire::send_once(kStatus, "L", std::span(&listener, 1)) != 1) return errno;
    ::close(listener);
  }
  ::execve(plan.program.c_str(), const_cast<char**>(words.data()),
           const_cast<char**>(environment));
  return errno;
}

// Reads what is there; false at the end of the stream.
bool drain(Fd& fd, std::string& into, std::size_t keep, bool& over) {
  char buffer[65536];
  const ssize_t n = ::read(fd.get(), buffer, sizeof buffer);
  if (n < 0 && (errno == EINTR || errno == EAGAIN)) return true;
  if (n <= 0) {
    fd.reset();
    return false;
  }
  const std::size_t room = keep - std::min(keep, into.size());
  const auto got = static_cast<std::size_t>(n);
  into.append(buffer, std::min(room, got));
  over = got > room;
  return true;
}

enum class End { exited, time, output };

// Until the program has ended, its time is over or it wrote too much.
End watch(pid_t pid, Plan& plan, OutsideResult& result, std::int64_t deadline) {
  bool over = false;
  bool ignored = false;
  for (;;) {
    siginfo_t info{};
    // WNOWAIT: the process id must stay ours until the whole group has been killed.
    const bool ended = ::waitid(P_PID, static_cast<id_t>(pid), &info,
                                WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid == pid;
    std::array<pollfd, 2> fds{{{plan.out.read.get(), POLLIN, 0}, {plan.err.read.get(), POLLIN, 0}}};
    const bool open = plan.out.read.valid() || plan.err.read.valid();
    const std::int64_t left = deadline - wire::steady_ms();
    if (left <= 0) return End::time;
    // Once it has ended only what lies in the pipes is read.
    const int wait = ended ? 0 : static_cast<int>(std::min<std::int64_t>(left, open ? 20 : 2));
    const int ready = ::poll(fds.data(), fds.size(), wait);
    if (ready > 0 && fds[0].revents != 0) {
      drain(plan.out.read, result.out, limits::outside_output_bytes, over);
    }
    if (ready > 0 && fds[1].revents != 0) drain(plan.err.read, result.err, kErrBytes, ignored);
    if (over) return End::output;
    if (ended && ready <= 0) return End::exited;
  }
}

int reap(pid_t pid) {
  ::kill(-pid, SIGKILL);
  ::kill(pid, SIGKILL);
  int status = 0;
  while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  return status;
}

// Follows the child up to its execve: lets that one pass. 0, or the errno of what failed.
int see_it_start(Plan& plan, std::int64_t deadline) {
  for (;;) {
    const std::int64_t left = deadline - wire::steady_ms();
    if (left <= 0) return 0;  // the watch below will say so
    pollfd p{plan.status.read.get(), POLLIN, 0};
    if (::poll(&p, 1, static_cast<int>(left)) <= 0) continue;
    int error = 0;
    std::vector<Fd> listeners;
    const auto n = wire::receive_once(plan.status.read.get(), reinterpret_cast<char*>(&error),
                                      sizeof error, &listeners);
    if (n < 0 && errno == EINTR) continue;
    if (n == sizeof error) return error;
    if (n <= 0 || listeners.empty()) return 0;  // closed by a successful execve
    static_cast<void>(lock::allow_one_exec(listeners.front().get(), static_cast<int>(left)));
  }
}

Result<OutsideResult> supervise(pid_t pid, Plan& plan) {
  const std::int64_t deadline = wire::steady_ms() + plan.timeout_ms;
  plan.out.write.reset();
  plan.err.write.reset();
  plan.status.write.reset();
  OutsideResult result;
  const int start_error = see_it_start(plan, deadline);
  const End end = start_error == 0 ? watch(pid, plan, result, deadline) : End::exited;
  const int status = reap(pid);
  if (start_error != 0) return cannot_start(plan.program, start_error);
  if (end == End::time) {
    return fail(err::program_time, plan.program,
                {{"program", plan.program},
                 {"seconds", fmt::format("{}", (plan.timeout_ms + 999) / 1000)}});
  }
  if (end == End::output) {
    return fail(err::program_output, plan.program,
                {{"program", plan.program},
                 {"limit", fmt::format("{}", limits::outside_output_bytes)}});
  }
  if (WIFSIGNALED(status)) {
    return fail(err::program_killed, plan.program,
                {{"program", plan.program}, {"signal", lock::signal_name(WTERMSIG(status))}});
  }
  result.exit_code = WEXITSTATUS(status);
  return result;
}

Done prepare_folder(Plan& plan, std::string_view input) {
  const std::string path = plan.folder + "/input";
  {
    const Fd fd(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    while (!input.empty()) {  // not write_file: nobody needs this on the disk
      const ssize_t n = ::write(fd.get(), input.data(), input.size());
      if (n < 0 && errno == EINTR) continue;
      if (n <= 0) return cannot_start(plan.program, errno);
      input.remove_prefix(static_cast<std::size_t>(n));
    }
  }
  plan.input = Fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!plan.input.valid()) return cannot_start(plan.program, errno);
  if (::geteuid() == 0) {  // the program will run as nobody; failing means it stays root: readable
    static_cast<void>(!::chown(plan.folder.c_str(), 65534, 65534));
    static_cast<void>(!::chown(path.c_str(), 65534, 65534));
  }
  return {};
}

}  // namespace

Result<OutsideResult> run_outside(const std::string& program,
                                  const std::vector<std::string>& arguments,
                                  std::string_view input, int timeout_ms) {
  KHIEN_TRY(const std::string path, find_program(program));
  KHIEN_TRY(const TempFolder folder, TempFolder::make());
  Plan plan;
  plan.program = path;
  plan.arguments = arguments;
  plan.folder = folder.path().string();
  plan.timeout_ms = timeout_ms;
  KHIEN_DO(prepare_folder(plan, input));
  if (!make_pipe(plan.out) || !make_pipe(plan.err) || !make_sockets(plan.status)) {
    return cannot_start(path, errno);
  }
  const pid_t parent = ::getpid();
  const pid_t pid = ::fork();
  if (pid < 0) return cannot_start(path, errno);
  if (pid == 0) {
    if (!arrange_descriptors(plan, parent)) ::_exit(127);
    int error = ENOMEM;
    try {
      error = become(plan, parent);
    } catch (...) {
    }
    static_cast<void>(!::write(kStatus, &error, sizeof error));
    ::_exit(127);
  }
  return supervise(pid, plan);
}

}  // namespace khien
