// The whole collector over small trees that stand for machines. The expected collections are
// testdata/<case>/expected.json; to write them anew:
//   KHIEN_GOLDEN=write collect_test --gtest_filter='*HostLinuxCase*'
#include "collect/host_linux/host_linux.h"

#include <gtest/gtest.h>

#include <sys/stat.h>

#include "base/file.h"
#include "base/sqlite.h"
#include "base/testing.h"
#include "base/texts.h"
#include "collect/host_linux/errors.h"

namespace khien::host {
namespace {

namespace fs = std::filesystem;

constexpr const char* kCases[] = {"debian12", "debian11", "unprivileged", "hostile"};
constexpr std::int64_t kNow = 1717228800000;  // 2024-06-01 15:00 +07:00

const Content& test_content() {
  static const Content content = Content::open(built_in_content()).value();
  return content;
}

fs::path data_of(const std::string& name) {
  return fs::path("src/collect/host_linux/testdata") / name;
}

void make_login_data(const fs::path& path) {
  fs::create_directories(path.parent_path());
  const Database db = Database::open(path, Database::Mode::create).value();
  ASSERT_TRUE(db.execute(
      "create table logins (origin_url text, username_value text, password_value blob,"
      " blacklisted_by_user integer);"
      "insert into logins values ('https://mail.co-quan.example/dang-nhap', 'an', x'76', 0),"
      " ('https://CO-QUAN.example:443/', 'an', x'76', 0),"
      " ('https://khac.example/', 'an', x'76', 0), ('https://never.example/', '', '', 1);"));
}

struct Machine {
  TempFolder folder;
  HostRoot root;
  HostOptions options;
};

Machine machine(const std::string& name) {
  Machine out{TempFolder::make().value(), {}, host_options(test_content()).value()};
  out.root.root = out.folder.path() / "root";
  const std::string tree = name == "unprivileged" ? "debian12" : name;
  fs::copy(data_of(tree) / "root", out.root.root,
           fs::copy_options::recursive | fs::copy_options::copy_symlinks);
  out.options.as_admin = name != "unprivileged";
  if (tree == "debian12") {
    make_login_data(out.root.root / "home/an.nv/.config/google-chrome/Default/Login Data");
    const fs::path firefox = out.root.root / "home/binh.tt/snap/firefox/common/.mozilla/firefox";
    fs::create_directories(firefox / "x.default");
    EXPECT_TRUE(write_file(firefox / "x.default/logins.json",
                           R"({"logins":[{"hostname":"https://a.example","deleted":true},)"
                           R"({"hostname":"https://mail.co-quan.example"}]})"));
    fs::create_directories(firefox / "y.empty");
    EXPECT_TRUE(write_file(firefox / "y.empty/prefs.js", ""));
    out.options.watched_domains = {"co-quan.example"};
    out.options.netfilter = [] {
      NetfilterDump dump;
      dump.chains = read_file(data_of("netfilter/policy_drop.chains"), 1 << 20).value();
      dump.rules = read_file(data_of("netfilter/policy_drop.rules"), 1 << 20).value();
      return Result<NetfilterDump>(dump);
    };
  }
  if (name == "unprivileged") {
    out.root.denied = {"/etc/shadow", "/etc/sudoers", "/root", "/home/an.nv",
                       "/home/binh.tt", "/home/khoa", "/var/spool/cron/crontabs",
                       "/proc/412/fd", "/proc/412/exe", "/var/log/lastlog", "/etc/nginx"};
    out.options.netfilter = [] {
      return Result<NetfilterDump>(
          fail(err::firewall_unreadable, "netlink", {{"detail", "EPERM"}}));
    };
  }
  return out;
}

Collection collected(const std::string& name) {
  const Machine m = machine(name);
  const FixedClock clock(kNow);
  return collect_host_linux(m.root, clock, m.options, nullptr).value();
}

class HostLinuxCase : public ::testing::TestWithParam<const char*> {};

TEST_P(HostLinuxCase, GivesTheExpectedCollection) {
  const std::string made = to_json(to_node(collected(GetParam())), 1) + "\n";
  expect_golden(data_of(GetParam()) / "expected.json", made);
}

TEST_P(HostLinuxCase, FitsTheDeclaredTables) {
  const FactSchema schema = FactSchema::load(test_content()).value();
  const Database db = Database::in_memory().value();
  ASSERT_TRUE(db.execute(schema.ddl()));
  const auto written = write_collection(db, schema, collected(GetParam()));
  EXPECT_TRUE(written) << to_string(written.error());
}

TEST_P(HostLinuxCase, GivesReasonsThatHaveTextsInBothLanguages) {
  const Texts vi = Texts::load(test_content(), "vi").value();
  const Texts en = Texts::load(test_content(), "en").value();
  const auto check = [&](const std::string& id) {
    EXPECT_TRUE(vi.has(id) && en.has(id)) << id;
  };
  for (const auto& [name, table] : collected(GetParam()).tables) {
    EXPECT_EQ(table.status == TableFacts::Status::complete, table.reason.empty()) << name;
    if (!table.reason.empty()) check(table.reason);
    for (const auto& gap : table.gaps) check(gap.second);
    for (const Row& row : table.rows) {
      if (const auto at = row.find("unread_reason"); at != row.end()) check(to_text(at->second));
    }
  }
}

TEST_P(HostLinuxCase, KeepsNoSecret) {
  const std::string made = to_json(to_node(collected(GetParam())));
  for (const char* secret : {"bimat", "invented", "$y$", "$6$", "never read"}) {
    EXPECT_EQ(made.find(secret), std::string::npos) << secret;
  }
}

TEST_P(HostLinuxCase, AnswersEveryTable) {
  const Collection c = collected(GetParam());
  for (const char* table : {"host", "host_update", "software", "service", "listening_socket",
                            "firewall", "antivirus", "disk_encryption", "screen_lock", "account",
                            "password_rule", "autostart", "certificate", "browser_credential"}) {
    EXPECT_TRUE(c.tables.contains(table)) << table;
  }
}

INSTANTIATE_TEST_SUITE_P(Machines, HostLinuxCase, ::testing::ValuesIn(kCases),
                         [](const auto& param) { return std::string(param.param); });

TEST(HostLinux, CallsUpdatesUnknownWithoutPackageLists) {
  const Machine m = machine("debian12");
  fs::remove_all(m.root.root / "var/lib/apt/lists");
  const Collection c =
      collect_host_linux(m.root, FixedClock(kNow), m.options, nullptr).value();
  EXPECT_EQ(c.tables.at("host_update").status, TableFacts::Status::missing);
  EXPECT_EQ(c.tables.at("host_update").reason, "reason.host.no_package_lists");
  EXPECT_FALSE(c.tables.at("host").rows[0].contains("pending_updates"));
  EXPECT_TRUE(c.tables.at("host").gaps.contains("pending_security_updates"));
}

TEST(HostLinux, AnAccountEndsOnItsDayAndAMaximumAgeOf9999DaysIsNone) {
  const Machine m = machine("debian12");
  const std::string hash = "$y$j9T$inventedsalt$" + std::string(43, 'a');
  const std::string today = std::to_string(kNow / 86'400'000);
  const std::string tomorrow = std::to_string(kNow / 86'400'000 + 1);
  EXPECT_TRUE(write_file(m.root.root / "etc/shadow",
                         "an.nv:" + hash + ":19850:0:9999:7::" + tomorrow + ":\n" +
                             "binh.tt:" + hash + ":19850:0:9998:7::" + today + ":\n"));
  const Collection c = collect_host_linux(m.root, FixedClock(kNow), m.options, nullptr).value();
  std::string told;
  for (const Row& row : c.tables.at("account").rows) {
    if (!row.contains("password_never_expires")) continue;
    told += to_text(row.at("login")) + " " + to_text(row.at("enabled")) + " " +
            to_text(row.at("password_never_expires")) + "; ";
  }
  EXPECT_EQ(told, "an.nv 1 1; binh.tt 0 0; ");
}

TEST(HostLinux, CallsSecurityUpdatesUnknownWithoutASecurityArchive) {
  const Machine m = machine("debian12");
  for (const auto& entry : fs::directory_iterator(m.root.root / "var/lib/apt/lists")) {
    if (entry.path().string().find("-security") != std::string::npos) fs::remove(entry.path());
  }
  const fs::path lists = m.root.root / "var/lib/apt/lists";
  EXPECT_TRUE(write_file(lists / "x_dists_bookworm_main_binary-amd64_Packages",
                         "Package: bash\nVersion: 9\nArchitecture: amd64\n"));
  const Collection c =
      collect_host_linux(m.root, FixedClock(kNow), m.options, nullptr).value();
  EXPECT_EQ(c.tables.at("host_update").status, TableFacts::Status::partial);
  EXPECT_EQ(c.tables.at("host_update").rows.size(), 1U);
  EXPECT_FALSE(c.tables.at("host").rows[0].contains("pending_security_updates"));
}

TEST(HostLinux, DoesNotHangOnAPipeInPlaceOfAFile) {
  const Machine m = machine("debian12");
  for (const char* path : {"etc/passwd", "etc/crontab", "var/lib/dpkg/status"}) {
    fs::remove(m.root.root / path);
    ASSERT_EQ(::mkfifo((m.root.root / path).c_str(), 0600), 0);
  }
  const Collection c =
      collect_host_linux(m.root, FixedClock(kNow), m.options, nullptr).value();
  EXPECT_EQ(c.tables.at("account").status, TableFacts::Status::missing);
  EXPECT_EQ(c.tables.at("host_update").status, TableFacts::Status::missing);
}

TEST(HostLinux, CountsAStoreWhoseLogIsNotYetWrittenBack) {
  const Machine m = machine("debian12");
  const fs::path path = m.root.root / "home/an.nv/.config/google-chrome/Default/Login Data";
  const Database db = Database::open(path, Database::Mode::read_write).value();
  ASSERT_TRUE(db.execute("pragma journal_mode=wal; insert into logins values "
                         "('https://moi.example', 'an', x'76', 0);"));
  const Collection c =
      collect_host_linux(m.root, FixedClock(kNow), m.options, nullptr).value();
  EXPECT_EQ(to_text(c.tables.at("browser_credential").rows.at(0).at("saved_count")), "4");
}

TEST(HostLinux, FailsWithACodeWhenTheRootIsNotThere) {
  const auto c = collect_host_linux({"/no/such/root", {}}, FixedClock(kNow), {}, nullptr);
  ASSERT_FALSE(c);
  EXPECT_EQ(c.error().code, err::host_root_unreadable);
}

TEST(HostFiles, ReadsAtTheLimitAndRefusesOneByteMore) {
  const TempFolder folder = TempFolder::make().value();
  ASSERT_TRUE(write_file(folder.path() / "a", "12345"));
  const Files files = Files::open({folder.path(), {}}).value();
  EXPECT_EQ(files.read("/a", 5).bytes, "12345");
  EXPECT_EQ(files.read("/a", 4).problem, Problem::too_large);
  EXPECT_EQ(files.head("/a", 2).bytes, "12");
  EXPECT_EQ(files.tail("/a", 2).bytes, "45");
  EXPECT_EQ(files.read("/b").problem, Problem::absent);
}

TEST(HostFiles, KeepsLinksInsideTheRootAndFollowsNoneInHomes) {
  const TempFolder folder = TempFolder::make().value();
  fs::create_directories(folder.path() / "r/home");
  ASSERT_TRUE(write_file(folder.path() / "secret", "outside"));
  ASSERT_TRUE(write_file(folder.path() / "r/inside", "inside"));
  fs::create_symlink("../../secret", folder.path() / "r/up");
  fs::create_symlink("/inside", folder.path() / "r/home/link");
  const Files files = Files::open({folder.path() / "r", {}}).value();
  EXPECT_EQ(files.read("/up").problem, Problem::absent);
  EXPECT_EQ(files.read("/../secret").problem, Problem::absent);
  EXPECT_EQ(files.read("/home/link").bytes, "inside");
  Problem problem = Problem::none;
  const auto home = files.below("/home", &problem);
  ASSERT_TRUE(home);
  EXPECT_EQ(home->read("/link").problem, Problem::unusual);
}

}  // namespace
}  // namespace khien::host
