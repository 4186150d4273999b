// A file is whole or absent: also when the disk is full and when somebody else was first.
#include "base/file.h"

#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
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
  const auto is_folder = read_file(folder->path(), 10);
  ASSERT_FALSE(is_folder);
  EXPECT_EQ(is_folder.error().code, "K0001");
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

TEST_F(File, commit_moves_a_finished_file_into_place) {
  ASSERT_TRUE(write_file(folder->path() / "a", "new"));
  ASSERT_TRUE(write_file(path, "old"));
  ASSERT_TRUE(commit_file(folder->path() / "a", path));
  EXPECT_EQ(*read_file(path, 100), "new");
  EXPECT_EQ(names().size(), 1U);
  EXPECT_FALSE(commit_file(folder->path() / "a", path));
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

}  // namespace
}  // namespace khien
