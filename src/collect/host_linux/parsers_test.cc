// The parsers of machine files one by one, at their limits and on malformed input.
#include <gtest/gtest.h>

#include <cstring>
#include <fstream>

#include "base/calendar.h"
#include "base/file.h"
#include "collect/host_linux/account_files.h"
#include "collect/host_linux/certificate.h"
#include "collect/host_linux/clamav.h"
#include "collect/host_linux/netfilter.h"
#include "collect/host_linux/packages.h"
#include "collect/host_linux/sockets.h"
#include "collect/host_linux/survey.h"
#include "collect/host_linux/units.h"

namespace khien::host {
namespace {

constexpr const char* kHostData = "src/collect/host_linux/testdata/";

std::string host_bytes(const std::string& name) {
  return read_file(kHostData + name, std::size_t{1} << 24).value();
}

TEST(DpkgStatus, KeepsInstalledAndHeldLeavesRemovedOut) {
  const auto all = parse_dpkg_status(
      "Package: b\nStatus: install ok installed\nArchitecture: amd64\nVersion: 1\n\n"
      "Package: a\nStatus: hold ok installed\nArchitecture: all\nVersion: 2\n\n"
      "Package: c\nStatus: deinstall ok config-files\nVersion: 3\n\n"
      "Package: d\nStatus: install ok unpacked\nVersion: 4");
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(all[0].name, "a");
  EXPECT_TRUE(all[0].held);
  EXPECT_EQ(all[1].name, "b");
  EXPECT_FALSE(all[1].held);
  EXPECT_EQ(all[2].version, "4");
}

TEST(DpkgStatus, ReadsTheSameInPiecesOfAnySize) {
  const std::string text =
      "Package: abc\nVersion: 1.2\n\nPackage: def\nVersion: 3\nArchitecture: x\n";
  for (std::size_t size = 1; size <= text.size(); ++size) {
    StanzaReader reader;
    std::string seen;
    const auto use = [&](const Stanza& s) { seen += s.package + "=" + s.version + ";"; };
    for (std::size_t at = 0; at < text.size(); at += size) reader.feed(text.substr(at, size), use);
    reader.finish(use);
    ASSERT_EQ(seen, "abc=1.2;def=3;") << size;
  }
}

TEST(DpkgStatus, TakesALineAtTheLimitAndDropsOneBeyond) {
  const std::string head = "Package: ";
  for (const std::size_t size : {kLineBytes - 1, kLineBytes}) {
    const std::string text = head + std::string(size - head.size(), 'p') +
                             "\nVersion: 1\nStatus: install ok installed\n";
    EXPECT_EQ(parse_dpkg_status(text).size(), size < kLineBytes ? 1U : 0U) << size;
  }
}

TEST(Release, NamesSecurityAndBackports) {
  const ReleaseFacts security =
      parse_release("Suite: stable-security\nDate: Sat, 21 Nov 2026 02:11:41 UTC\n");
  EXPECT_TRUE(security.is_security());
  ASSERT_TRUE(security.date_at);
  EXPECT_EQ(*security.date_at, 1795227101000);
  EXPECT_TRUE(parse_release("NotAutomatic: yes\n").not_automatic);
  EXPECT_FALSE(parse_release("Suite: stable\n").is_security());
}

TEST(Accounts, ReadsPasswdAndLeavesBrokenLinesOut) {
  const auto users = parse_passwd(
      "root:x:0:0:root,phòng 1:/root:/bin/bash\n+nis::::::\nbad:x:-1:0::/:/bin/sh\n"
      "short:x:1\nmo::1000:1000::/home/mo:/usr/sbin/nologin\n");
  ASSERT_EQ(users.size(), 2U);
  EXPECT_EQ(users[0].gecos, "root");
  EXPECT_TRUE(users[0].may_log_in());
  EXPECT_TRUE(users[1].empty_password);
  EXPECT_FALSE(users[1].may_log_in());
}

TEST(Accounts, ReadsShadowWithoutKeepingAHash) {
  const auto all = parse_shadow(
      "a:$y$j9T$x$y:19850:0:90:7:::\nb:!$6$x$y:0:0:99999:7::19500:\nc:*:1::::::\nd::1::::::\n"
      "e:!!:1::::::\nf:abcdefghijklm:1::::::\nbroken:x\n");
  ASSERT_EQ(all.size(), 6U);
  EXPECT_EQ(all.at("a").scheme, "yescrypt");
  EXPECT_EQ(all.at("a").max_days, 90);
  EXPECT_FALSE(all.at("a").locked);
  EXPECT_EQ(all.at("b").scheme, "sha512crypt");
  EXPECT_TRUE(all.at("b").locked);
  EXPECT_EQ(all.at("b").changed_day, 0);
  EXPECT_EQ(all.at("b").expire_day, 19500);
  EXPECT_EQ(all.at("c").scheme, "none");
  EXPECT_EQ(all.at("d").scheme, "");
  EXPECT_EQ(all.at("e").scheme, "none");
  EXPECT_EQ(all.at("f").scheme, "descrypt");
}

TEST(Accounts, ReadsLastlogAndWtmpRecords) {
  std::string record(kLastlogRecord, '\0');
  EXPECT_FALSE(parse_lastlog_record(record));
  record[0] = 100;
  EXPECT_EQ(parse_lastlog_record(record), 100'000);
  EXPECT_FALSE(parse_lastlog_record(record.substr(1)));
  std::string login(kWtmpRecord, '\0');
  login[0] = 7;
  std::memcpy(login.data() + 44, "an", 2);
  login[340] = 50;
  std::string later = login;
  later[340] = 60;
  std::string boot = login;
  boot[0] = 2;
  boot[340] = 99;
  const auto all = parse_wtmp(later + login + boot + "cut");
  EXPECT_EQ(all, (std::map<std::string, std::int64_t>{{"an", 60'000}}));
}

TEST(ClamAv, ReadsTheHeaderWithItsZone) {
  const auto utc = parse_cvd_header("ClamAV-VDB:31 May 2024 08-22 +0000:27292:1:90:X");
  ASSERT_TRUE(utc);
  EXPECT_EQ(utc->version, "27292");
  const auto east = parse_cvd_header("ClamAV-VDB:31 May 2024 08-22 +0700:27292:1:90:X");
  const auto west = parse_cvd_header("ClamAV-VDB:31 May 2024 08-22 -0400:27292:1:90:X");
  ASSERT_TRUE(east && west);
  EXPECT_EQ(utc->made_at - east->made_at, 7 * 3'600'000);
  EXPECT_EQ(west->made_at - utc->made_at, 4 * 3'600'000);
  for (const char* text : {"", "ClamAV-VDB:", "ClamAV-VDB:31 May 2024 08-22:1:2:3",
                           "ClamAV-VDB:99 May 2024 08-22 +0000:1:2:3",
                           "ClamAV-VDB:31 May 2024 08-22 +0000:x:2:3"}) {
    EXPECT_FALSE(parse_cvd_header(text)) << text;
  }
}

TEST(Sockets, ReadsWaitingOnesOnly) {
  const auto tcp = parse_sockets(host_bytes("debian12/root/proc/net/tcp"), false);
  ASSERT_EQ(tcp.size(), 2U);
  EXPECT_EQ(tcp[0].address, "0.0.0.0");
  EXPECT_EQ(tcp[0].port, 22);
  EXPECT_EQ(tcp[0].scope, "any");
  EXPECT_EQ(tcp[1].address, "127.0.0.1");
  EXPECT_EQ(tcp[1].scope, "loopback");
  EXPECT_EQ(parse_sockets(host_bytes("debian12/root/proc/net/udp"), true).size(), 1U);
  EXPECT_TRUE(parse_sockets("0: XY:1 0:0 0A\n 1: 0:0", false).empty());
}

Ruleset netfilter_case(const std::string& name) {
  return parse_netfilter({host_bytes("netfilter/" + name + ".chains"),
                          host_bytes("netfilter/" + name + ".rules")})
      .value();
}

constexpr int kIpv4Family = 2;
constexpr int kIpv6Family = 10;

TEST(Netfilter, ReadsDumpsOfARealKernel) {
  const Ruleset drop = netfilter_case("policy_drop");
  ASSERT_EQ(drop.chains.size(), 2U);
  EXPECT_EQ(drop.rules, 3U);
  EXPECT_TRUE(drop.logs);
  EXPECT_EQ(drop.chains[0].name, "input");
  EXPECT_EQ(drop.chains[0].hook, 1);
  EXPECT_EQ(drop.inbound(kIpv4Family), Fate::drop);
  EXPECT_EQ(netfilter_case("iptables_reject").inbound(kIpv4Family), Fate::reject);
  EXPECT_EQ(netfilter_case("iptables_empty").inbound(kIpv4Family), Fate::accept);
  EXPECT_EQ(netfilter_case("last_rule_drop").inbound(kIpv4Family), Fate::drop);
  const Ruleset half = netfilter_case("ufw_v4_only");
  EXPECT_EQ(half.inbound(kIpv4Family), Fate::drop);
  EXPECT_EQ(half.inbound(kIpv6Family), Fate::accept);
}

NetRule verdict(Fate fate) { return {true, fate, "", false, false, false}; }
NetRule jump(const std::string& to, bool ends = false) {
  return {true, Fate::none, to, false, ends, false};
}
Chain base(std::vector<NetRule> rules) {
  return {"filter", "INPUT", "filter", kIpv4Family, 1, Fate::accept, std::move(rules)};
}
Chain inner(const std::string& name, std::vector<NetRule> rules) {
  return {"filter", name, "", kIpv4Family, -1, Fate::accept, std::move(rules)};
}
Fate inbound_of(std::vector<Chain> chains) {
  Ruleset all;
  all.chains = std::move(chains);
  return all.inbound(kIpv4Family);
}

TEST(Netfilter, FollowsAPacketNoRuleNames) {
  NetRule some = verdict(Fate::drop);
  some.everything = false;  // what fail2ban and libvirt add: a few ports or addresses
  NetRule back = verdict(Fate::none);
  back.returns = true;
  EXPECT_EQ(inbound_of({base({some})}), Fate::accept);
  EXPECT_EQ(inbound_of({base({verdict(Fate::accept), verdict(Fate::drop)})}), Fate::accept);
  EXPECT_EQ(inbound_of({base({jump("a")}), inner("a", {some, verdict(Fate::reject)})}),
            Fate::reject);
  EXPECT_EQ(inbound_of({base({jump("a"), verdict(Fate::drop)}), inner("a", {back, some})}),
            Fate::drop);
  EXPECT_EQ(inbound_of({base({jump("a", true), verdict(Fate::drop)}), inner("a", {some})}),
            Fate::accept);
  EXPECT_EQ(inbound_of({base({verdict(Fate::unclear)})}), Fate::unclear);
  EXPECT_EQ(inbound_of({base({jump("nowhere")})}), Fate::unclear);
  EXPECT_EQ(inbound_of({base({jump("a")}), inner("a", {jump("a")})}), Fate::unclear);
  EXPECT_EQ(inbound_of({base({}), base({verdict(Fate::drop)})}), Fate::drop);
}

TEST(Netfilter, RefusesEveryCutDump) {
  const std::string chains = host_bytes("netfilter/policy_drop.chains");
  for (std::size_t size = 1; size < chains.size(); ++size) {
    const auto rules = parse_netfilter({chains.substr(0, size), ""});
    if (rules) {
      EXPECT_LT(rules->chains.size(), 3U);
    }
  }
  EXPECT_FALSE(parse_netfilter({std::string("\xff\xff\xff\x7f") + std::string(12, '\0'), ""}));
  EXPECT_FALSE(parse_netfilter({"abc", ""}));
}

TEST(Commands, KeepPathsAndDropWhatMayBeSecret) {
  EXPECT_EQ(safe_command("/usr/bin/x -pSECRET --token=abc https://a:b@h/ /var/b"),
            "/usr/bin/x /var/b …");
  EXPECT_EQ(safe_command("PGPASSWORD=abc pg_dump db"), "pg_dump …");
  EXPECT_EQ(safe_command("/bin/true"), "/bin/true");
  EXPECT_EQ(program_of("-/sbin/agetty -o x"), "/sbin/agetty");
  EXPECT_EQ(program_of("cd / && run"), "");
}

TEST(Units, ReadsTheFirstCommandTheUserAndTheSchedule) {
  const Unit unit = parse_unit(
      "[Service]\nExecStart=/a b\nExecStart=/c\nUser=u\n#User=x\n[Timer]\nOnCalendar=daily\n"
      "OnBootSec=5min\nbroken");
  EXPECT_EQ(unit.command, "/a b");
  EXPECT_EQ(unit.user, "u");
  EXPECT_EQ(unit.schedule, "OnCalendar=daily; OnBootSec=5min");
}

TEST(Certificates, ReadsPemAndPassesJunkOver) {
  const std::string pem = host_bytes("debian12/root/etc/ssl/cong.pem");
  const auto all = parse_certificates("junk\n" + pem + "-----BEGIN CERTIFICATE-----\nAAAA\n" +
                                      "-----END CERTIFICATE-----\n" + pem);
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].names, "cong.example,www.cong.example");
  EXPECT_EQ(all[0].subject, "CN=cong.example,O=Sở Mẫu");
  EXPECT_TRUE(all[0].self_signed);
  EXPECT_EQ(all[0].key_type, "EC");
  ASSERT_TRUE(all[0].starts_at && all[0].ends_at);
  EXPECT_EQ(*all[0].ends_at - *all[0].starts_at, 365 * kDayMs);
  std::string many;
  for (int i = 0; i < 11; ++i) many += pem;
  EXPECT_EQ(parse_certificates(many).size(), 10U);
}

}  // namespace
}  // namespace khien::host
