// systeminfo in several languages, lists of updates, dates whose order only the file can tell.
#include "collect/windows_update/windows_update.h"

#include <gtest/gtest.h>

#include "base/file.h"
#include "collect/vuln_data/errors.h"
#include "collect/windows_update/date_order.h"
#include "engine/vulnerability/errors.h"

namespace khien {
namespace {

constexpr const char* kEnglish =
    "\r\nHost Name:                 PC-01\r\n"
    "OS Name:                   Microsoft Windows 10 Pro\r\n"
    "OS Version:                10.0.19045 N/A Build 19045\r\n"
    "System Type:               x64-based PC\r\n"
    "Processor(s):              1 Processor(s) Installed.\r\n"
    "                           [01]: Intel64 Family 6\r\n"
    "BIOS Version:              Sample 1.00.0, 1/1/2020\r\n"
    "Hotfix(s):                 3 Hotfix(s) Installed.\r\n"
    "                           [01]: KB5031356\r\n"
    "                           [02]: KB5012170\r\n"
    "                           [03]: KB5012170\r\n";

TEST(SystemInfoText, IsReadByStructureInAnyLanguage) {
  const auto english = windows::read_systeminfo(kEnglish, "t");
  ASSERT_TRUE(english) << to_string(english.error());
  EXPECT_EQ(english->host, "PC-01");
  EXPECT_EQ(english->os_name, "Microsoft Windows 10 Pro");
  EXPECT_EQ(english->version, "10.0.19045");
  EXPECT_EQ(english->architecture, "x64");
  EXPECT_EQ(english->updates, (std::vector<std::string>{"KB5012170", "KB5031356"}));
  const auto bytes = read_file("samples/agency/nguon/systeminfo/PC-LANHDAO-04.txt", kDayMs);
  const auto vietnamese = windows::read_systeminfo(*bytes, "t");  // UTF-16, with ver above
  ASSERT_TRUE(vietnamese) << to_string(vietnamese.error());
  EXPECT_EQ(vietnamese->host, "PC-LANHDAO-04");
  EXPECT_EQ(vietnamese->version, "10.0.26100.8201");
  EXPECT_EQ(vietnamese->updates.size(), 2U);
}

TEST(SystemInfoText, AVersionOfAnotherBuildInBracketsIsNotTaken) {
  const auto info =
      windows::read_systeminfo(std::string(kEnglish) + "[Version 10.0.22000.1]\n", "t");
  EXPECT_EQ(info->version, "10.0.19045");
}

TEST(SystemInfoText, RefusesTextWithoutAWindowsVersion) {
  for (const std::string text : {"", "Host Name: a\n", "a: b\nOS: Linux\nv: 10.0.1 Build 1\n"}) {
    EXPECT_EQ(windows::read_systeminfo(text, "t").error().code, err::systeminfo_invalid) << text;
  }
  EXPECT_EQ(windows::read_systeminfo(std::string(windows::kTextBytes + 1, 'a'), "t").error().code,
            "K0003");
}

TEST(SystemInfoText, HoldsItsLimitOfUpdates) {
  const auto text = [](std::size_t count) {
    std::string out = kEnglish;
    for (std::size_t i = 0; i + 2 < count; ++i) {
      out += "[1]: KB" + std::to_string(1000000 + i) + "\n";
    }
    return out;
  };
  EXPECT_EQ(windows::read_systeminfo(text(windows::kUpdates), "t")->updates.size(),
            windows::kUpdates);
  EXPECT_EQ(windows::read_systeminfo(text(windows::kUpdates + 1), "t").error().code,
            err::cvrf_count);
}

TEST(HotFixTable, OneDayOverTwelveTellsTheOrderOfAll) {
  const auto read = [](const std::string& rows) {
    return *windows::read_hotfixes(*read_csv("CSName,HotFixID,InstalledOn\n" + rows, "t"), "t");
  };
  const auto american = read("PC-1,KB5031356,9/18/2026 12:00:00 AM\nPC-1,KB5031357,9/2/2026\n");
  EXPECT_FALSE(american.dates_unclear);
  EXPECT_EQ(american.rows[1].installed_on, "2026-09-02");
  const auto european = read("PC-1,KB5031356,18/09/2026\nPC-1,KB5031357,02/09/2026\n");
  EXPECT_EQ(european.rows[1].installed_on, "2026-09-02");
  const auto unclear = read("PC-1,KB5031357,02/09/2026\nPC-1,File 1,\n");
  EXPECT_TRUE(unclear.dates_unclear);
  ASSERT_EQ(unclear.rows.size(), 1U);
  EXPECT_EQ(unclear.rows[0].installed_on, "");
}

TEST(HotFixTable, WithoutItsColumnIsRefused) {
  EXPECT_EQ(windows::read_hotfixes(*read_csv("a,b\n1,2\n", "t"), "t").error().code,
            err::hotfix_columns);
}

TEST(DateOrderOfAFile, ReadsTimesOfBothHalvesOfTheDay) {
  windows::DateOrder order;
  order.see("11/18/2026 8:00:00 PM");
  EXPECT_EQ(order.read("11/18/2026 8:00:00 PM")->at_ms,
            start_of_day_ms({2026, 11, 18}) + 20 * 3'600'000);
  EXPECT_EQ(order.read("11/1/2026 12:05:00 SA")->at_ms,
            start_of_day_ms({2026, 11, 1}) + 5 * 60'000);
  EXPECT_EQ(order.read("2026-11-18T08:00:00")->at_ms,
            start_of_day_ms({2026, 11, 18}) + 8 * 3'600'000);
  EXPECT_FALSE(order.read("18/11/2026"));
  EXPECT_FALSE(order.read("11/18/2026 25:00"));
  order.see("18/11/2026");
  EXPECT_TRUE(order.conflicting());
  EXPECT_FALSE(order.read("11/18/2026"));
}

TEST(SupportEndOfWindows, FollowsTheEditionAndIsNeverTooEarly) {
  const auto text = read_file("content/lifecycle/windows.yaml", limits::kMiB);
  const Node table = *parse_yaml(*text, "t");
  const auto end = [&](const char* name, const char* version) {
    return windows::support_end(table, name, version).ends_on;
  };
  EXPECT_EQ(end("Microsoft Windows 10 Pro", "10.0.17763.1"), "2020-11-10");
  EXPECT_EQ(end("Microsoft Windows 10 Enterprise", "10.0.17763"), "2021-05-11");
  EXPECT_EQ(end("Microsoft Windows 10 Enterprise LTSC", "10.0.17763"), "2029-01-09");
  EXPECT_EQ(end("Microsoft Windows 10", "10.0.17763"), "2029-01-09");
  EXPECT_EQ(end("Microsoft Windows Server 2019 Standard", "10.0.17763"), "2029-01-09");
  EXPECT_EQ(end("Microsoft Windows 99", "10.0.99999"), "");
}

}  // namespace
}  // namespace khien
