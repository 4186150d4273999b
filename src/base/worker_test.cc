// What a hostile input could make a job do, done on purpose in a real child.
#include "base/worker.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <stdexcept>

#include <gtest/gtest.h>
#include <unicode/ucnv.h>

#include "base/errors.h"
#include "base/file.h"
#include "base/sqlite.h"
#include "base/text.h"
#include "base/worker_child.h"
#include "base/worker_errors.h"

namespace khien {
namespace {
namespace fs = std::filesystem;

Result<Node> job_length(const JobInput& in) {
  return Node::map({{"length", in.bytes.size()}, {"name", in.name}, {"word", in.args["word"]}});
}
Result<Node> job_refuse(const JobInput& in) {
  return fail(err::yaml_invalid, in.name + ":7", {{"detail", "không hợp lệ"}});
}
Result<Node> job_write_to_null(const JobInput& in) {
  volatile std::size_t where = in.bytes.size() == 99999 ? 4096 : 0;
  *reinterpret_cast<volatile char*>(where) = 1;
  return Node();
}
Result<Node> job_abort(const JobInput&) { ::abort(); }
Result<Node> job_hang(const JobInput&) {
  volatile bool forever = true;
  while (forever) {
  }
  return Node();
}
Result<Node> job_close_and_hang(const JobInput&) {
  ::close(3);
  for (;;) ::sleep(1);
}
Result<Node> job_much_memory(const JobInput&) {
  std::string s;
  for (int i = 0; i < 100; ++i) s.append(std::size_t{16} << 20, 'x');
  return Node(s.size());
}
Result<Node> job_throw(const JobInput&) { throw std::runtime_error("thrown on purpose"); }
Result<Node> job_socket(const JobInput&) { return Node(::socket(AF_INET, SOCK_STREAM, 0)); }
Result<Node> job_unix_socket(const JobInput&) { return Node(::socket(AF_UNIX, SOCK_DGRAM, 0)); }
Result<Node> job_open(const JobInput&) {
  const int fd = ::open("/etc/passwd", O_RDONLY | O_CLOEXEC);
  return Node::map({{"fd", fd}, {"errno", errno}});
}
Result<Node> job_fork(const JobInput&) {
  const pid_t pid = ::fork();
  if (pid == 0) ::_exit(0);
  return Node(pid > 0);
}
Result<Node> job_execve(const JobInput&) {
  char* const none[] = {nullptr};
  ::execve("/bin/true", none, none);
  return Node(false);
}
Result<Node> job_exec_page(const JobInput&) {
  return Node(::mmap(nullptr, 4096, PROT_READ | PROT_WRITE | PROT_EXEC,
                     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED);
}
Result<Node> job_exit(const JobInput&) { ::_exit(3); }
Result<Node> job_descriptors(const JobInput&) {
  int open = 0;
  for (int fd = 0; fd < 1024; ++fd) open += ::fcntl(fd, F_GETFD) != -1;
  return Node(open);
}
Result<Node> job_large(const JobInput& in) {
  return Node(std::string(static_cast<std::size_t>(in.args["size"].integer()), 'x'));
}
Result<Node> job_lie_about_size(const JobInput&) {
  const unsigned char head[8] = {255, 255, 255, 255, 255, 255, 255, 127};
  static_cast<void>(!::write(3, head, sizeof head));
  return Node();
}
Result<Node> job_talk_rubbish(const JobInput&) {
  const unsigned char bytes[] = {4, 0, 0, 0, 0, 0, 0, 0, 6, 0, 200, 1};
  static_cast<void>(!::write(3, bytes, sizeof bytes));
  return Node();
}
Result<Node> job_invent_a_code(const JobInput&) { return fail("rm -rf", "x"); }
Result<Node> job_libraries(const JobInput& in) {
  KHIEN_TRY(const Database db, Database::in_memory());
  KHIEN_DO(db.execute("create table t (a text); insert into t values ('một'), ('hai')"));
  KHIEN_TRY(const Value count, db.one("select count(*) from t order by 1"));
  KHIEN_TRY(const Decoded decoded, decode_text(in.bytes, in.name));
  KHIEN_TRY(const Node yaml, parse_yaml("a: [1, 2, {b: c}]", "y"));
  const std::time_t when = 0;
  std::tm parts{};
  ::localtime_r(&when, &parts);
  return Node::map({{"rows", to_text(count)}, {"text", decoded.text}, {"yaml", to_json(yaml)},
                    {"encoding", decoded.encoding}});
}
Result<Node> job_broken_utf8(const JobInput&) { return Node(std::string("a\xFF" "b")); }

// What an input that took its child over would leave for the next.
Result<Node> job_count(const JobInput&) {
  static std::int64_t inputs = 0;
  return Node(++inputs);
}

std::vector<Job> worker_test_jobs() {
  constexpr std::size_t size = 1000;
  return {{"length", size, job_length},
          {"refuse", size, job_refuse},
          {"null", size, job_write_to_null},
          {"abort", size, job_abort},
          {"hang", size, job_hang},
          {"close", size, job_close_and_hang},
          {"memory", size, job_much_memory},
          {"throw", size, job_throw},
          {"socket", size, job_socket},
          {"unix_socket", size, job_unix_socket},
          {"open", size, job_open},
          {"fork", size, job_fork},
          {"execve", size, job_execve},
          {"exec_page", size, job_exec_page},
          {"exit", size, job_exit},
          {"descriptors", size, job_descriptors},
          {"large", size, job_large},
          {"lie", size, job_lie_about_size},
          {"rubbish", size, job_talk_rubbish},
          {"code", size, job_invent_a_code},
          {"libraries", size, job_libraries},
          {"utf8", size, job_broken_utf8},
          {"count", size, job_count}};
}

bool has_seccomp() {
  static const bool holds = [] {
    for (const Protection& p : probe_protections()) {
      if (p.id == "seccomp") return p.holds;
    }
    return false;
  }();
  return holds;
}

std::size_t descriptors_of_this_process() {
  std::size_t n = 0;
  for (const auto& entry : fs::directory_iterator("/proc/self/fd")) n += !entry.path().empty();
  return n;
}

class Worker : public ::testing::Test {
 protected:
  static WorkerOptions options() {
    WorkerOptions o;
    o.job_ms = 20'000;
    o.reply_bytes = 100'000;
    o.memory_bytes = std::size_t{256} << 20;
    return o;
  }
  // The error code of the job ("" when it succeeded), and the pool must work afterwards.
  std::string code_of(const char* job, const Node& args = {}) {
    const auto reply = pool.run_bytes(job, "abc", "input.txt", args);
    if (!reply) error = reply.error();
    const auto next = pool.run_bytes("length", "abcd", "next.txt");
    EXPECT_TRUE(next.has_value()) << "the pool must go on after " << job;
    EXPECT_EQ(next ? (*next)["length"].integer() : 0, 4);
    return reply ? "" : reply.error().code;
  }
  WorkerPool pool{worker_test_jobs(), options()};
  Error error;
};

TEST_F(Worker, gives_the_job_the_bytes_the_name_and_the_arguments) {
  const auto reply = pool.run_bytes("length", "abc", "in/here.txt", Node::map({{"word", "chữ"}}));
  ASSERT_TRUE(reply) << to_string(reply.error());
  EXPECT_EQ((*reply)["length"].integer(), 3);
  EXPECT_EQ((*reply)["name"].text(), "here.txt");
  EXPECT_EQ((*reply)["word"].text(), "chữ");
}

TEST_F(Worker, carries_an_error_of_the_job_back_whole) {
  EXPECT_EQ(code_of("refuse"), "K0010");
  EXPECT_EQ(error.place, "input.txt:7");
  EXPECT_EQ(error.args["detail"], "không hợp lệ");
}

TEST_F(Worker, names_the_signal_a_child_died_of) {
  EXPECT_EQ(code_of("abort"), err::worker_died);
  EXPECT_EQ(error.args["signal"], "SIGABRT");
  EXPECT_EQ(code_of("exit"), err::worker_died);
  EXPECT_EQ(error.args["signal"], "exit 3");
#ifndef KHIEN_SANITIZED
  EXPECT_EQ(code_of("null"), err::worker_died);
  EXPECT_EQ(error.args["signal"], "SIGSEGV");
#endif
}

TEST_F(Worker, ends_a_job_that_never_ends) {
  WorkerOptions short_jobs = options();
  short_jobs.job_ms = 1500;
  WorkerPool hurried(worker_test_jobs(), short_jobs);
  const auto reply = hurried.run_bytes("hang", "abc", "input.txt");
  ASSERT_FALSE(reply);
  EXPECT_EQ(reply.error().code, err::worker_time);
  EXPECT_EQ(reply.error().args.at("seconds"), "2");
  EXPECT_TRUE(hurried.run_bytes("length", "abc", "next.txt")) << "the pool must go on";
}

TEST_F(Worker, does_not_wait_for_a_child_that_only_closed_its_socket) {
  EXPECT_EQ(code_of("close"), err::worker_died);
}

TEST_F(Worker, turns_an_exception_into_an_error) {
  EXPECT_EQ(code_of("throw"), err::job_broke);
  EXPECT_EQ(error.args["detail"], "thrown on purpose");
}

TEST_F(Worker, refuses_memory_beyond_the_limit) {
#ifdef KHIEN_SANITIZED
  GTEST_SKIP() << "no memory limit under sanitizers";
#endif
  EXPECT_EQ(code_of("memory"), err::worker_memory);
  EXPECT_EQ(error.args["limit"], "256");
}

TEST_F(Worker, cannot_open_files) {
  const auto reply = pool.run_bytes("open", "", "x");
  ASSERT_TRUE(reply) << to_string(reply.error());
  if (!has_seccomp()) GTEST_SKIP() << "no seccomp on this machine";
  EXPECT_EQ((*reply)["fd"].integer(), -1);
  EXPECT_EQ((*reply)["errno"].integer(), EACCES);
}

TEST_F(Worker, is_killed_for_a_socket_a_process_a_program_or_an_executable_page) {
#ifdef KHIEN_SANITIZED
  GTEST_SKIP() << "the filter only refuses under sanitizers";
#endif
  if (!has_seccomp()) GTEST_SKIP() << "no seccomp on this machine";
  for (const char* job : {"socket", "unix_socket", "fork", "execve", "exec_page"}) {
    EXPECT_EQ(code_of(job), err::worker_died) << job;
    EXPECT_EQ(error.args["signal"], "SIGSYS") << job;
  }
}

TEST_F(Worker, holds_no_descriptor_but_its_socket_and_its_input) {
  const Fd extra(::open("/etc/hostname", O_RDONLY));  // not close-on-exec, as a library might
  const auto reply = pool.run_bytes("descriptors", "", "x");
  ASSERT_TRUE(reply) << to_string(reply.error());
  EXPECT_LE(reply->integer(), 5);  // 0-2 are /dev/null
}

TEST_F(Worker, refuses_a_reply_one_byte_over_the_limit) {
  const std::size_t head = pack(Node::map({{"value", std::string(90'000, 'x')}})).size() - 90'000;
  const std::size_t most = options().reply_bytes - head;
  EXPECT_EQ(code_of("large", Node::map({{"size", most}})), "");
  EXPECT_EQ(code_of("large", Node::map({{"size", most + 1}})), err::reply_too_large);
}

TEST_F(Worker, refuses_a_child_that_lies_about_the_size_of_its_reply) {
  EXPECT_EQ(code_of("lie"), err::reply_too_large);
}

TEST_F(Worker, refuses_a_child_that_does_not_speak_our_language) {
  EXPECT_EQ(code_of("rubbish"), err::reply_malformed);
  EXPECT_EQ(code_of("code"), err::reply_malformed);
}

TEST_F(Worker, replaces_broken_utf8_in_a_reply) {
  const auto reply = pool.run_bytes("utf8", "", "x");
  ASSERT_TRUE(reply) << to_string(reply.error());
  EXPECT_EQ(reply->text(), "a\xEF\xBF\xBD" "b");
}

TEST_F(Worker, still_has_icu_sqlite_and_yaml_when_locked) {
  const auto reply = pool.run_bytes("libraries", "Ti\xEA\xECng Vi\xEA\xF2t", "old.txt");
  ASSERT_TRUE(reply) << to_string(reply.error());
  EXPECT_EQ((*reply)["rows"].text(), "2");
  EXPECT_EQ((*reply)["encoding"].text(), "windows-1258");
  EXPECT_EQ((*reply)["text"].text(), "Tiếng Việt");
  EXPECT_EQ((*reply)["yaml"].text(), R"({"a":[1,2,{"b":"c"}]})");
}

TEST_F(Worker, knows_nothing_of_the_input_before) {
  for (const std::int64_t wanted : {1, 1, 1}) {
    EXPECT_EQ(pool.run_bytes("count", "", "x")->integer(), wanted);
  }
}

TEST_F(Worker, takes_regular_files_only) {
  auto folder = TempFolder::make();
  ASSERT_TRUE(folder);
  const fs::path fifo = folder->path() / "fifo";
  ASSERT_EQ(::mkfifo(fifo.c_str(), 0600), 0);
  for (const fs::path& path : {fifo, folder->path(), fs::path("/dev/zero")}) {
    const auto reply = pool.run("length", path);
    ASSERT_FALSE(reply) << path;
    EXPECT_EQ(reply.error().code, err::not_regular) << path;
  }
  const auto missing = pool.run("length", folder->path() / "none");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, "K0001");
}

TEST_F(Worker, takes_a_file_of_the_limit_and_refuses_one_byte_more) {
  auto folder = TempFolder::make();
  ASSERT_TRUE(folder);
  const fs::path path = folder->path() / "f.txt";
  ASSERT_TRUE(write_file(path, std::string(1000, 'x')));
  const auto fits = pool.run("length", path);
  ASSERT_TRUE(fits) << to_string(fits.error());
  EXPECT_EQ((*fits)["length"].integer(), 1000);
  ASSERT_TRUE(write_file(path, std::string(1001, 'x')));
  const auto over = pool.run("length", path);
  ASSERT_FALSE(over);
  EXPECT_EQ(over.error().code, "K0003");
  const auto bytes = pool.run_bytes("length", std::string(1001, 'x'), "b");
  ASSERT_FALSE(bytes);
  EXPECT_EQ(bytes.error().code, "K0003");
}

TEST_F(Worker, says_when_a_job_does_not_exist) {
  const auto reply = pool.run_bytes("none", "", "x");
  ASSERT_FALSE(reply);
  EXPECT_EQ(reply.error().code, err::job_unknown);
}

TEST(WorkerPool, leaves_no_descriptor_and_no_zombie_after_many_jobs) {
  const std::size_t before = descriptors_of_this_process();
  {
    WorkerPool pool(worker_test_jobs());
    for (int i = 0; i < 300; ++i) {  // past the number after which a child is replaced
      const auto reply = pool.run_bytes(i % 50 == 49 ? "exit" : "length", "abc", "x");
      EXPECT_EQ(reply.has_value(), i % 50 != 49) << i;
    }
    EXPECT_LE(descriptors_of_this_process(), before + 3);  // spawner, worker, its ending
  }
  EXPECT_EQ(descriptors_of_this_process(), before);
  EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1) << "a child is left";
  EXPECT_EQ(errno, ECHILD);
}

TEST(WorkerPool, starts_no_worker_before_the_first_job) {
  const std::size_t before = descriptors_of_this_process();
  const WorkerPool pool(worker_test_jobs());
  EXPECT_EQ(descriptors_of_this_process(), before + 1);  // to the spawner
}

TEST(WorkerPool, works_when_standard_streams_are_closed) {
  const pid_t pid = ::fork();
  ASSERT_GE(pid, 0);
  if (pid == 0) {
    for (int fd = 0; fd < 3; ++fd) ::close(fd);
    WorkerPool pool(worker_test_jobs());
    const auto reply = pool.run_bytes("length", "abc", "x");
    ::_exit(reply && (*reply)["length"].integer() == 3 ? 0 : 1);
  }
  int status = -1;
  ASSERT_EQ(::waitpid(pid, &status, 0), pid);
  EXPECT_EQ(status, 0);
}

TEST(Protections, are_all_named_and_asked_in_a_child) {
  const auto all = probe_protections();
  std::set<std::string> ids;
  for (const Protection& p : all) {
    ids.insert(p.id);
    std::printf("  %-22s %-5s %s\n", p.id.c_str(), p.holds ? "holds" : "no", p.detail.c_str());
  }
  for (const char* id : {"no_new_privs", "not_root", "landlock", "seccomp", "rlimits",
                         "no_network", "no_files", "no_processes", "no_programs",
                         "outside_no_network", "outside_no_files", "outside_no_writes",
                         "outside_no_processes", "outside_no_programs"}) {
    EXPECT_TRUE(ids.contains(id)) << id;
  }
  EXPECT_EQ(ids.size(), all.size());
}

}  // namespace
}  // namespace khien
