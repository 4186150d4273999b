// Files to rows: machines, silence, what is kept.
#include "collect/logs/logs.h"

#include <gtest/gtest.h>

#include "base/calendar.h"
#include "base/file.h"
#include "collect/logs/errors.h"
#include "format/gzip_writer.h"

namespace khien {
namespace {

const std::int64_t kNow = end_of_day_ms({2026, 11, 21});

TEST(LogNames, RotatedFilesBelongTogether) {
  EXPECT_EQ(unrotated("auth.log.2.gz"), "auth.log");
  EXPECT_EQ(unrotated("auth.log.1"), "auth.log");
  EXPECT_EQ(unrotated("secure-20261115"), "secure");
  EXPECT_EQ(unrotated("secure-20261115.gz"), "secure");
  EXPECT_EQ(unrotated("fw2"), "fw2");
  EXPECT_EQ(unrotated("app.2026"), "app.2026");
  EXPECT_EQ(unrotated("7"), "7");
}

TEST(LogFiles, AFolderGivesOneRowAMachineWithItsSilenceAndNoLineIsKept) {
  auto temp = TempFolder::make();
  ASSERT_TRUE(temp);
  const auto put = [&](const char* name, const std::string& text) {
    EXPECT_TRUE(write_file(temp->path() / name, text));
  };
  put("auth.log.2.gz",
      packed_as_gzip("2026-11-18T08:00:00+07:00 sv sshd[1]: Accepted password for root\n"));
  put("auth.log", "2026-11-20T08:00:00+07:00 sv sshd[1]: Failed password for an.nv from 192.0.2.9\n"
                  "2026-11-20T08:00:01+07:00 sv sshd[1]: Failed password for invalid user "
                  "BiMatHopThu9 from 192.0.2.9\n");
  put("kern.log", "2026-11-20T09:30:00+07:00 sv2 kernel: [UFW BLOCK] IN=eth0 SRC=192.0.2.1\n");
  put("wtmp", std::string("\0\0\0\1binary", 10));
  put("dpkg.log", "2026-11-20 08:00:01 status installed x\n");
  WorkerPool pool(log_jobs());
  const auto read = collect_logs(temp->path(), "logs", pool, kNow);
  ASSERT_TRUE(read) << to_string(read.error());
  const auto& rows = read->tables.at("log_seen").rows;
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(to_text(rows[0].at("source")), "sv");
  EXPECT_EQ(to_text(rows[0].at("largest_gap_hours")), "47");
  EXPECT_EQ(to_text(rows[0].at("failed_logins_count")), "2");
  EXPECT_EQ(to_text(rows[1].at("kind")), "firewall");
  EXPECT_EQ(read->tables.at("login_failure").rows.size(), 2U);
  const std::string all = to_json(to_node(*read));
  EXPECT_EQ(all.find("BiMatHopThu9"), std::string::npos);
  EXPECT_EQ(all.find("192.0.2"), std::string::npos);
  EXPECT_EQ(collect_logs(temp->path() / "wtmp", "w", pool, kNow).error().code, err::no_log_line);
}

TEST(LogFiles, ABrokenPackedFileMakesTheFactsPartial) {
  auto temp = TempFolder::make();
  ASSERT_TRUE(temp);
  ASSERT_TRUE(write_file(temp->path() / "a.log", "2026-11-20T08:00:00Z sv x: y\n"));
  ASSERT_TRUE(write_file(temp->path() / "b.log.gz", "\x1f\x8bjunk"));
  WorkerPool pool(log_jobs());
  const auto read = collect_logs(temp->path(), "logs", pool, kNow);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->tables.at("log_seen").status, TableFacts::Status::partial);
  EXPECT_EQ(read->tables.at("login_failure").status, TableFacts::Status::partial);
}

}  // namespace
}  // namespace khien
