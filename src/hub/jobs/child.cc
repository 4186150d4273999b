#include "hub/jobs/child.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <thread>

#include <fmt/format.h>

#include "base/clock.h"
#include "hub/errors.h"

extern char** environ;

namespace khien::hub {
namespace {

constexpr int kFirstOfOurs = 3;  // descriptors from here on are not the child's
constexpr auto kLook = std::chrono::milliseconds(20);
constexpr int kLooksAQuestion = 5;

class Actions {
 public:
  Actions() { ::posix_spawn_file_actions_init(&actions_); }
  ~Actions() { ::posix_spawn_file_actions_destroy(&actions_); }
  Actions(const Actions&) = delete;
  Actions& operator=(const Actions&) = delete;
  posix_spawn_file_actions_t* get() { return &actions_; }

 private:
  posix_spawn_file_actions_t actions_{};
};

class Attributes {
 public:
  Attributes() {
    ::posix_spawnattr_init(&attributes_);
    sigset_t none, all;
    ::sigemptyset(&none);
    ::sigfillset(&all);
    ::posix_spawnattr_setsigmask(&attributes_, &none);
    ::posix_spawnattr_setsigdefault(&attributes_, &all);
    ::posix_spawnattr_setpgroup(&attributes_, 0);
    ::posix_spawnattr_setflags(
        &attributes_, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  }
  ~Attributes() { ::posix_spawnattr_destroy(&attributes_); }
  Attributes(const Attributes&) = delete;
  Attributes& operator=(const Attributes&) = delete;
  posix_spawnattr_t* get() { return &attributes_; }

 private:
  posix_spawnattr_t attributes_{};
};

// Ours, but for where temporary files go.
std::vector<std::string> environment_of(const ChildOrder& order) {
  constexpr std::string_view kTemporary = "TMPDIR=";
  std::vector<std::string> out;
  for (char** one = environ; *one != nullptr; ++one) {
    if (!std::string_view(*one).starts_with(kTemporary)) out.emplace_back(*one);
  }
  std::error_code ec;
  const auto folder = std::filesystem::absolute(order.folder, ec);
  if (!ec) out.push_back(std::string(kTemporary) + folder.string());
  return out;
}

std::vector<char*> pointers_to(std::vector<std::string>& texts) {
  std::vector<char*> out;
  for (std::string& text : texts) out.push_back(text.data());
  out.push_back(nullptr);
  return out;
}

Result<pid_t> start(const ChildOrder& order, const ChildResult& files) {
  Actions actions;
  Attributes attributes;
  constexpr int kWrite = O_WRONLY | O_CREAT | O_TRUNC;
  ::posix_spawn_file_actions_addopen(actions.get(), 0, "/dev/null", O_RDONLY, 0);
  ::posix_spawn_file_actions_addopen(actions.get(), 1, files.out.c_str(), kWrite, 0600);
  ::posix_spawn_file_actions_addopen(actions.get(), 2, files.err.c_str(), kWrite, 0600);
  ::posix_spawn_file_actions_addclosefrom_np(actions.get(), kFirstOfOurs);
  ::posix_spawn_file_actions_addchdir_np(actions.get(), order.folder.c_str());
  std::vector<std::string> words = {"khien"};
  words.insert(words.end(), order.arguments.begin(), order.arguments.end());
  auto values = environment_of(order);
  pid_t pid = -1;
  const int code = ::posix_spawn(&pid, order.program.c_str(), actions.get(), attributes.get(),
                                 pointers_to(words).data(), pointers_to(values).data());
  if (code != 0) {
    return fail(err::hub_child_failed, order.program.string(),
                {{"exit", "-"}, {"detail", std::strerror(code)}});
  }
  return pid;
}

void kill_group(pid_t pid) {
  ::kill(-pid, SIGKILL);
  int status = 0;
  while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) {}
}

}  // namespace

Result<ChildResult> run_child(const ChildOrder& order, const std::function<bool()>& cancelled) {
  ChildResult out{0, order.folder / "stdout.txt", order.folder / "stderr.txt"};
  KHIEN_TRY(const pid_t pid, start(order, out));
  const SystemClock clock;
  const std::int64_t started = clock.steady_ms();
  for (int look = 0;; ++look) {
    int status = 0;
    const pid_t ended = ::waitpid(pid, &status, WNOHANG);
    if (ended == pid) {
      ::kill(-pid, SIGKILL);  // what it left behind of its group
      if (WIFEXITED(status)) {
        out.exit_code = WEXITSTATUS(status);
        return out;
      }
      return fail(err::hub_child_failed, order.arguments.empty() ? "" : order.arguments.front(),
                  {{"exit", fmt::format("{}", WTERMSIG(status))},
                   {"detail", ::strsignal(WTERMSIG(status))}});
    }
    if (look % kLooksAQuestion == 0 && cancelled && cancelled()) {
      kill_group(pid);
      return fail(err::hub_cancelled, "");
    }
    if (clock.steady_ms() - started > order.limit_ms) {
      kill_group(pid);
      return fail(err::hub_child_time, order.arguments.empty() ? "" : order.arguments.front(),
                  {{"seconds", fmt::format("{}", order.limit_ms / 1000)}});
    }
    std::this_thread::sleep_for(kLook);
  }
}

}  // namespace khien::hub
