// Settings that are there and those that act, on a plain Windows machine changed one value a time.
#include <gtest/gtest.h>

#include "collect/host_windows/plain_machine.h"

namespace khien::host_windows {
namespace {

using testing::kAv, testing::kCbs, testing::kDesk, testing::kNt, testing::kSid, testing::kWall;
using testing::Plain;

constexpr std::uint32_t kDefenderBeside = 0x60100;
const std::string kWallPolicy = "HKLM\\SOFTWARE\\Policies\\Microsoft\\WindowsFirewall\\";
const std::string kUpdates = "HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows\\WindowsUpdate";

TEST(WindowsEffects, AntivirusIsOnWhenItProtects) {
  Plain m;
  EXPECT_EQ(m.first("antivirus", "active"), "1");
  EXPECT_EQ(m.first("antivirus", "signatures_current"), "1");
  m.set("HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows Defender", "DisableAntiSpyware", 1);
  EXPECT_EQ(m.first("antivirus", "active"), "1");  // the security centre knows better
  m.set(kAv + "\\Real-Time Protection", "DisableRealtimeMonitoring", 1);
  EXPECT_EQ(m.first("antivirus", "active"), "0");
  m.set("HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows Defender\\Real-Time Protection",
        "DisableRealtimeMonitoring", 0);
  EXPECT_EQ(m.first("antivirus", "active"), "1");  // a policy before the machine's own
  m.set(kAv, "PassiveMode", 1);
  EXPECT_EQ(m.first("antivirus", "active"), "0");
}

TEST(WindowsEffects, TheSecurityCentreTellsExpiredAndOutdated) {
  Plain m;
  m.answers.antivirus.value[0].state = kDefenderBeside;
  m.answers.antivirus.value.push_back({"Avira Security", "{a}", "", 0x43000, false});
  EXPECT_EQ(m.column("antivirus", "product", "active"),
            "Avira Security=0 Microsoft Defender Antivirus=0 ");
  m.answers.antivirus.value.back().state = 0x41010;
  EXPECT_EQ(m.column("antivirus", "product", "signatures_current"),
            "Avira Security=0 Microsoft Defender Antivirus=- ");
}

TEST(WindowsEffects, AnAgentOrALeftoverFolderIsNoProtection) {
  Plain m;
  m.files.add("C:\\Program Files\\Bitdefender\\x", "x");
  m.answers.services.value.push_back(Plain::service("klnagent"));
  EXPECT_EQ(m.column("antivirus", "product", "active"), "Microsoft Defender Antivirus=1 ");
  m.answers.services.value.push_back(Plain::service("ekrn"));  // runs, and reports to nobody
  EXPECT_EQ(m.column("antivirus", "product", "active"), "Microsoft Defender Antivirus=1 ESET=- ");
  m.answers.services.value.back().running = false;
  EXPECT_EQ(m.column("antivirus", "product", "active"), "Microsoft Defender Antivirus=1 ESET=0 ");
}

TEST(WindowsEffects, AServerWithoutAKnownProductIsUnknown) {
  Plain m;
  m.make_server("Windows Server 2022 Standard", 0, 20348);
  EXPECT_EQ(m.first("antivirus", "active"), "1");
  EXPECT_EQ(m.read().tables.at("antivirus").status, TableFacts::Status::complete);
  m.set(kAv, "DisableAntiSpyware", 1);
  EXPECT_EQ(m.first("antivirus", "active"), "-");  // told off, and running
  m.answers.services.value = {Plain::service("MpsSvc"), Plain::service("masvc")};
  EXPECT_EQ(m.first("antivirus", "active"), "0");
  EXPECT_EQ(m.read().tables.at("antivirus").reason, "reason.windows.no_product_list");
}

TEST(WindowsEffects, TheLastScanIsAFullOneOrNotKnown) {
  Plain m;
  m.set(kAv + "\\Scan", "LastScanType", 1);
  RegistryValue& run = m.registry.add(kAv + "\\Scan").values["LastScanRun"];
  run.bytes = std::string("\x00\x48\x12\x52\xf5\x7e\xdd\x01", 8);
  EXPECT_EQ(m.first("antivirus", "last_scan_at"), "-");
  EXPECT_EQ(m.read().tables.at("antivirus").gaps.at("last_scan_at"),
            "reason.windows.only_quick_scan");
  m.set(kAv + "\\Scan", "LastScanType", 2);
  EXPECT_NE(m.first("antivirus", "last_scan_at"), "-");
}

TEST(WindowsEffects, DefendersOwnAnswerCountsBeforeItsSettings) {
  Plain m;
  m.set(kAv + "\\Scan", "LastScanType", 1);
  m.answers.defender.problem = Problem::none;
  m.answers.defender.value = {"Normal", true, 1790000000000};
  EXPECT_EQ(m.first("antivirus", "last_scan_at"), "1790000000000");
  EXPECT_FALSE(m.read().tables.at("antivirus").gaps.contains("last_scan_at"));
  m.set(kAv, "PassiveMode", 1);  // left over
  EXPECT_EQ(m.first("antivirus", "active"), "1");
  m.answers.defender.value.mode = "EDR Block Mode";
  EXPECT_EQ(m.first("antivirus", "active"), "0");
  m.answers.defender.value = {"Normal", false, 0};
  EXPECT_EQ(m.first("antivirus", "active"), "0");
}

TEST(WindowsEffects, SecurityEssentialsHaveTheirOwnDates) {
  Plain m;
  m.answers.system.major = 6;
  m.answers.system.minor = 1;
  m.answers.system.build = 7601;
  m.answers.antivirus.value = {{"Microsoft Security Essentials", "{m}", "", 0x61100, false}};
  const std::string key = "HKLM\\SOFTWARE\\Microsoft\\Microsoft Antimalware\\Signature Updates";
  m.set(key, "AVSignatureVersion", "1.9");
  m.registry.add(key).values["SignaturesLastUpdated"].bytes =
      std::string("\x00\x48\x12\x52\xf5\x7e\xdd\x01", 8);
  EXPECT_NE(m.first("antivirus", "signatures_at"), "-");
  EXPECT_EQ(m.first("antivirus", "signature_version"), "1.9");
}

TEST(WindowsEffects, TheFirewallFollowsPolicyThenManagementThenTheMachine) {
  Plain m;
  EXPECT_EQ(m.first("firewall", "active"), "1");
  m.set(kWall + "DomainProfile", "EnableFirewall", 0);
  EXPECT_EQ(m.first("firewall", "active"), "1");  // of no domain
  m.answers.system.domain_joined = true;
  EXPECT_EQ(m.first("firewall", "active"), "0");
  m.set(kWallPolicy + "DomainProfile", "EnableFirewall", 1);
  EXPECT_EQ(m.first("firewall", "active"), "1");
  m.set(kWall + "Mdm\\PublicProfile", "EnableFirewall", 0);
  EXPECT_EQ(m.first("firewall", "active"), "0");
  m.set(kWallPolicy + "PublicProfile", "EnableFirewall", 1);
  EXPECT_EQ(m.first("firewall", "active"), "1");
  m.set(kWallPolicy + "StandardProfile", "EnableFirewall", 1);
  m.set(kWallPolicy + "PrivateProfile", "EnableFirewall", 0);
  EXPECT_EQ(m.first("firewall", "active"), "0");
}

TEST(WindowsEffects, AWallThatLetsInByDefaultSaysSo) {
  Plain m;
  EXPECT_EQ(m.first("firewall", "inbound_default"), "drop");
  m.set(kWall + "PublicProfile", "DefaultInboundAction", 0);
  EXPECT_EQ(m.first("firewall", "inbound_default"), "accept");
  m.set(kWall + "PublicProfile", "DoNotAllowExceptions", 1);
  EXPECT_EQ(m.first("firewall", "inbound_default"), "drop");
  m.set(kWall + "DomainProfile", "DefaultInboundAction", 0);
  EXPECT_EQ(m.first("firewall", "inbound_default"), "drop");
  m.answers.services.value.push_back(Plain::service("BFE", false, 4));
  EXPECT_EQ(m.first("firewall", "active"), "0");
}

TEST(WindowsEffects, LoggingMayBeAskedForByPolicy) {
  Plain m;
  EXPECT_EQ(m.first("firewall", "logging"), "0");
  m.set(kWallPolicy + "PrivateProfile\\Logging", "LogDroppedPackets", 1);
  m.set(kWall + "PublicProfile\\Logging", "LogDroppedPackets", 1);
  EXPECT_EQ(m.first("firewall", "logging"), "1");
}

TEST(WindowsEffects, TheSoonestLockCounts) {
  const std::string limit =
      "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Policies\\System";
  Plain m;
  EXPECT_EQ(m.column("screen_lock", "login", "idle_seconds"), "lan=480 ");
  m.set(limit, "InactivityTimeoutSecs", 1200);
  EXPECT_EQ(m.column("screen_lock", "login", "idle_seconds"), "=1200 lan=480 ");
  m.set(limit, "InactivityTimeoutSecs", 240);
  EXPECT_EQ(m.column("screen_lock", "login", "idle_seconds"), "=240 lan=240 ");
  m.set("HKLM\\SOFTWARE\\Microsoft\\PolicyManager\\current\\device\\DeviceLock",
        "MaxInactivityTimeDeviceLock", 3);
  EXPECT_EQ(m.column("screen_lock", "login", "idle_seconds"), "=180 lan=180 ");
  m.answers.system.major = 6;  // Windows 7 knows no such limit
  m.answers.system.minor = 1;
  EXPECT_EQ(m.column("screen_lock", "login", "idle_seconds"), "lan=480 ");
  m.unset(kDesk, "ScreenSaveTimeOut");
  EXPECT_EQ(m.column("screen_lock", "login", "idle_seconds"), "lan=900 ");
  m.unset(kDesk, "SCRNSAVE.EXE");
  EXPECT_EQ(m.column("screen_lock", "login", "enabled"), "lan=0 ");
  m.answers.system.server = true;
  EXPECT_EQ(m.column("screen_lock", "login", "applicable"), "=0 ");
}

TEST(WindowsEffects, SleepThatAsksForThePasswordLocks) {
  const std::string power = "HKLM\\SYSTEM\\CurrentControlSet\\Control\\Power";
  const std::string sleep =
      "\\238c9fa8-0aad-41ed-83f4-97be242c8f20\\29f6c1db-86da-48c5-9fdb-f2b67b1f44da";
  Plain m;
  m.set(kDesk, "ScreenSaveActive", "0");
  EXPECT_EQ(m.column("screen_lock", "login", "enabled"), "lan=0 ");
  m.set(power + "\\User\\PowerSchemes", "ActivePowerScheme", "s1");
  m.set(power + "\\User\\PowerSchemes\\s1" + sleep, "ACSettingIndex", 600);
  m.set(power + "\\PowerSettings" + sleep + "\\DefaultPowerSchemeValues\\s1", "DCSettingIndex",
        300);
  EXPECT_EQ(m.column("screen_lock", "login", "idle_seconds"), "lan=600 ");
  m.set("HKLM\\SOFTWARE\\Policies\\Microsoft\\Power\\PowerSettings\\"
        "0e796bdb-100d-47d6-a2d5-f7d2daa51f51", "ACSettingIndex", 0);
  EXPECT_EQ(m.column("screen_lock", "login", "enabled"), "lan=0 ");
}

TEST(WindowsEffects, ProfilesNobodySitsAtDoNotCount) {
  Plain m;
  for (const char* rid : {"500", "1000"}) {
    const std::string sid = std::string("S-1-5-21-7-8-9-") + rid;
    m.set(kNt + "\\ProfileList\\" + sid, "ProfileImagePath", "C:\\Users\\x");
    m.set("HKU\\" + sid + "\\Control Panel\\Desktop", "ScreenSaveActive", "0");
  }
  EXPECT_EQ(m.column("screen_lock", "login", "enabled"), "lan=1 ");
  m.set(kNt + "\\ProfileList\\S-1-5-21-4-5-6-1105", "ProfileImagePath", "C:\\Users\\mien");
  m.set("HKU\\S-1-5-21-4-5-6-1105\\Control Panel\\Desktop", "ScreenSaveActive", "0");
  EXPECT_EQ(m.column("screen_lock", "login", "enabled"), "lan=1 mien=0 ");  // of a domain
}

TEST(WindowsEffects, UpdatesComeFromSomewhereAndByThemselves) {
  Plain m;
  EXPECT_EQ(m.first("host", "automatic_updates"), "1");
  EXPECT_EQ(m.first("host", "update_source"), "maker");
  m.set(kUpdates + "\\AU", "AUOptions", 7);
  EXPECT_EQ(m.first("host", "automatic_updates"), "0");
  m.set(kUpdates + "\\AU", "AUOptions", 4);
  m.set(kUpdates + "\\AU", "UseWUServer", 1);
  m.set(kUpdates, "WUServer", "http://cap-nhat.so.test:8530");
  EXPECT_EQ(m.first("host", "update_source"), "wsus");
  EXPECT_EQ(m.first("host", "automatic_updates"), "1");
  m.set("HKLM\\SOFTWARE\\Microsoft\\WindowsUpdate\\UX\\Settings", "PauseUpdatesExpiryTime",
        "2026-10-01T01:00:00Z");
  EXPECT_EQ(m.first("host", "updates_resume_on"), "2026-10-01");
  EXPECT_EQ(m.first("host", "automatic_updates"), "0");
  m.set(kUpdates, "WUServer", "https://LOCALHOST/x");
  EXPECT_EQ(m.first("host", "update_source"), "none");
  EXPECT_EQ(m.first("host", "security_source"), "0");
}

TEST(WindowsEffects, AServiceThatIsOffIsNamed) {
  Plain m;
  m.answers.services.value.push_back(Plain::service("wuauserv", false, 4));
  m.answers.updates = {};
  EXPECT_EQ(m.read().tables.at("host_update").reason, "reason.windows.update_service_off");
  EXPECT_EQ(m.first("host", "automatic_updates"), "0");
  EXPECT_EQ(m.first("host", "update_source"), "none");
}

TEST(WindowsEffects, AServerAsksBeforeItInstallsAndAnOldOneMayLackSmb1) {
  Plain m;
  m.make_server("Windows Server 2016 Standard", 0, 14393);
  EXPECT_EQ(m.first("host", "automatic_updates"), "0");
  m.make_server("Windows Server 2012 R2 Standard", 3, 9600);
  EXPECT_EQ(m.first("host", "smb1"), "0");
  m.set("HKLM\\SYSTEM\\CurrentControlSet\\Services\\srv", "Start", 3);
  EXPECT_EQ(m.first("host", "smb1"), "1");
  m.make_server("Windows Server 2008 R2 Standard", 1, 7601);
  EXPECT_EQ(m.first("host", "smb1"), "1");
}

TEST(WindowsEffects, ABuildTheTableDoesNotKnowIsUnknownAsOfItsDay) {
  Plain m;
  EXPECT_EQ(m.first("host", "os_support_ends_on"), "2027-10-12");
  m.answers.system.build = 31234;
  EXPECT_EQ(m.first("host", "os_support_ends_on"), "-");
  EXPECT_NE(m.first("host", "os_support_table_on"), "-");
  m.answers.system.build = 26200;
  m.set(kNt, "UBR", 1);
  EXPECT_EQ(m.first("host", "missed_update_on"), "2025-10-14");
}

TEST(WindowsEffects, ACumulativeUpdateIsKnownByItsRevision) {
  Plain m;
  m.set(kCbs + "Package_for_RollupFix~31bf3856ad364e35~amd64~~26100.9100.1.4", "CurrentState", 112);
  m.set(kCbs + "Package_for_RollupFix~31bf3856ad364e35~amd64~~26100.9000.1.2", "CurrentState", 80);
  m.set(kCbs + "Package_for_KB5990001~31bf3856ad364e35~amd64~~10.0.1.0", "CurrentState", 112);
  m.set(kCbs + "Package_for_ServicingStack_9000~31bf3856ad364e35~amd64~~26100.9000.1.0",
        "CurrentState", 112);
  EXPECT_EQ(m.column("installed_update", "kb", "build"), "=26100.9100 KB5990001=- ");
}

TEST(WindowsEffects, AnAccountThatMayBeEmptyIsNotCalledEmpty) {
  Plain m;
  m.answers.users.value[1].flags |= 0x20;
  EXPECT_EQ(m.column("account", "login", "password_not_required"), "Administrator=0 lan=- ");
  EXPECT_EQ(m.column("account", "login", "never_logged_in"), "Administrator=- lan=0 ");
}

TEST(WindowsEffects, GroupsOfADomainAndOfEverybodyAreReportedAsAdministrators) {
  Plain m;
  m.answers.administrators.value.push_back("S-1-5-21-4-5-6-513");
  EXPECT_EQ(m.first("host", "foreign_administrators"), "S-1-5-21-4-5-6-513");
  EXPECT_EQ(m.column("account", "login", "privileged"), "Administrator=1 lan=0 ");
  m.answers.administrators.value.push_back("S-1-5-11");
  EXPECT_EQ(m.column("account", "login", "privileged"), "Administrator=1 lan=1 ");
}

TEST(WindowsEffects, DisksThatAreCarriedAboutAreMarked) {
  Plain m;
  m.answers.volumes.value.push_back({"E:\\", "exFAT", false, 2, std::nullopt});
  m.answers.volumes.value.push_back({"F:\\", "NTFS", false, 8, true});
  m.answers.volumes.value.push_back({"G:\\", "FAT32", false, 0, false});
  EXPECT_EQ(m.column("disk_encryption", "device", "external"), "C:\\=0 E:\\=1 F:\\=1 G:\\=0 ");
  EXPECT_EQ(m.column("disk_encryption", "device", "encrypted"), "C:\\=1 E:\\=0 F:\\=0 G:\\=- ");
}

}  // namespace
}  // namespace khien::host_windows
