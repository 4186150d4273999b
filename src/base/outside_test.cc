// Real programs of every Debian (coreutils, bash) in the place of pdftotext and its kind.
#include "base/outside.h"

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <filesystem>

#include <gtest/gtest.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/worker.h"
#include "base/worker_errors.h"

namespace khien {
namespace {
namespace fs = std::filesystem;

Result<OutsideResult> in_shell(const std::string& line, int timeout_ms = 5000) {
  return run_outside("bash", {"--norc", "--noprofile", "-c", line}, "the input", timeout_ms);
}

bool outside_holds(const char* id) {
  static const std::vector<Protection> all = probe_protections();
  for (const Protection& p : all) {
    if (p.id == id) return p.holds;
  }
  return false;
}

// By hand: libseccomp remembers a listener of its own and would not ask for a second one.
bool hold_a_listener() {
  sock_filter code[] = {BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
                        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_swapoff, 0, 1),
                        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_USER_NOTIF),
                        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)};
  const sock_fprog program{4, code};
  return ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
         ::syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER,
                   &program) >= 0;
}

TEST(Outside, gives_the_exit_code) {
  const auto yes = run_outside("true", {}, "", 5000);
  ASSERT_TRUE(yes) << to_string(yes.error());
  EXPECT_EQ(yes->exit_code, 0);
  const auto no = run_outside("/usr/bin/false", {}, "", 5000);
  ASSERT_TRUE(no) << to_string(no.error());
  EXPECT_EQ(no->exit_code, 1);
}

TEST(Outside, hands_the_input_over_on_stdin_and_as_a_file) {
  const std::string input = std::string("một\0hai\n", 9) + std::string(300'000, 'x');
  const auto piped = run_outside("cat", {}, input, 5000);
  ASSERT_TRUE(piped) << to_string(piped.error());
  EXPECT_EQ(piped->out, input);
  const auto named = run_outside("cat", {"input"}, input, 5000);
  ASSERT_TRUE(named) << to_string(named.error());
  EXPECT_EQ(named->out, input);
}

TEST(Outside, keeps_the_first_kib_of_stderr) {
  const auto done = in_shell("echo sai >&2; printf '%5000s' x >&2; exit 4");
  ASSERT_TRUE(done) << to_string(done.error());
  EXPECT_EQ(done->exit_code, 4);
  EXPECT_TRUE(done->err.starts_with("sai\n"));
  EXPECT_EQ(done->err.size(), 1024U);
}

TEST(Outside, passes_words_without_a_shell) {
  const auto done = run_outside("echo", {"$HOME", "`id`", "a b", "*"}, "", 5000);
  ASSERT_TRUE(done) << to_string(done.error());
  EXPECT_EQ(done->out, "$HOME `id` a b *\n");
}

TEST(Outside, gives_an_environment_of_five_names) {
  const auto done = run_outside("env", {}, "", 5000);
  ASSERT_TRUE(done) << to_string(done.error());
  EXPECT_EQ(std::count(done->out.begin(), done->out.end(), '\n'), 5) << done->out;
  EXPECT_NE(done->out.find("LANG=C.UTF-8\nPATH=/usr/bin:/bin\n"), std::string::npos);
}

TEST(Outside, says_which_program_is_missing) {
  for (const char* program : {"khien-no-such-program", "/usr/bin/khien-no-such-program",
                              "/etc/hostname", "../usr/bin/true", "/usr/bin", ""}) {
    const auto done = run_outside(program, {}, "", 5000);
    ASSERT_FALSE(done) << program;
    EXPECT_EQ(done.error().code, err::program_missing) << program;
    EXPECT_EQ(done.error().args.at("program"), program);
  }
}

TEST(Outside, ends_a_program_at_its_time) {
  const std::int64_t started = SystemClock().steady_ms();
  const auto done = run_outside("sleep", {"30"}, "", 300);
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, err::program_time);
  EXPECT_LT(SystemClock().steady_ms() - started, 10'000);
}

TEST(Outside, ends_a_program_that_writes_without_end) {
  const auto done = run_outside("yes", {}, "", 20'000);
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, err::program_output);
}

TEST(Outside, takes_output_of_the_limit_and_refuses_one_byte_more) {
  const std::string most = std::to_string(limits::outside_output_bytes);
  const std::string over = std::to_string(limits::outside_output_bytes + 1);
  const auto fits = run_outside("head", {"-c", most, "/dev/zero"}, "", 20'000);
  ASSERT_TRUE(fits) << to_string(fits.error());
  EXPECT_EQ(fits->out.size(), limits::outside_output_bytes);
  const auto more = run_outside("head", {"-c", over, "/dev/zero"}, "", 20'000);
  ASSERT_FALSE(more);
  EXPECT_EQ(more.error().code, err::program_output);
}

TEST(Outside, names_the_signal_that_ended_a_program) {
  const auto done = in_shell("kill -SEGV $$");
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, err::program_killed);
  EXPECT_EQ(done.error().args.at("signal"), "SIGSEGV");
}

TEST(Outside, cannot_write_a_huge_file) {
  const auto done = run_outside("truncate", {"-s", "1G", "big"}, "", 5000);
  EXPECT_TRUE(!done || done->exit_code != 0);
}

TEST(Outside, cannot_take_all_memory) {
  const auto done = run_outside("head", {"-c", "4G", "/dev/zero"}, "", 20'000);
  EXPECT_FALSE(done);
  const auto sorted = run_outside("sort", {"-S", "3G", "--parallel=1", "input"}, "b\na\n", 5000);
  EXPECT_TRUE(!sorted || sorted->out == "a\nb\n" || sorted->exit_code != 0);
}

TEST(Outside, has_no_network) {
  if (!outside_holds("outside_no_network")) GTEST_SKIP() << "no seccomp on this machine";
  for (const char* line : {"exec 3<>/dev/tcp/127.0.0.1/9", "exec 3<>/dev/udp/127.0.0.1/9"}) {
    const auto done = in_shell(line);
    ASSERT_TRUE(done) << to_string(done.error());
    EXPECT_NE(done->exit_code, 0) << line;
    EXPECT_NE(done->err.find("not permitted"), std::string::npos) << done->err;
  }
}

TEST(Outside, starts_neither_a_process_nor_another_program) {
  if (!outside_holds("outside_no_programs")) GTEST_SKIP() << "no seccomp on this machine";
  for (const char* line :
       {"/bin/true", "exec /bin/true", "( : ) || exit 1", "exec /usr/bin/bash"}) {
    const auto done = in_shell(line);
    ASSERT_TRUE(done) << line << to_string(done.error());
    EXPECT_NE(done->exit_code, 0) << line;
  }
}

// An outer sandbox may hold the one listener a process tree can have; then the second way is taken.
TEST(Outside, still_refuses_a_second_program_inside_another_sandbox) {
  if (!outside_holds("outside_no_programs")) GTEST_SKIP() << "no seccomp on this machine";
  const pid_t pid = ::fork();
  ASSERT_GE(pid, 0);
  if (pid == 0) {
    if (!hold_a_listener()) ::_exit(3);
    const auto first = in_shell("exit 7");
    const auto second = in_shell("exec /bin/true");
    const bool refused = second && second->exit_code == 126 &&
                         second->err.find("not permitted") != std::string::npos;
    ::_exit(first && first->exit_code == 7 && refused ? 0 : 1);
  }
  int status = -1;
  ASSERT_EQ(::waitpid(pid, &status, 0), pid);
  EXPECT_EQ(status, 0);
}

TEST(Outside, writes_nowhere_but_in_its_folder) {
  if (!outside_holds("outside_no_writes")) GTEST_SKIP() << "no Landlock on this machine";
  auto folder = TempFolder::make();
  ASSERT_TRUE(folder);
  fs::permissions(folder->path(), fs::perms::all);
  const auto out = in_shell("echo x > " + (folder->path() / "made").string());
  ASSERT_TRUE(out) << to_string(out.error());
  EXPECT_NE(out->exit_code, 0);
  EXPECT_FALSE(fs::exists(folder->path() / "made"));
  const auto in = in_shell("echo x > made && read -r line < made && echo \"$line\" && pwd");
  ASSERT_TRUE(in) << to_string(in.error());
  EXPECT_EQ(in->exit_code, 0) << in->err;
  EXPECT_TRUE(in->out.starts_with("x\n"));
}

TEST(Outside, reads_no_file_of_the_user) {
  if (!outside_holds("outside_no_files")) GTEST_SKIP() << "no Landlock on this machine";
  auto folder = TempFolder::make();
  ASSERT_TRUE(folder);
  ASSERT_TRUE(write_file(folder->path() / "private", "x"));
  fs::permissions(folder->path(), fs::perms::all);
  fs::permissions(folder->path() / "private", fs::perms::all);
  const auto done = run_outside("cat", {(folder->path() / "private").string()}, "", 5000);
  ASSERT_TRUE(done) << to_string(done.error());
  EXPECT_NE(done->exit_code, 0);
  EXPECT_EQ(done->out, "");
}

TEST(Outside, leaves_no_folder_and_no_process) {
  auto own = TempFolder::make();
  ASSERT_TRUE(own);
  fs::permissions(own->path(), fs::perms::all);
  ::setenv("TMPDIR", own->path().c_str(), 1);
  for (int i = 0; i < 20; ++i) {
    const auto done = run_outside(i % 2 == 0 ? "true" : "khien-no-such-program", {}, "x", 5000);
    EXPECT_EQ(done.has_value(), i % 2 == 0);
  }
  EXPECT_FALSE(run_outside("sleep", {"30"}, "x", 50));
  ::unsetenv("TMPDIR");
  EXPECT_TRUE(fs::is_empty(own->path()));
  EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1);
}

}  // namespace
}  // namespace khien
