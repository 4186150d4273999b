// Times, years, failed log-ins, firewall lines.
#include "engine/detection/log_lines.h"

#include <gtest/gtest.h>

#include "base/calendar.h"
#include "engine/detection/log_times.h"

namespace khien::detection {
namespace {

const std::int64_t kNow = end_of_day_ms({2026, 11, 21});

std::string iso_of_line(std::string_view line) {
  const auto time = line_time(line);
  return time ? to_iso_instant(time->at_ms) : "none";
}

TEST(LogTimes, ReadsTheThreeForms) {
  EXPECT_EQ(iso_of_line("<34>1 2026-11-20T01:00:01.5Z sv app - - -"),
            "2026-11-20T08:00:01.500+07:00");
  EXPECT_EQ(iso_of_line("2026-11-20T08:00:01+07:00 sv x: y"), "2026-11-20T08:00:01.000+07:00");
  EXPECT_EQ(iso_of_line("2026-11-20 08:00:01,250 INFO x"), "2026-11-20T08:00:01.250+07:00");
  EXPECT_EQ(iso_of_line("[2026-11-20 08:00:01 -0500] x"), "2026-11-20T20:00:01.000+07:00");
  EXPECT_EQ(iso_of_line("<13>Nov  3 08:00:01 sv x: y"), "2000-11-03T08:00:01.000+07:00");
}

TEST(LogTimes, ReadsWhatFirewallsJournalsAndWebServersWrite) {
  const auto at = [](const char* line) { return iso_of_line(line); };
  const std::string eight = "2026-11-20T08:00:01.000+07:00";
  EXPECT_EQ(at("date=2026-11-20 time=08:00:01 devname=\"FG-1\" logid=\"1\""), eight);
  EXPECT_EQ(at("\"itime=1795136401\",\"date=2026-11-20\",\"time=08:00:01\","
               "\"devname=\"\"FG-1\"\"\""),
            eight);
  EXPECT_EQ(at("<189>date=2026-11-20 time=01:00:01 tz=\"+0000\" devname=x"), eight);
  EXPECT_EQ(at("<30>device_name=\"SFW\" timestamp=\"2026-11-20T08:00:01+0700\" log_id=\"1\""),
            eight);
  EXPECT_EQ(at("device=\"SFW\" date=2026-11-20 time=08:00:01 timezone=\"+07\" x=y"), eight);
  EXPECT_EQ(at("<189>2026-11-20 08:00:01 USG-1 %%01POLICY/6/POLICYPERMIT(l)[0]: x"), eight);
  EXPECT_EQ(at("<166>Nov 20 2026 08:00:01: %ASA-6-302013: Built"), eight);
  EXPECT_EQ(at("<166>Nov  3 2026 08:00:01 fw-1 : %ASA-6-302013: Built"),
            "2026-11-03T08:00:01.000+07:00");
  EXPECT_EQ(at("000123: *Nov 20 2026 08:00:01.250: %SEC-6-IPACCESSLOGP: list"),
            "2026-11-20T08:00:01.250+07:00");
  EXPECT_EQ(at("20Nov2026 08:00:01 accept gw >eth0 product: VPN-1 & FireWall-1"), eight);
  EXPECT_EQ(at("20Nov2026  8:00:01 accept gw >eth0"), eight);
  EXPECT_EQ(at("20-Nov-2026 08:00:01.000 INFO [main] x"), eight);
  EXPECT_EQ(at("devname=\"FG-1\" eventtime=1795136401000000000 logid=\"1\""), eight);
  EXPECT_EQ(at("1,2026/11/20 08:00:01,0011,TRAFFIC,end,1,x"), eight);
  EXPECT_EQ(at("nov/20/2026 08:00:01 firewall,info input"), eight);
  EXPECT_EQ(at("Fri 2026-11-20 08:00:01 +07 sv sshd[1]: x"), eight);
  EXPECT_EQ(at("Fri 2026-11-20 01:00:01 UTC sv sshd[1]: x"), eight);
  EXPECT_EQ(at("{\"_HOSTNAME\":\"sv\",\"__REALTIME_TIMESTAMP\":\"1795136401000000\"}"), eight);
  EXPECT_EQ(at("192.0.2.1 - - [20/Nov/2026:08:00:01 +0700] \"GET / HTTP/1.1\" 200 1"), eight);
  EXPECT_EQ(at("[Fri Nov 20 08:00:01.000001 2026] [core:error] x"), eight);
  EXPECT_EQ(at("2026/11/20 08:00:01 [error] 5#5: x"), eight);
  EXPECT_EQ(at("1795136401.000    12 192.0.2.1 TCP_MISS/200"), eight);
}

TEST(LogSpeakers, AMachineIsNamedByWhatItsFormCallsIt) {
  const auto speaker = [](const std::string& line) {
    const auto facts = read_log(line + "\n", kNow);
    return facts.speakers.empty() ? std::string("none") : facts.speakers.begin()->first;
  };
  EXPECT_EQ(speaker("date=2026-11-20 time=08:00:01 devname=\"FG-1\" logid=\"1\""), "FG-1");
  EXPECT_EQ(speaker("\"itime=1795136401\",\"date=2026-11-20\",\"time=08:00:01\",\"devid=\"\"\"\"\","
                    "\"devname=\"\"FG-2\"\"\",\"logid=\"\"1\"\"\""),
            "FG-2");
  EXPECT_EQ(speaker("2026-11-20 08:00:01 USG-1 %%01POLICY/6/POLICYPERMIT(l)[0]: x"), "USG-1");
  EXPECT_EQ(speaker("Nov 20 2026 08:00:01 fw-1 : %ASA-6-302013: Built"), "fw-1");
  EXPECT_EQ(speaker("Nov 20 2026 08:00:01: %ASA-6-302013: Built"), "");
  EXPECT_EQ(speaker("Fri 2026-11-20 08:00:01 +07 sv-1 sshd[1]: x"), "sv-1");
  EXPECT_EQ(speaker("[Fri Nov 20 08:00:01 2026] [core:error] x"), "");
}

TEST(LogSpeakers, AW3cLogIsInUniversalTime) {
  const auto facts = read_log("#Software: IIS\n#Fields: date time s-ip\n2026-11-20 01:00:01 x y\n",
                              kNow);
  EXPECT_EQ(facts.lines, 1);
  EXPECT_EQ(to_iso_instant(facts.speakers.at("").first_ms), "2026-11-20T08:00:01.000+07:00");
}

TEST(LogSpeakers, TheFirewallOfWindowsWritesLocalTime) {
  const auto facts = read_log("#Version: 1.5\n#Time Format: Local\n#Fields: date time action\n"
                              "2026-11-20 08:00:01 DROP UDP 192.0.2.1 192.0.2.2 1 2\n", kNow);
  const auto& s = facts.speakers.at("");
  EXPECT_EQ(to_iso_instant(s.first_ms), "2026-11-20T08:00:01.000+07:00");
  EXPECT_EQ(s.firewall_lines, 1);
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

TEST(LogFailures, ZimbraNamesOnlyAccountsItKnows) {
  const auto line = [](const std::string& end) {
    return "2026-11-20 08:00:01,250 WARN  [qtp1:https://x] [name=a@b.test;oip=192.0.2.1;] "
           "security - cmd=Auth; account=a@b.test; protocol=imap;" + end + "\n";
  };
  const std::string error = " error=authentication failed for ";
  const auto facts = read_log(line(error + "[a@b.test], invalid password;") +
                                  line(error + "[la@b.test], account not found;") + line(""),
                              kNow);
  EXPECT_EQ(facts.speakers.at("").failures, 2);
  ASSERT_EQ(facts.failures.size(), 2U);
  for (const auto& [key, count] : facts.failures) {
    EXPECT_EQ(count, 1);
    EXPECT_NE(key.account, "la@b.test");
  }
}

TEST(LogFirewall, KnowsTheCommonForms) {
  using detection::is_firewall_line;
  EXPECT_TRUE(is_firewall_line("sv kernel: [1.2] [UFW BLOCK] IN=eth0 OUT= SRC=192.0.2.1"));
  EXPECT_TRUE(
      is_firewall_line("sv kernel: IN=eth0 OUT= MAC= SRC=192.0.2.1 DST=192.0.2.2 PROTO=TCP"));
  EXPECT_TRUE(is_firewall_line("fw %ASA-4-106023: Deny tcp src outside"));
  EXPECT_TRUE(
      is_firewall_line("date=2026-11-20 devname=fw1 logid=\"0000000013\" type=\"traffic\""));
  EXPECT_TRUE(is_firewall_line("fw filterlog[5]: 5,,,1000000103,em0,match,block"));
  EXPECT_TRUE(is_firewall_line("device=\"SFW\" log_type=\"Firewall\" status=\"Allow\""));
  EXPECT_TRUE(is_firewall_line(" USG-1 %%01POLICY/6/POLICYPERMIT(l)[0]: x"));
  EXPECT_TRUE(is_firewall_line(" accept gw product: VPN-1 & FireWall-1"));
  EXPECT_TRUE(is_firewall_line("fw RT_FLOW: RT_FLOW_SESSION_CREATE"));
  EXPECT_FALSE(is_firewall_line("sv sshd[1]: Accepted password for an.nv"));
}

}  // namespace
}  // namespace khien::detection
