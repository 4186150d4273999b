// A file is whole or absent: also when the disk is full and when somebody else was first.
#include "base/file.h"

#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <vector>

#include <gtest/gtest.h>

namespace khien {
namespace {
namespace fs = std::filesystem;

class File : public ::testing::Test {
 protected:
  void SetUp() override {
    auto made = TempFolder::make();
    ASSERT_TRUE(made);
    folder = std::make_unique<TempFolder>(std::move(*made));
    path = folder->path() / "báo cáo.docx";
  }
  [[nodiscard]] std::vector<std::string> names() const {
    std::vector<std::string> out;
    for (const auto& entry : fs::directory_iterator(folder->path())) {
      out.push_back(entry.path().filename().string());
    }
    return out;
  }
  // Runs `write` in a child whose files may not grow past `bytes`: a full disk for one process.
  template <class Write>
  int with_full_disk(rlim_t bytes, Write write) {
    const pid_t pid = ::fork();
    if (pid == 0) {
      ::signal(SIGXFSZ, SIG_IGN);
      const rlimit limit{bytes, bytes};
      ::setrlimit(RLIMIT_FSIZE, &limit);
      const Done done = write();
      ::_exit(done ? 0 : done.error().code == "K0002" ? 42 : 1);
    }
    int status = -1;
    ::waitpid(pid, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }
  std::unique_ptr<TempFolder> folder;
  fs::path path;
};

TEST_F(File, writes_replaces_and_reads) {
  ASSERT_TRUE(write_file(path, "một"));
  ASSERT_TRUE(write_file(path, std::string("hai\0ba", 6)));
  EXPECT_EQ(*read_file(path, 100), std::string("hai\0ba", 6));
  EXPECT_EQ(names().size(), 1U);
}

TEST_F(File, reads_the_limit_and_refuses_one_byte_more) {
  ASSERT_TRUE(write_file(path, std::string(100'000, 'x')));
  EXPECT_EQ(read_file(path, 100'000)->size(), 100'000U);
  const auto over = read_file(path, 99'999);
  ASSERT_FALSE(over);
  EXPECT_EQ(over.error().code, "K0003");
  EXPECT_EQ(over.error().args.at("limit"), "99999");
}

TEST_F(File, says_why_a_file_cannot_be_read) {
  const auto missing = read_file(path, 10);
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, "K0001");
  EXPECT_EQ(missing.error().place, path.string());
}

TEST_F(File, a_full_disk_leaves_the_old_file_and_nothing_half_written) {
  ASSERT_TRUE(write_file(path, "old"));
  EXPECT_EQ(with_full_disk(5000, [&] { return write_file(path, std::string(100'000, 'x')); }), 42);
  EXPECT_EQ(*read_file(path, 1000), "old");
  EXPECT_EQ(names().size(), 1U);
}

TEST_F(File, a_full_disk_leaves_no_new_file) {
  EXPECT_EQ(with_full_disk(5000, [&] { return write_new_file(path, std::string(9000, 'x')); }), 42);
  EXPECT_TRUE(names().empty());
}

TEST_F(File, write_new_never_replaces) {
  ASSERT_TRUE(write_new_file(path, "first"));
  const auto again = write_new_file(path, "second");
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, "K0002");
  EXPECT_EQ(*read_file(path, 100), "first");
  EXPECT_EQ(names().size(), 1U);
}

TEST_F(File, a_target_that_cannot_be_replaced_leaves_nothing_behind) {
  fs::create_directory(path);
  EXPECT_FALSE(write_file(path, "x"));
  EXPECT_EQ(names().size(), 1U);
  EXPECT_FALSE(write_file(folder->path() / "no" / "folder", "x"));
}

TEST_F(File, does_not_write_through_a_link_laid_in_its_way) {
  const fs::path victim = folder->path() / "victim";
  ASSERT_TRUE(write_file(victim, "untouched"));
  const fs::path aside = folder->path() / ("." + path.filename().string() + "." +
                                           std::to_string(::getpid()) + ".part");
  fs::create_symlink(victim, aside);
  ASSERT_TRUE(write_file(path, "x"));
  EXPECT_EQ(*read_file(victim, 100), "untouched");
  EXPECT_EQ(*read_file(path, 100), "x");
}

TEST_F(File, a_link_to_a_file_is_refused_and_a_device_stays_a_device) {
  const fs::path victim = folder->path() / "victim";
  ASSERT_TRUE(write_file(victim, "untouched"));
  fs::create_symlink(victim, path);
  EXPECT_FALSE(write_file(path, "x"));
  EXPECT_EQ(*read_file(victim, 100), "untouched");
  const fs::path device = folder->path() / "null";
  fs::create_symlink("/dev/null", device);
  EXPECT_TRUE(write_file(device, "x"));
  EXPECT_TRUE(fs::is_symlink(device));
  fs::remove(device);
  fs::create_symlink("/dev/full", device);
  EXPECT_FALSE(write_file(device, "x"));
}

TEST_F(File, a_temp_folder_is_private_and_goes_away) {
  fs::path where;
  {
    auto temp = TempFolder::make();
    ASSERT_TRUE(temp);
    where = temp->path();
    struct stat st {};
    ASSERT_EQ(::stat(where.c_str(), &st), 0);
    EXPECT_EQ(st.st_mode & 0777, 0700U);
    ASSERT_TRUE(write_file(where / "x", "x"));
    const TempFolder moved = std::move(*temp);
    EXPECT_TRUE(fs::exists(where));
  }
  EXPECT_FALSE(fs::exists(where));
}

TEST_F(File, a_descriptor_is_closed_once) {
  Fd a(::dup(0));
  const int raw = a.get();
  Fd b = std::move(a);
  EXPECT_FALSE(a.valid());  // NOLINT: moved from on purpose
  EXPECT_EQ(b.get(), raw);
  b.reset();
  EXPECT_FALSE(b.valid());
}

TEST_F(File, takes_no_pipe_device_or_socket_and_does_not_wait_for_one) {
  const fs::path fifo = folder->path() / "fifo";
  ASSERT_EQ(::mkfifo(fifo.c_str(), 0600), 0);
  const fs::path link = folder->path() / "link";
  fs::create_symlink(fifo, link);
  for (const fs::path& odd : {fifo, link, fs::path("/dev/zero"), folder->path()}) {
    EXPECT_EQ(read_file(odd, 10).error().code, "K0808") << odd;
    EXPECT_EQ(read_head(odd, 10).error().code, "K0808") << odd;
  }
  EXPECT_EQ(read_file(folder->path() / "none", 10).error().code, "K0001");
}

mode_t mode_of_path(const fs::path& path) {
  struct stat st {};
  return ::stat(path.c_str(), &st) == 0 ? st.st_mode & 07777 : 0;
}

TEST_F(File, what_is_private_is_so_whatever_the_umask) {
  for (const mode_t mask : {0, 022, 0177}) {
    const mode_t before = ::umask(mask);
    const fs::path own = folder->path() / ("own" + std::to_string(mask)) / "sub";
    EXPECT_TRUE(make_folder(own, Access::owner));
    EXPECT_TRUE(write_file(own / "a", "x", Access::owner));
    EXPECT_TRUE(write_new_file(own / "b", "x", Access::owner));
    ::umask(0);
    EXPECT_TRUE(write_file(own / "a", "y", Access::owner));  // an open file becomes private too
    ::umask(before);
    EXPECT_EQ(mode_of_path(own), 0700U) << mask;
    EXPECT_EQ(mode_of_path(own.parent_path()), 0700U) << mask;
    EXPECT_EQ(mode_of_path(own / "a"), 0600U) << mask;
    EXPECT_EQ(mode_of_path(own / "b"), 0600U) << mask;
  }
}

TEST_F(File, papers_follow_the_umask) {
  const mode_t before = ::umask(027);
  EXPECT_TRUE(make_folder(folder->path() / "d" / "e"));
  EXPECT_TRUE(write_file(folder->path() / "d" / "e" / "p", "x"));
  ::umask(before);
  EXPECT_EQ(mode_of_path(folder->path() / "d"), 0750U);
  EXPECT_EQ(mode_of_path(folder->path() / "d" / "e" / "p"), 0640U);
}

TEST_F(File, a_folder_in_place_of_which_a_file_stands_is_an_error) {
  ASSERT_TRUE(write_file(path, "x"));
  EXPECT_EQ(make_folder(path / "sub").error().code, "K0002");
  EXPECT_TRUE(make_folder(folder->path()));
  EXPECT_TRUE(make_folder(folder->path() / "new" / ""));
  EXPECT_TRUE(fs::is_directory(folder->path() / "new"));
}

TEST(TempFolders, vanish_when_a_signal_ends_the_program) {
  for (const int signal : {SIGTERM, SIGINT, SIGHUP}) {
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    const pid_t pid = ::fork();
    ASSERT_GE(pid, 0);
    if (pid == 0) {
      ::signal(signal, SIG_DFL);  // whatever an earlier test set up
      auto made = TempFolder::make();
      auto moved = std::make_unique<TempFolder>(std::move(*made));
      fs::create_directories(moved->path() / "a" / "b");
      for (int i = 0; i < 300; ++i) {
        const fs::path name = moved->path() / (i % 2 == 0 ? "a" : "a/b") / std::to_string(i);
        std::ofstream(name) << "x";  // no fsync
      }
      const std::string place = moved->path().string();
      static_cast<void>(!::write(ends[1], place.data(), place.size()));
      for (;;) ::pause();
    }
    char buffer[4096];
    const ssize_t n = ::read(ends[0], buffer, sizeof buffer);
    ::close(ends[0]);
    ::close(ends[1]);
    ASSERT_GT(n, 0);
    const fs::path place(std::string(buffer, static_cast<std::size_t>(n)));
    EXPECT_TRUE(fs::exists(place / "a" / "b"));
    ::kill(pid, signal);
    int status = 0;
    ASSERT_EQ(::waitpid(pid, &status, 0), pid);
    EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == signal) << "it ends as it would have";
    EXPECT_FALSE(fs::exists(place)) << signal;
  }
}

TEST(TempFolders, more_than_the_table_holds_still_work) {
  std::vector<TempFolder> many;
  for (int i = 0; i < 40; ++i) {
    auto made = TempFolder::make();
    ASSERT_TRUE(made);
    EXPECT_EQ(mode_of_path(made->path()), 0700U);
    many.push_back(std::move(*made));
  }
  const fs::path last = many.back().path();
  many.clear();
  EXPECT_FALSE(fs::exists(last));
}

TEST(Files, APipeNobodyReadsIsNotWaitedFor) {
  const auto folder = TempFolder::make();
  ASSERT_TRUE(folder);
  const std::string pipe = (folder->path() / "pipe").string();
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  const auto done = write_file(pipe, "x");
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, "K0002");
}

}  // namespace
}  // namespace khien
