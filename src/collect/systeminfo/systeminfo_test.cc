// systeminfo in several languages.
#include "collect/systeminfo/systeminfo.h"

#include <gtest/gtest.h>

#include "base/file.h"
#include "collect/systeminfo/errors.h"
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
  const auto english = windows::systeminfo_of(kEnglish, "t");
  ASSERT_TRUE(english) << to_string(english.error());
  EXPECT_EQ(english->host, "PC-01");
  EXPECT_EQ(english->os_name, "Microsoft Windows 10 Pro");
  EXPECT_EQ(english->version, "10.0.19045");
  EXPECT_EQ(english->architecture, "x64");
  EXPECT_EQ(english->updates, (std::vector<std::string>{"KB5012170", "KB5031356"}));
  const auto bytes = read_file("samples/agency/nguon/systeminfo/PC-LANHDAO-04.txt", kDayMs);
  const auto vietnamese = windows::systeminfo_of(*bytes, "t");  // UTF-16, with ver above
  ASSERT_TRUE(vietnamese) << to_string(vietnamese.error());
  EXPECT_EQ(vietnamese->host, "PC-LANHDAO-04");
  EXPECT_EQ(vietnamese->version, "10.0.26100.8201");
  EXPECT_EQ(vietnamese->updates.size(), 2U);
}

TEST(SystemInfoText, MachinesOfOneNameAreToldApartByTheirInstallation) {
  const auto id = [](const std::string& more) {
    return windows::systeminfo_of(kEnglish + more, "t")->machine_id;
  };
  const std::string product = "Product ID:                00331-20000-00000-AA123\r\n";
  const std::string installed = "Original Install Date:     3/1/2025, 8:01:02 AM\r\n";
  EXPECT_EQ(id(""), "");
  EXPECT_EQ(id(product + installed).size(), 16U);
  EXPECT_EQ(id(product + installed),
            id(product + installed + "System Boot Time: 4/1/2025, 1:01:01\n"));
  EXPECT_NE(id(product), id("Mã:    00331-20000-00000-AA124\r\n"));
  EXPECT_NE(id(product + installed), id(product + "Ngày cài: 03/02/2025 08:01:02\r\n"));
}

TEST(SystemInfoText, AVersionOfAnotherBuildInBracketsIsNotTaken) {
  const auto info =
      windows::systeminfo_of(std::string(kEnglish) + "[Version 10.0.22000.1]\n", "t");
  EXPECT_EQ(info->version, "10.0.19045");
}

TEST(SystemInfoText, RefusesTextWithoutAWindowsVersion) {
  for (const std::string text : {"", "Host Name: a\n", "a: b\nOS: Linux\nv: 10.0.1 Build 1\n"}) {
    EXPECT_EQ(windows::systeminfo_of(text, "t").error().code, err::systeminfo_invalid) << text;
  }
  EXPECT_EQ(windows::systeminfo_of(std::string(windows::kTextBytes + 1, 'a'), "t").error().code,
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
  EXPECT_EQ(windows::systeminfo_of(text(windows::kUpdates), "t")->updates.size(),
            windows::kUpdates);
  EXPECT_EQ(windows::systeminfo_of(text(windows::kUpdates + 1), "t").error().code,
            err::cvrf_count);
}

}  // namespace
}  // namespace khien
