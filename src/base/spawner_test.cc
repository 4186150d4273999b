// Workers of a program with threads: started, killed and reaped by one process that has none.
#include "base/spawner.h"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <fstream>
#include <set>
#include <sstream>
#include <thread>

#include <gtest/gtest.h>

#include "base/worker_errors.h"

namespace khien::spawner_test {
namespace {
namespace fs = std::filesystem;

Result<Node> echo(const JobInput& in) { return Node(std::string(in.bytes)); }
Result<Node> hang(const JobInput&) {
  for (;;) ::sleep(1);
}
Result<Node> die(const JobInput&) { ::abort(); }

std::vector<Job> jobs() {
  return {{"echo", 1000, echo}, {"hang", 1000, hang}, {"die", 1000, die}};
}

WorkerOptions hurried() {
  WorkerOptions o;
  o.job_ms = 1000;
  return o;
}

std::vector<pid_t> children_of(pid_t pid) {
  std::ifstream in("/proc/" + std::to_string(pid) + "/task/" + std::to_string(pid) + "/children");
  std::vector<pid_t> out;
  for (pid_t child = 0; in >> child;) out.push_back(child);
  return out;
}

// From the second job on one child waits for the next; 0 where none does.
pid_t waiting_child(WorkerPool& pool) {
  for (int i = 0; i < 2; ++i) EXPECT_TRUE(pool.run_bytes("echo", "a", "x"));
  const pid_t spawner = children_of(::getpid()).at(0);
  for (int i = 0; i < 200 && children_of(spawner).size() != 1; ++i) ::usleep(10'000);
  const auto children = children_of(spawner);
  return children.size() == 1 ? children[0] : 0;
}

// Waits until `pid` is no more, or no more than a corpse that somebody else must bury.
bool gone(pid_t pid) {
  for (int i = 0; i < 200; ++i) {
    std::ifstream in("/proc/" + std::to_string(pid) + "/stat");
    std::stringstream text;
    text << in.rdbuf();
    const std::string stat = text.str();
    const auto state = stat.rfind(')');
    if (state == std::string::npos || stat.substr(state, 4).find('Z') != std::string::npos) {
      return true;
    }
    ::usleep(20'000);
  }
  return false;
}

TEST(Spawner, EightThreadsGetTheirOwnAnswersWhileOthersDieAndHang) {
  WorkerPool pool(jobs(), hurried());
  std::atomic<int> right = 0;
  std::atomic<int> died = 0;
  std::atomic<int> late = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < 8; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 50; ++i) {
        const std::string word = std::to_string(t) + "/" + std::to_string(i);
        const char* job = i % 10 == 7 ? "die" : i == 30 ? "hang" : "echo";
        const auto reply = pool.run_bytes(job, word, "x");
        const std::string code = reply ? "" : reply.error().code;
        if (reply) right += reply->text() == word ? 1 : 0;
        else if (code == err::worker_died) died += reply.error().args.at("signal") == "SIGABRT";
        else if (code == err::worker_time) late += 1;
        else ADD_FAILURE() << to_string(reply.error());
      }
    });
  }
  for (std::thread& t : threads) t.join();
  EXPECT_EQ(died, 8 * 5);
  EXPECT_EQ(late, 8);
  EXPECT_EQ(right, 8 * (50 - 5 - 1));
}

TEST(Spawner, APoolMadeBesideThreadsSaysWhyItCannotWork) {
#ifdef __SANITIZE_THREAD__
  GTEST_SKIP() << "the sanitizer has a thread of its own, so they are not counted";
#endif
  std::atomic<bool> over = false;
  std::thread other([&] { while (!over) ::usleep(1000); });
  {
    WorkerPool pool(jobs());
    const auto reply = pool.run_bytes("echo", "a", "x");
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().code, err::worker_start);
    EXPECT_NE(reply.error().args.at("detail").find("threads"), std::string::npos);
  }
  over = true;
  other.join();
}

TEST(Spawner, ItsDeathIsAnErrorOfItsOwnAndNothingHangs) {
  WorkerPool pool(jobs());
  ASSERT_TRUE(pool.run_bytes("echo", "a", "x"));
  const auto children = children_of(::getpid());
  ASSERT_EQ(children.size(), 1U);
  ::kill(children[0], SIGKILL);
  ASSERT_TRUE(gone(children[0]));
  for (int i = 0; i < 3; ++i) {
    const auto reply = pool.run_bytes("echo", "a", "x");
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().code, err::spawner_gone);
  }
}

TEST(Spawner, TheTerminalAndTheServiceManagerDoNotEndIt) {
  WorkerPool pool(jobs());
  ASSERT_TRUE(pool.run_bytes("echo", "a", "x"));
  for (const int s : {SIGINT, SIGTERM, SIGHUP}) ::kill(children_of(::getpid()).at(0), s);
  EXPECT_TRUE(pool.run_bytes("echo", "a", "x"));
}

TEST(Spawner, ReapsAtOnceWhatDiesByItself) {
  WorkerPool pool(jobs());
  const pid_t worker = waiting_child(pool);
  ASSERT_GT(worker, 0);
  const pid_t spawner = children_of(::getpid()).at(0);
  ::kill(worker, SIGKILL);
  for (int i = 0; i < 200 && !children_of(spawner).empty(); ++i) ::usleep(10'000);
  EXPECT_TRUE(children_of(spawner).empty()) << "a corpse is left";
  EXPECT_TRUE(pool.run_bytes("echo", "a", "x")) << "a worker that died waiting is replaced";
}

TEST(Spawner, AllEndWithTheProgramThatMadeThem) {
  ::prctl(PR_SET_CHILD_SUBREAPER, 1);
  int ends[2];
  ASSERT_EQ(::pipe2(ends, O_CLOEXEC), 0);
  const pid_t program = ::fork();
  ASSERT_GE(program, 0);
  if (program == 0) {
    WorkerPool pool(jobs());
    const pid_t worker = waiting_child(pool);  // takes the next job
    const int pids[] = {children_of(::getpid()).at(0), worker};
    static_cast<void>(!::write(ends[1], pids, sizeof pids));
    static_cast<void>(pool.run_bytes("hang", "", "x"));  // killed in the middle of a job
    ::_exit(0);
  }
  int pids[2] = {};
  ASSERT_EQ(::read(ends[0], pids, sizeof pids), static_cast<ssize_t>(sizeof pids));
  ::close(ends[0]);
  ::close(ends[1]);
  ::kill(program, SIGKILL);
  EXPECT_EQ(::waitpid(program, nullptr, 0), program);
  EXPECT_TRUE(gone(pids[0])) << "the spawner goes on";
  EXPECT_TRUE(gone(pids[1])) << "a worker goes on";
  // A third may have been starting: none of them stays our child into the next test.
  for (int i = 0; i < 1000 && ::waitpid(-1, nullptr, WNOHANG) >= 0; ++i) ::usleep(10'000);
  EXPECT_TRUE(children_of(::getpid()).empty()) << "one more goes on";
  ::prctl(PR_SET_CHILD_SUBREAPER, 0);
}

TEST(Spawner, NoDescriptorOfOursIsInheritedByPrograms) {
  std::set<int> before;
  for (int fd = 0; fd < 256; ++fd) {
    if (::fcntl(fd, F_GETFD) != -1) before.insert(fd);
  }
  WorkerPool pool(jobs());
  ASSERT_GT(waiting_child(pool), 0);
  int ours = 0;
  for (int fd = 0; fd < 256; ++fd) {
    const int flags = ::fcntl(fd, F_GETFD);
    if (flags == -1 || before.contains(fd)) continue;
    ++ours;
    EXPECT_NE(flags & FD_CLOEXEC, 0) << fd;
  }
  EXPECT_EQ(ours, 3);  // the spawner, one worker and its ending
}

TEST(Spawner, WorkersDoNotHoldWhatTheProgramReadLater) {
  std::string secret;
  const auto look = [](const JobInput& in) -> Result<Node> {
    return Node(reinterpret_cast<const std::string*>(in.args["at"].integer())->size());
  };
  WorkerPool pool({{"look", 0, look}});
  secret = "đọc sau khi có tiến trình khởi tạo";
  const auto reply = pool.run_bytes("look", "", "x", Node::map({
      {"at", static_cast<std::int64_t>(reinterpret_cast<std::intptr_t>(&secret))}}));
  ASSERT_TRUE(reply) << to_string(reply.error());
  EXPECT_EQ(reply->integer(), 0);
}

}  // namespace
}  // namespace khien::spawner_test
