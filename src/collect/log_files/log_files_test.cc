// Lines first, then files: times, years, failed log-ins, silence.
#include "collect/log_files/log_files.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include "base/calendar.h"
#include "base/file.h"
#include "collect/files_errors.h"
#include "collect/log_files/log_lines.h"
#include "collect/log_files/log_times.h"

namespace khien {
namespace {

using log_files::line_time;
using log_files::login_failure;
using log_files::read_log;

const std::int64_t kNow = end_of_day_ms({2026, 11, 21});

std::string iso_of_line(std::string_view line) {
  const auto time = line_time(line);
  return time ? to_iso_instant(time->at_ms) : "none";
}

std::string packed(const std::string& text) {
  z_stream z{};
  deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&z, text.size()) + 64, '\0');
  z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  z.avail_in = static_cast<uInt>(text.size());
  z.next_out = reinterpret_cast<Bytef*>(out.data());
  z.avail_out = static_cast<uInt>(out.size());
  deflate(&z, Z_FINISH);
  out.resize(z.total_out);
  deflateEnd(&z);
  return out;
}

TEST(LogTimes, ReadsTheThreeForms) {
  EXPECT_EQ(iso_of_line("<34>1 2026-11-20T01:00:01.5Z sv app - - -"),
            "2026-11-20T08:00:01.500+07:00");
  EXPECT_EQ(iso_of_line("2026-11-20T08:00:01+07:00 sv x: y"), "2026-11-20T08:00:01.000+07:00");
  EXPECT_EQ(iso_of_line("2026-11-20 08:00:01,250 INFO x"), "2026-11-20T08:00:01.250+07:00");
  EXPECT_EQ(iso_of_line("[2026-11-20 08:00:01 -0500] x"), "2026-11-20T20:00:01.000+07:00");
  EXPECT_EQ(iso_of_line("<13>Nov  3 08:00:01 sv x: y"), "2000-11-03T08:00:01.000+07:00");
}

TEST(LogTimes, RefusesWhatIsNoTime) {
  for (const char* line :
       {"", "<34>", "2026-13-20T08:00:01 x", "2026-02-30 08:00:01", "Nov 31 08:00:01 x",
        "Nov 20 25:00:01 x", "Foo 20 08:00:01 x", "2026-11-20T08:00", "at java.Main"}) {
    EXPECT_EQ(iso_of_line(line), "none") << line;
  }
}

TEST(LogYears, TheLastLineGetsTheLatestYearThatIsNotAfterTheFile) {
  const auto facts = read_log("Dec 30 10:00:00 sv x: a\nJan  2 10:00:00 sv x: b\n",
                              start_of_day_ms({2026, 1, 3}));
  const auto& s = facts.speakers.at("sv");
  EXPECT_EQ(to_iso(local_date(s.first_ms)), "2025-12-30");
  EXPECT_EQ(to_iso(local_date(s.last_ms)), "2026-01-02");
  EXPECT_TRUE(facts.year_from_file);
  const auto old = read_log("Nov 23 10:00:00 sv x: a\n", kNow);
  EXPECT_EQ(to_iso(local_date(old.speakers.at("sv").last_ms)), "2025-11-23");
  const auto tomorrow = read_log("Nov 22 10:00:00 sv x: a\n", kNow);
  EXPECT_EQ(to_iso(local_date(tomorrow.speakers.at("sv").last_ms)), "2026-11-22");
}

TEST(LogYears, ALeapDayInAYearWithoutOneIsTheDayAfterIt) {
  const auto facts = read_log("Feb 29 10:00:00 sv x: a\n", start_of_day_ms({2026, 3, 5}));
  EXPECT_EQ(to_iso(local_date(facts.speakers.at("sv").last_ms)), "2026-03-01");
}

TEST(LogYears, LinesALittleOutOfOrderCrossNoYear) {
  const auto facts = read_log("Nov 20 10:00:05 sv x: a\nNov 20 10:00:01 sv x: b\n", kNow);
  EXPECT_EQ(to_iso(local_date(facts.speakers.at("sv").first_ms)), "2026-11-20");
  EXPECT_EQ(facts.speakers.at("sv").lines, 2);
}

TEST(LogFailures, CountsEachFailureOnceAndKeepsNoNameTheMachineDoesNotKnow) {
  const auto one = [](const char* m) {
    const auto f = login_failure(m);
    return std::to_string(f.count) + " " + f.account;
  };
  EXPECT_EQ(one("sv sshd[1]: Failed password for an.nv from 192.0.2.1 port 9 ssh2"), "1 an.nv");
  EXPECT_EQ(one("sv sshd[1]: Failed password for invalid user MatKhau123 from 192.0.2.1 port 9"),
            "1 ");
  EXPECT_EQ(one("sv sshd[1]: message repeated 4 times: [ Failed password for root from 192.0.2.1]"),
            "4 root");
  EXPECT_EQ(one("sv sshd[1]: pam_unix(sshd:auth): authentication failure; user=an.nv"), "0 ");
  EXPECT_EQ(
      one("sv sudo: pam_unix(sudo:auth): authentication failure; logname=a rhost=  user=an.nv"),
      "1 an.nv");
  EXPECT_EQ(one("sv dovecot: imap-login: Aborted login (auth failed, 3 attempts in 9 secs): "
                "user=<an.nv@somau.example>, method=PLAIN"), "3 an.nv@somau.example");
  EXPECT_EQ(one("sv sshd[1]: Accepted password for an.nv from 192.0.2.1"), "0 ");
  EXPECT_EQ(one("sv sshd[1]: Failed publickey for an.nv from 192.0.2.1"), "0 ");
}

TEST(LogFirewall, KnowsTheCommonForms) {
  using log_files::is_firewall_line;
  EXPECT_TRUE(is_firewall_line("sv kernel: [1.2] [UFW BLOCK] IN=eth0 OUT= SRC=192.0.2.1"));
  EXPECT_TRUE(
      is_firewall_line("sv kernel: IN=eth0 OUT= MAC= SRC=192.0.2.1 DST=192.0.2.2 PROTO=TCP"));
  EXPECT_TRUE(is_firewall_line("fw %ASA-4-106023: Deny tcp src outside"));
  EXPECT_TRUE(
      is_firewall_line("date=2026-11-20 devname=fw1 logid=\"0000000013\" type=\"traffic\""));
  EXPECT_TRUE(is_firewall_line("fw filterlog[5]: 5,,,1000000103,em0,match,block"));
  EXPECT_FALSE(is_firewall_line("sv sshd[1]: Accepted password for an.nv"));
}

TEST(LogNames, RotatedFilesBelongTogether) {
  EXPECT_EQ(unrotated("auth.log.2.gz"), "auth.log");
  EXPECT_EQ(unrotated("auth.log.1"), "auth.log");
  EXPECT_EQ(unrotated("secure-20261115"), "secure");
  EXPECT_EQ(unrotated("secure-20261115.gz"), "secure");
  EXPECT_EQ(unrotated("fw2"), "fw2");
  EXPECT_EQ(unrotated("app.2026"), "app.2026");
  EXPECT_EQ(unrotated("7"), "7");
}

TEST(LogGzip, UnpacksMembersAndStopsAtTheLimit) {
  const std::string text(1000, 'a');
  const auto two = log_files::gunzip(packed(text) + packed("b"), 1001, "t.gz");
  ASSERT_TRUE(two);
  EXPECT_EQ(*two, text + "b");
  EXPECT_EQ(log_files::gunzip(packed(text), 999, "t.gz").error().code, err::gzip_large);
  const std::string whole = packed(text);
  EXPECT_EQ(log_files::gunzip(whole.substr(0, whole.size() / 2), 5000, "t.gz").error().code,
            err::gzip_broken);
  EXPECT_EQ(log_files::gunzip("\x1f\x8bjunk", 5000, "t.gz").error().code, err::gzip_broken);
}

TEST(LogFiles, AFolderGivesOneRowAMachineWithItsSilenceAndNoLineIsKept) {
  auto temp = TempFolder::make();
  ASSERT_TRUE(temp);
  const auto put = [&](const char* name, const std::string& text) {
    EXPECT_TRUE(write_file(temp->path() / name, text));
  };
  put("auth.log.2.gz",
      packed("2026-11-18T08:00:00+07:00 sv sshd[1]: Accepted password for root\n"));
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
