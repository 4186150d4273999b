// The whole collector over invented machines. The expected collections are testdata/<case>.json; to
// write them anew: KHIEN_GOLDEN=write collect_test --gtest_filter='*WindowsCase*'
#include "collect/host_windows/host_windows.h"

#include <gtest/gtest.h>

#include "base/file.h"
#include "base/sqlite.h"
#include "base/testing.h"
#include "base/texts.h"
#include "collect/host_windows/hash_scan.h"
#include "collect/host_windows/survey.h"
#include "collect/host_windows/testing.h"
#include "store/assessment.h"

namespace khien::host_windows {
namespace {

using testing::FakeMachine;

constexpr const char* kCases[] = {"win7_vi", "win10_vi", "win11_en", "server2012r2_en",
                                  "server2022_vi"};
constexpr std::int64_t kNow = 1697360400000;  // 2023-10-15 16:00 +07:00

const Content& test_content() {
  static const Content content = Content::open(built_in_content()).value();
  return content;
}

std::string login_data() {
  const Database db = Database::in_memory().value();
  EXPECT_TRUE(db.execute(
      "create table logins (origin_url text, username_value text, password_value blob,"
      " blacklisted_by_user integer);"
      "insert into logins values ('https://mail.co-quan.example/dang-nhap', 'an', x'76', 0),"
      " ('https://khac.example/', 'an', x'76', 0), ('https://never.example/', '', '', 1);"));
  return db.bytes().value();
}

FakeMachine prepared(const std::string& name) {
  FakeMachine out = testing::machine(name);
  if (name != "win10_vi") return out;
  const std::string home = "C:\\Users\\an.nv\\AppData\\";
  out.files.add(home + "Local\\CocCoc\\Browser\\User Data\\Default\\Login Data", login_data());
  out.files.add(home + "Local\\Google\\Chrome\\User Data\\Profile 1\\Login Data").problem =
      Problem::busy;
  out.files.add(home + "Roaming\\Opera Software\\Opera Stable\\Login Data", "no database");
  out.files.add(
      home + "Roaming\\Mozilla\\Firefox\\Profiles\\x.default\\logins.json",
      R"({"logins":[{"hostname":"https://co-quan.example"},{"hostname":"https://b.example"}]})");
  testing::FakeFile& link = out.files.add(home + "Local\\Microsoft\\Edge\\User Data");
  link.info.folder = link.info.link = true;
  return out;
}

Collection collected(const std::string& name) {
  return prepared(name).collect(test_content(), kNow, {"co-quan.example"});
}

class WindowsCase : public ::testing::TestWithParam<const char*> {};

TEST_P(WindowsCase, GivesTheExpectedCollection) {
  const std::string path =
      std::string("src/collect/host_windows/testdata/") + GetParam() + ".json";
  const std::string made = to_json(to_node(collected(GetParam())), 1) + "\n";
  expect_golden(path, made);
}

TEST_P(WindowsCase, IsReadBackFromABundleByTheStore) {
  const FactSchema schema = FactSchema::load(test_content()).value();
  const Collection made = collected(GetParam());
  const auto bytes = bundle_bytes(schema, {made});
  ASSERT_TRUE(bytes) << to_string(bytes.error());
  EXPECT_LE(bytes->size(), std::size_t{2} << 20);
  const auto back = read_bundle(Database::from_bytes(*bytes).value());
  ASSERT_TRUE(back) << to_string(back.error());
  ASSERT_EQ(back->size(), 1U);
  EXPECT_EQ(back->front().host, made.host);
  for (const auto& [name, table] : made.tables) {
    EXPECT_EQ(back->front().tables.at(name).rows.size(), table.rows.size()) << name;
  }
}

TEST_P(WindowsCase, GivesReasonsThatHaveTextsInBothLanguages) {
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

TEST_P(WindowsCase, AnswersEveryTableAndKeepsNoSecret) {
  const Collection c = collected(GetParam());
  for (const char* table : {"host", "host_update", "installed_update", "software", "service",
                            "listening_socket", "firewall", "antivirus", "disk_encryption",
                            "screen_lock", "account", "password_rule", "autostart", "certificate",
                            "browser_credential"}) {
    EXPECT_TRUE(c.tables.contains(table)) << table;
  }
  const std::string made = to_json(to_node(c));
  for (const char* secret : {"BIMAT", "12345678"}) {
    EXPECT_EQ(made.find(secret), std::string::npos) << secret;
  }
}

INSTANTIATE_TEST_SUITE_P(Machines, WindowsCase, ::testing::ValuesIn(kCases),
                         [](const auto& param) { return std::string(param.param); });

const Row& row_with(const Collection& c, const std::string& table, const std::string& column,
                    const std::string& value) {
  static const Row none;
  for (const Row& row : c.tables.at(table).rows) {
    const auto at = row.find(column);
    if (at != row.end() && to_text(at->second) == value) return row;
  }
  ADD_FAILURE() << table << " has no " << column << " = " << value;
  return none;
}
std::string cell(const Row& row, const std::string& column) {
  return text_of(row, column, "-");
}
std::string host(const Collection& c, const std::string& column) {
  return cell(c.tables.at("host").rows.front(), column);
}

TEST(HostWindows, CallsWindows11ByItsNameThoughTheRegistryDoesNot) {
  const Collection c = collected("win11_en");
  EXPECT_EQ(host(c, "os_name"), "Windows 11 Enterprise");
  EXPECT_EQ(host(c, "os_version"), "10.0.22631.4317");
  EXPECT_EQ(host(c, "os_support_ends_on"), "2026-11-10");
}

TEST(HostWindows, KnowsAdministratorsBySidWhateverTheyAreCalled) {
  const Collection c = collected("win10_vi");
  const Row& renamed = row_with(c, "account", "login", "Quản trị");
  EXPECT_EQ(cell(renamed, "privileged"), "1");
  EXPECT_EQ(cell(renamed, "enabled"), "0");
  EXPECT_EQ(cell(renamed, "role"), "RID 500 (Administrator), S-1-5-32-544");
  EXPECT_EQ(cell(row_with(c, "account", "login", "an.nv"), "privileged"), "1");
  EXPECT_EQ(cell(row_with(c, "account", "login", "Bình"), "privileged"), "0");
  EXPECT_EQ(cell(row_with(c, "account", "login", "Bình"), "password_not_required"), "-");
  EXPECT_EQ(cell(row_with(c, "account", "login", "DefaultAccount"), "login_allowed"), "0");
}

TEST(HostWindows, TellsAPasswordThatMustChangeFromOneChangedToday) {
  FakeMachine m = testing::machine("win10_vi");
  m.answers.users.value = {{"a", "S-1-5-21-1-2-3-1001", "", 0x201, 0, 5, true},
                           {"b", "S-1-5-21-1-2-3-1002", "", 0x201, 0, 5, false}};
  const Collection c = m.collect(test_content(), kNow);
  EXPECT_EQ(cell(row_with(c, "account", "login", "a"), "password_must_change"), "1");
  EXPECT_EQ(cell(row_with(c, "account", "login", "a"), "password_changed_at"), "-");
  EXPECT_EQ(cell(row_with(c, "account", "login", "b"), "password_changed_at"),
            std::to_string(kNow));
}

TEST(HostWindows, ListsOnlyUpdatesThatAreInstalledOnceEach) {
  const Collection c = collected("win10_vi");
  const auto& rows = c.tables.at("installed_update").rows;
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(cell(rows[0], "build"), "19041.3570");
  EXPECT_EQ(cell(rows[1], "kb"), "KB5020683");
  EXPECT_EQ(cell(rows[2], "kb"), "KB5031356");
  EXPECT_EQ(cell(rows[2], "installed_on"), "2023-10-12");
}

TEST(HostWindows, CountsStoresAndCallsWhatItCannotReadUnread) {
  const Collection c = collected("win10_vi");
  EXPECT_EQ(cell(row_with(c, "browser_credential", "browser", "coccoc"), "saved_count"), "2");
  EXPECT_EQ(cell(row_with(c, "browser_credential", "browser", "coccoc"), "watched_count"), "1");
  EXPECT_EQ(cell(row_with(c, "browser_credential", "browser", "firefox"), "saved_count"), "2");
  const Row& busy = row_with(c, "browser_credential", "browser", "chrome");
  EXPECT_EQ(cell(busy, "saved_count"), "-");
  EXPECT_EQ(cell(busy, "unread_reason"), "reason.windows.busy");
  EXPECT_EQ(cell(row_with(c, "browser_credential", "browser", "opera"), "unread_reason"),
            "reason.host.store_damaged");
  EXPECT_EQ(c.tables.at("browser_credential").status, TableFacts::Status::partial);
}

TEST(HostWindows, FindsWhatStartsByItselfAndHidesArguments) {
  const Collection c = collected("win10_vi");
  const Row& run = row_with(c, "autostart", "name", "VNPT Token");
  EXPECT_EQ(cell(run, "path"), "C:\\Program Files (x86)\\VNPT\\token.exe");
  EXPECT_EQ(cell(run, "command"), "C:\\Program Files (x86)\\VNPT\\token.exe …");
  EXPECT_EQ(cell(run, "sha256"), sha256_hex("token"));
  EXPECT_EQ(cell(run, "signer"), "Công ty Mẫu");
  const Row& task = row_with(c, "autostart", "name", "\\Đề án");
  EXPECT_EQ(cell(task, "path"), "D:\\Tài liệu\\Đề án.exe");
  EXPECT_EQ(cell(task, "login"), "an.nv");
  EXPECT_EQ(cell(task, "schedule"), "LogonTrigger");
  EXPECT_EQ(cell(row_with(c, "autostart", "name", "sethc.exe"), "kind"), "ifeo");
  EXPECT_EQ(cell(row_with(c, "autostart", "name", "BITS"), "path"),
            "C:\\Windows\\System32\\qmgr.dll");
  EXPECT_EQ(cell(row_with(c, "autostart", "name", "disk"), "path"),
            "C:\\Windows\\System32\\drivers\\disk.sys");
}

TEST(HostWindows, TakesAPolicyOverTheOwnSettingOfTheFirewall) {
  EXPECT_EQ(cell(collected("win10_vi").tables.at("firewall").rows[0], "active"), "1");
  EXPECT_EQ(cell(collected("win11_en").tables.at("firewall").rows[0], "active"), "0");
  EXPECT_EQ(cell(collected("win7_vi").tables.at("firewall").rows[0], "active"), "0");
  // Without the services nobody knows whether it runs.
  EXPECT_EQ(cell(collected("server2012r2_en").tables.at("firewall").rows[0], "active"), "-");
}

TEST(HostWindows, DatesSignaturesOfProductsByTheirOwnMarks) {
  const Collection eleven = collected("win11_en");
  const Row& eset = row_with(eleven, "antivirus", "product", "ESET Security");
  EXPECT_EQ(cell(eset, "signatures_at"), "1728925200000");  // 2024-10-15 00:00 +07:00
  EXPECT_EQ(cell(eset, "signatures_at_precision"), "day");
  EXPECT_EQ(cell(eset, "active"), "1");
  const Collection seven = collected("win7_vi");
  const Row& bkav = row_with(seven, "antivirus", "product", "Bkav Pro");
  EXPECT_EQ(cell(bkav, "active"), "0");
  EXPECT_EQ(seven.tables.at("antivirus").rows.size(), 1U);  // Defender of Windows 7 is no antivirus
}

TEST(HostWindows, NeverTakesARefusalForNothing) {
  const Collection c = collected("server2012r2_en");
  for (const char* table : {"account", "password_rule", "host_update", "disk_encryption",
                            "installed_update", "certificate"}) {
    EXPECT_EQ(c.tables.at(table).status, TableFacts::Status::missing) << table;
    EXPECT_TRUE(c.tables.at(table).rows.empty()) << table;
  }
  EXPECT_EQ(host(c, "pending_security_updates"), "-");
  EXPECT_EQ(host(c, "shared_folders"), "-");
}

TEST(HostWindows, LeavesAccountsOfADomainControllerToTheDirectory) {
  const Collection c = collected("server2022_vi");
  EXPECT_EQ(c.tables.at("account").reason, "reason.windows.domain_controller");
}

TEST(HostWindows, TellsSigningCertificatesOnATokenFromTheRest) {
  const Collection c = collected("win10_vi");
  EXPECT_EQ(c.tables.at("certificate").rows.size(), 2U);
  ASSERT_EQ(c.tables.at("sign_certificate").rows.size(), 1U);
  EXPECT_EQ(cell(c.tables.at("sign_certificate").rows[0], "holder"), "Nguyễn Văn An");
  EXPECT_EQ(cell(c.tables.at("sign_certificate").rows[0], "ends_on"), "2024-10-27");
  EXPECT_FALSE(collected("win11_en").tables.contains("sign_certificate"));
}

TEST(HostWindows, ReadsAStoreAtTheLimitAndRefusesOneByteMore) {
  FakeMachine m = testing::machine("win10_vi");
  const std::string path =
      "C:\\Users\\an.nv\\AppData\\Roaming\\Mozilla\\Firefox\\Profiles\\x\\logins.json";
  const std::string list = R"({"logins":[]})";
  m.files.add(path, list + std::string(kStoreBytes - list.size(), ' '));
  const auto row = [&] {
    const Collection c = m.collect(test_content(), kNow);
    return row_with(c, "browser_credential", "browser", "firefox");
  };
  EXPECT_EQ(cell(row(), "saved_count"), "0");
  m.files.add(path, list + std::string(kStoreBytes - list.size() + 1, ' '));
  EXPECT_EQ(cell(row(), "unread_reason"), "reason.host.too_large");
}

struct CommandCase {
  const char* command;
  const char* program;
  const char* shown;
};

TEST(HostWindowsCommands, FindTheProgramInEveryWayItIsWritten) {
  const FakeMachine m = testing::machine("win10_vi");
  const Options options = options_from(test_content()).value();
  Collection out;
  const Survey survey{{out, kNow, "x"}, m.registry, m.files, m.answers, options, {}};
  const CommandCase cases[] = {
      {R"("C:\Program Files\A B\c.exe" /x)", R"(C:\Program Files\A B\c.exe)",
       R"(C:\Program Files\A B\c.exe …)"},
      {R"(C:\Program Files\A B\c.exe /x)", R"(C:\Program Files\A B\c.exe)",
       R"(C:\Program Files\A B\c.exe …)"},
      {R"(%SystemRoot%\system32\a.exe)", R"(C:\Windows\system32\a.exe)",
       R"(C:\Windows\system32\a.exe)"},
      {R"(\SystemRoot\System32\d.sys)", R"(C:\Windows\System32\d.sys)",
       R"(C:\Windows\System32\d.sys)"},
      {R"(rundll32.exe C:\x\y.dll,Start)", R"(C:\x\y.dll)", R"(rundll32.exe C:\x\y.dll,Start)"},
      {R"(cmd /c mat-khau=1)", R"(C:\Windows\System32\cmd.exe)", "cmd …"},
      {R"(C:\a.exe D:\b.txt http://u:p@h)", R"(C:\a.exe)", R"(C:\a.exe D:\b.txt …)"},
      {"", "", ""},
      {R"(")", "", ""},
  };
  for (const CommandCase& c : cases) {
    EXPECT_EQ(survey.program_of(c.command), c.program) << c.command;
    EXPECT_EQ(survey.safe_command(c.command), c.shown) << c.command;
  }
}

TEST(HashScan, FindsListedFilesAndCountsWhatItCouldNotRead) {
  FakeMachine m;
  m.files.add("D:\\Tài liệu\\a.exe", "abc");
  m.files.add("D:\\Tài liệu\\sâu\\b.exe", "other");
  m.files.add("D:\\Tài liệu\\khóa.bin", "x").problem = Problem::denied;
  m.files.add("D:\\Tài liệu\\link").info.link = true;
  const HashList list = parse_hash_list(
      "# mẫu\nBA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD;a.exe\n");
  Collection out;
  const HashScan found = scan_folders(m.files, list, {"D:\\Tài liệu"}, "ds.txt", FixedClock(kNow),
                                      nullptr, out);
  EXPECT_EQ(found.hits, std::vector<std::string>{"D:\\Tài liệu\\a.exe"});
  EXPECT_EQ(found.scanned, 3);
  EXPECT_EQ(found.unread, 1);
  const TableFacts& run = out.tables.at("scan_run");
  EXPECT_EQ(cell(run.rows[0], "infected_count"), "1");
  EXPECT_EQ(cell(run.rows[0], "scope"), "folder");
  EXPECT_EQ(run.status, TableFacts::Status::partial);
  EXPECT_EQ(to_json(to_node(out)).find("a.exe"), std::string::npos);  // paths of hits stay here
}

TEST(HashList, TakesDigestsOfThreeLengthsAndNothingElse) {
  const HashList list = parse_hash_list(
      "md5 d41d8cd98f00b204e9800998ecf8427e, sha1=da39a3ee5e6b4b0d3255bfef95601890afd80709 "
      "d41d8cd98f00b204e9800998ecf8427 zd41d8cd98f00b204e9800998ecf8427e");
  EXPECT_EQ(list.md5.size(), 1U);
  EXPECT_EQ(list.sha1.size(), 1U);
  EXPECT_TRUE(list.sha256.empty());
}

}  // namespace
}  // namespace khien::host_windows
