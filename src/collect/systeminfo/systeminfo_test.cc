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

// The one machine of a text.
Result<windows::SystemInfo> only(std::string_view text, const std::string& place) {
  KHIEN_TRY(auto machines, windows::machines_in(text, place));
  EXPECT_EQ(machines.size(), 1U);
  return std::move(machines.front());
}

TEST(SystemInfoText, IsReadByStructureInAnyLanguage) {
  const auto english = only(kEnglish, "t");
  ASSERT_TRUE(english) << to_string(english.error());
  EXPECT_EQ(english->host, "PC-01");
  EXPECT_EQ(english->os_name, "Microsoft Windows 10 Pro");
  EXPECT_EQ(english->version, "10.0.19045");
  EXPECT_EQ(english->architecture, "x64");
  EXPECT_EQ(english->updates, (std::vector<std::string>{"KB5012170", "KB5031356"}));
  const auto bytes = read_file("samples/agency/nguon/systeminfo/PC-LANHDAO-04.txt", kDayMs);
  const auto vietnamese = only(*bytes, "t");  // UTF-16, with ver above
  ASSERT_TRUE(vietnamese) << to_string(vietnamese.error());
  EXPECT_EQ(vietnamese->host, "PC-LANHDAO-04");
  EXPECT_EQ(vietnamese->version, "10.0.26100.8201");
  EXPECT_EQ(vietnamese->updates.size(), 2U);
}

TEST(SystemInfoText, MachinesOfOneNameAreToldApartByTheirInstallation) {
  const auto id = [](const std::string& more) {
    return only(kEnglish + more, "t")->machine_id;
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

std::string text_of_machine(const std::string& host, const std::string& build,
                            const std::string& more = "") {
  return "Host Name:  " + host + "\nOS Name:  Microsoft Windows 11 Pro\nOS Version:  10.0." +
         build + " N/A Build " + build + "\nSystem Type:  x64-based PC\nHotfix(s):  1\n" +
         "  [01]: KB50" + build + "\n" + more;
}

TEST(SystemInfoText, TextsAppendedToEachOtherAreSeveralMachines) {
  const auto two = windows::machines_in(
      text_of_machine("MAY-1", "26100") + text_of_machine("MAY-2", "22631"), "t");
  ASSERT_TRUE(two) << to_string(two.error());
  ASSERT_EQ(two->size(), 2U);
  EXPECT_EQ((*two)[0].host + " " + (*two)[1].host, "MAY-1 MAY-2");
  EXPECT_EQ((*two)[0].updates, std::vector<std::string>{"KB5026100"});
  EXPECT_EQ((*two)[1].updates, std::vector<std::string>{"KB5022631"});
  const std::string ver = "Microsoft Windows [Version 10.0.26100.";
  const auto above = windows::machines_in(ver + "7]\n" + text_of_machine("MAY-1", "26100") + ver +
                                              "9]\n" + text_of_machine("MAY-2", "26100"),
                                          "t");
  EXPECT_EQ((*above)[0].version, "10.0.26100.7");
  EXPECT_EQ((*above)[1].version, "10.0.26100.9");
  const auto below = windows::machines_in(text_of_machine("MAY-1", "26100") + ver + "7]\n" +
                                              text_of_machine("MAY-2", "26100") + ver + "9]\n",
                                          "t");
  EXPECT_EQ((*below)[0].version, "10.0.26100.7");
  EXPECT_EQ((*below)[1].version, "10.0.26100.9");
}

TEST(SystemInfoText, OfAMachineThatIsThereTwiceTheLaterCounts) {
  const auto got = windows::machines_in(
      text_of_machine("MAY-1", "22631") + text_of_machine("MAY-1", "26100"), "t");
  ASSERT_EQ(got->size(), 1U);
  EXPECT_EQ(got->front().version, "10.0.26100");
  const auto twins = windows::machines_in(
      text_of_machine("MAY-1", "26100", "Product ID:  00331-20000-00000-AA123\n") +
          text_of_machine("MAY-1", "26100", "Product ID:  00331-20000-00000-AA124\n"),
      "t");
  EXPECT_EQ(twins->size(), 2U);
}

TEST(SystemInfoText, CsvHasARowAMachine) {
  const std::string head =
      "\"Host Name\",\"OS Name\",\"OS Version\",\"System Type\",\"Hotfix(s)\"\r\n";
  const auto row = [](const std::string& host) {
    return "\"" + host + "\",\"Microsoft Windows 10 Pro\",\"10.0.19045 N/A Build 19045\","
           "\"x64-based PC\",\"2 Hotfix(s) Installed.,[01]: KB5066130,[02]: KB5068781\"\r\n";
  };
  const auto got = windows::machines_in(head + row("MAY-3") + head + row("MAY-4"), "t");
  ASSERT_TRUE(got) << to_string(got.error());
  ASSERT_EQ(got->size(), 2U);
  EXPECT_EQ((*got)[0].host, "MAY-3");
  EXPECT_EQ((*got)[1].architecture, "x64");
  EXPECT_EQ((*got)[1].updates, (std::vector<std::string>{"KB5066130", "KB5068781"}));
  EXPECT_EQ(windows::machines_in("\"a\",\"b\"\n\"1\",\"2\"\n", "t").error().code,
            err::systeminfo_invalid);
}

TEST(SystemInfoText, AVersionOfAnotherBuildInBracketsIsNotTaken) {
  const auto info =
      only(std::string(kEnglish) + "[Version 10.0.22000.1]\n", "t");
  EXPECT_EQ(info->version, "10.0.19045");
}

TEST(SystemInfoText, RefusesTextWithoutAWindowsVersion) {
  for (const std::string text : {"", "Host Name: a\n", "a: b\nOS: Linux\nv: 10.0.1 Build 1\n"}) {
    EXPECT_EQ(only(text, "t").error().code, err::systeminfo_invalid) << text;
  }
  EXPECT_EQ(only(std::string(windows::kTextBytes + 1, 'a'), "t").error().code,
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
  EXPECT_EQ(only(text(windows::kUpdates), "t")->updates.size(),
            windows::kUpdates);
  EXPECT_EQ(only(text(windows::kUpdates + 1), "t").error().code,
            err::cvrf_count);
}

}  // namespace
}  // namespace khien
