// Folders and the listings people can make of them.
#include "collect/backups/backups.h"

#include <gtest/gtest.h>

#include "base/calendar.h"
#include "base/file.h"
#include "collect/backups/errors.h"
#include "collect/source/errors.h"
#include "collect/source/files_walk.h"

namespace khien {
namespace {

std::string listing(const std::string& text) {
  const Node args;
  const auto reply = backup_jobs().front().run({text, "l.txt", args});
  if (!reply) return reply.error().code;
  return to_iso_instant((*reply)["newest"].integer()).substr(0, 16) + " " +
         (*reply)["newest_bytes"].text() + " of " + (*reply)["files"].text();
}

TEST(BackupListing, ReadsTheCommonForms) {
  EXPECT_EQ(listing("total 8\ndrwxr-xr-x 2 root root 4096 2026-11-21 02:15 d\n"
                    "-rw-r--r-- 1 root root 52000 2026-11-20 02:15 db 2026.dump\n"
                    "-rw-r--r-- 1 root root 51000 2026-11-13 02:15 db.old\n"),
            "2026-11-20T02:15 52000 of 2");
  EXPECT_EQ(listing("-rw-r--r-- 1 root root 7 2026-11-20 02:15:00.123456789 +0700 a\n"),
            "2026-11-20T02:15 7 of 1");
  EXPECT_EQ(listing("-rw-r--r-- 1 root root 52000 2026-11-20 02:15 777\n"),  // a name, no size
            "2026-11-20T02:15 52000 of 1");
  EXPECT_EQ(listing("2026-11-20+02:15:00.5 52000 ./a.dump\n"), "2026-11-20T02:15 52000 of 1");
  EXPECT_EQ(
      listing("20/11/2026  02:15 SA       1.234.567 csdl.bak\r\n20/11/2026  02:15    <DIR> x\r\n"),
      "2026-11-20T02:15 1234567 of 1");
}

TEST(BackupListing, OneDateShowsTheOrderOfAllAndAnEnglishListingThatShowsNoneIsUnclear) {
  EXPECT_EQ(listing("11/09/2026  11:05 PM  700 b.bak\n10/28/2026  11:05 PM  600 a.bak\n"),
            "2026-11-09T23:05 700 of 2");
  EXPECT_EQ(listing("09/11/2026  11:05 CH  700 b.bak\n08/11/2026  11:05 SA  600 a.bak\n"),
            "2026-11-09T23:05 700 of 2");
  EXPECT_EQ(listing("09/11/2026 23:05 700 b.bak\n"), "2026-11-09T23:05 700 of 1");
  const Node args;
  for (const char* text : {"11/09/2026  11:05 PM  700 b.bak\n",
                           "13/09/2026 23:05 700 b\n09/13/2026 23:05 600 a\n"}) {
    const auto reply = backup_jobs().front().run({text, "l.txt", args});
    ASSERT_TRUE(reply) << text;
    EXPECT_EQ((*reply)["newest"].integer(), 0) << text;
    EXPECT_GT((*reply)["unclear"].integer(), 0) << text;
  }
}

TEST(BackupListing, AnEmptyFileIsNeverTheNewest) {
  EXPECT_EQ(listing("2026-11-20 02:15 0 b\n2026-11-13 02:15 9 a\n"), "2026-11-13T02:15 9 of 2");
}

TEST(BackupListing, LinesWithoutDateOrSizeAreNoFiles) {
  for (const char* text : {"", "\n\n", "hello", "2026-11-20 02:15", "99/99/9999 1 a", "- - - - -",
                           "2026-11-20 02:15 99999999999999999999999 a"}) {
    EXPECT_EQ(listing(text), err::listing_empty) << text;
  }
}

TEST(BackupFolder, TellsTheNewestFileAndWhatWasDeclared) {
  auto temp = TempFolder::make();
  ASSERT_TRUE(temp);
  ASSERT_TRUE(write_file(temp->path() / "a.dump", "12345"));
  ASSERT_TRUE(write_file(temp->path() / "empty.dump", ""));
  WorkerPool pool(backup_jobs());
  const auto read = collect_backups({temp->path(), "sl", "CSDL", "Kho tỉnh", "true"}, pool);
  ASSERT_TRUE(read) << to_string(read.error());
  const Row& row = read->tables.at("backup_copy").rows.at(0);
  EXPECT_EQ(to_text(row.at("what")), "CSDL");
  EXPECT_EQ(to_text(row.at("newest_bytes")), "5");
  EXPECT_EQ(to_text(row.at("files_count")), "2");
  EXPECT_EQ(to_text(row.at("empty_count")), "1");
  EXPECT_EQ(to_text(row.at("offline")), "1");
  EXPECT_EQ(std::get<std::int64_t>(row.at("newest_at")), changed_ms(temp->path() / "a.dump"));
}

TEST(BackupFolder, AnEmptyOneIsARowWithoutANewestFile) {
  auto temp = TempFolder::make();
  ASSERT_TRUE(temp);
  WorkerPool pool(backup_jobs());
  const auto read = collect_backups({temp->path(), "sl", "", "", ""}, pool);
  ASSERT_TRUE(read);
  const Row& row = read->tables.at("backup_copy").rows.at(0);
  EXPECT_FALSE(row.contains("newest_at"));
  EXPECT_FALSE(row.contains("offline"));
  EXPECT_EQ(to_text(row.at("files_count")), "0");
}

TEST(WalkFiles, StopsAtItsLimitAndFollowsNoLink) {
  auto temp = TempFolder::make();
  ASSERT_TRUE(temp);
  ASSERT_TRUE(write_file(temp->path() / "a", "1"));
  ASSERT_TRUE(write_file(temp->path() / "b", "1"));
  std::filesystem::create_directory_symlink(temp->path(), temp->path() / "loop");
  std::filesystem::create_symlink("/etc/passwd", temp->path() / "link");
  EXPECT_EQ(walk_files(temp->path(), 2)->files.size(), 2U);
  EXPECT_EQ(walk_files(temp->path(), 1).error().code, err::too_many_files);
}

}  // namespace
}  // namespace khien
