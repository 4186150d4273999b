// A plain Windows 11 of one user with everything in order, for tests that change one value of it.
#pragma once

#include <string>

#include "collect/host_windows/testing.h"

namespace khien::host_windows::testing {

inline constexpr std::int64_t kPlainNow = 1790838000000;  // 2026-10-01 14:00 +07:00
inline constexpr std::uint32_t kDefenderOn = 0x61100;
inline const std::string kSid = "S-1-5-21-7-8-9-1001";
inline const std::string kNt = "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion";
inline const std::string kWall =
    "HKLM\\SYSTEM\\CurrentControlSet\\Services\\SharedAccess\\Parameters\\FirewallPolicy\\";
inline const std::string kAv = "HKLM\\SOFTWARE\\Microsoft\\Windows Defender";
inline const std::string kDesk = "HKU\\" + kSid + "\\Control Panel\\Desktop";
inline const std::string kCbs =
    "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Component Based Servicing\\Packages\\";

struct Plain : FakeMachine {
  Plain() {
    set(kNt, "ProductName", "Windows 10 Pro");
    set(kNt, "EditionID", "Professional");
    set(kNt, "UBR", 9000);
    set(kNt + "\\ProfileList\\" + kSid, "ProfileImagePath", "C:\\Users\\lan");
    for (const char* profile : {"DomainProfile", "StandardProfile", "PublicProfile"}) {
      set(kWall + profile, "EnableFirewall", 1);
    }
    registry.add(kAv);
    registry.add(kCbs.substr(0, kCbs.size() - 1));
    registry.add("HKLM\\SYSTEM\\CurrentControlSet\\Services\\LanmanServer\\Parameters");
    set(kDesk, "ScreenSaveActive", "1");
    set(kDesk, "ScreenSaverIsSecure", "1");
    set(kDesk, "SCRNSAVE.EXE", "C:\\Windows\\a.scr");
    set(kDesk, "ScreenSaveTimeOut", "480");
    files.add("C:\\Users\\lan\\AppData\\Local\\x", "x");
    System& s = answers.system;
    s = {"MAY-MAU", 10, 0, 26200, false, "x64", false, true, std::nullopt};
    answers.users.value = {{"Administrator", "S-1-5-21-7-8-9-500", "", 0x10203, 1, 0, false},
                           {"lan", kSid, "", 0x201, 86400, 1790000000, false}};
    answers.administrators.value = {"S-1-5-21-7-8-9-500"};
    answers.services.value = {service("MpsSvc"), service("WinDefend")};
    answers.antivirus.value = {{"Windows Defender", "{D68DDC3A-831F-4fae-9E44-DA132C1ACF46}", "",
                                kDefenderOn, false}};
    answers.updates.value.searched_at = kPlainNow - 3'600'000;
    answers.volumes.value = {{"C:\\", "NTFS", true, 1, std::nullopt}};
    answers.users.problem = answers.administrators.problem = answers.services.problem =
        answers.antivirus.problem = answers.updates.problem = answers.volumes.problem =
            Problem::none;
  }
  static ServiceState service(const std::string& name, bool running = true, int start = 2) {
    return {name, "LocalSystem", "", false, start, running};
  }
  void set(const std::string& key, const std::string& name, int number) {
    RegistryValue& v = registry.add(key).values[name];
    v.type = RegistryValue::Type::number;
    v.number = static_cast<std::uint64_t>(number);
  }
  void set(const std::string& key, const std::string& name, const char* text) {
    RegistryValue& v = registry.add(key).values[name];
    v.type = RegistryValue::Type::text;
    v.text = text;
  }
  void unset(const std::string& key, const std::string& name) {
    registry.add(key).values.erase(name);
  }
  void make_server(const char* name, int minor, int build) {
    answers.system.server = true;
    answers.system.major = minor > 0 ? 6 : 10;
    answers.system.minor = minor;
    answers.system.build = build;
    set(kNt, "ProductName", name);
    answers.antivirus = {};
  }
  [[nodiscard]] Collection read() const {
    static const Content content = Content::open(built_in_content()).value();
    return collect(content, kPlainNow);
  }
  // "key=value " of a column, in the order of the rows.
  [[nodiscard]] std::string column(const char* table, const char* key, const char* name) const {
    std::string out;
    const Collection c = read();
    for (const Row& row : c.tables.at(table).rows) {
      out += text_of(row, key, "") + "=" + text_of(row, name, "-") + " ";
    }
    return out;
  }
  [[nodiscard]] std::string first(const char* table, const char* name) const {
    const Collection c = read();
    const auto& rows = c.tables.at(table).rows;
    return rows.empty() ? "none" : text_of(rows.front(), name, "-");
  }
};

}  // namespace khien::host_windows::testing
