// Password stores and products in all the places they may be, on a plain machine.
#include <gtest/gtest.h>

#include "base/sqlite.h"
#include "collect/host_windows/plain_machine.h"

namespace khien::host_windows {
namespace {

using testing::kSid, testing::Plain;

std::string two_logins() {
  const Database db = Database::in_memory().value();
  EXPECT_TRUE(db.execute(
      "create table logins (origin_url text, username_value text, password_value blob,"
      " blacklisted_by_user integer);"
      "insert into logins values ('https://a.test', 'x', x'76', 0), ('https://b.test', 'x', x'76',"
      " 0);"));
  return db.bytes().value();
}

TEST(WindowsEffects, BrowsersKeepPasswordsInOtherPlacesToo) {
  const std::string home = "C:\\Users\\lan\\AppData\\";
  Plain m;
  m.files.add(home + "Local\\Microsoft\\Edge Dev\\User Data\\Default\\Login Data", two_logins());
  m.files.add(home + "Local\\Yandex\\YandexBrowser\\User Data\\Default\\Ya Passman Data",
              two_logins());
  m.files.add(home + "Local\\Packages\\Mozilla.Firefox_n80bbvh6b1yt2\\LocalCache\\Roaming\\Mozilla"
                     "\\Firefox\\Profiles\\b.default\\logins.json",
              R"({"logins":[{"hostname":"https://c.test"}]})");
  for (const char* name : {"1.vcrd", "2.VCRD", "Policy.vpol"}) {
    m.files.add(home + "Local\\Microsoft\\Vault\\4BF4C442-9B8A-41A0-B380-DD4A704DDB28\\" + name,
                "x");
  }
  EXPECT_EQ(m.column("browser_credential", "browser", "saved_count"),
            "edge=2 yandex=2 firefox=1 internet_explorer=2 ");
}

TEST(WindowsEffects, ProfilesAPolicyMovedAreFollowedOrNamed) {
  const std::string key = "HKLM\\SOFTWARE\\Policies\\Google\\Chrome";
  Plain m;
  m.files.add("E:\\Ho so\\lan\\Default\\Login Data", two_logins());
  m.set(key, "UserDataDir", "E:\\Ho so\\${user_name}");
  EXPECT_EQ(m.column("browser_credential", "browser", "saved_count"), "chrome=2 ");
  EXPECT_EQ(m.read().tables.at("browser_credential").status, TableFacts::Status::complete);
  for (const char* place : {"\\\\may-chu\\ho-so", "E:\\${client_name}"}) {
    m.set(key, "UserDataDir", place);
    EXPECT_EQ(m.read().tables.at("browser_credential").reason, "reason.windows.moved_profiles");
  }
}

TEST(WindowsEffects, AUsersOwnPolicyForbidsForHim) {
  Plain m;
  m.files.add("C:\\Users\\lan\\AppData\\Local\\Google\\Chrome\\User Data\\Default\\Login Data",
              two_logins());
  EXPECT_EQ(m.first("browser_credential", "saving_forbidden"), "0");
  m.set("HKU\\" + kSid + "\\Software\\Policies\\Google\\Chrome", "PasswordManagerEnabled", 0);
  EXPECT_EQ(m.first("browser_credential", "saving_forbidden"), "1");
  m.set("HKLM\\SOFTWARE\\Policies\\Google\\Chrome", "PasswordManagerEnabled", 1);
  EXPECT_EQ(m.first("browser_credential", "saving_forbidden"), "0");
}

TEST(WindowsEffects, OfficeProductsStandSideBySideWithTheirEnds) {
  const std::string office = "HKLM\\SOFTWARE\\Microsoft\\Office\\ClickToRun\\Configuration";
  const std::string installed =
      "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\";
  Plain m;
  m.set(office, "ProductReleaseIds", "ProjectPro2021Volume,O365ProPlusRetail");
  m.set(office, "VersionToReport", "16.0.1.2");
  m.set(office, "UpdateChannel", "http://x/pr/7ffbc6bf-bc32-4f92-8982-f9dd17fd3114");
  m.set(office, "CDNBaseUrl", "http://x/pr/492350f6-3a01-4f97-b9c0-c7c6ddf67d60");
  m.set(installed + "O365ProPlusRetail - vi-vn", "DisplayName", "Microsoft 365 Apps - vi-vn");
  m.set(installed + "Office12.STANDARD", "DisplayName", "Microsoft Office Standard 2007");
  EXPECT_EQ(m.column("software", "name", "support_ends_on"),
            "Microsoft Project (ProjectPro2021Volume)=2026-10-13 "
            "Microsoft Office (O365ProPlusRetail)=- Microsoft Office Standard 2007=2017-10-10 ");
  EXPECT_EQ(m.first("software", "package"), "Semi-Annual Enterprise");
}

}  // namespace
}  // namespace khien::host_windows
