#include "collect/host_windows/support_end.h"

#include <gtest/gtest.h>

#include "base/file.h"
#include "base/limits.h"

namespace khien {
namespace {

TEST(SupportEndOfWindows, FollowsTheEditionAndIsNeverTooEarly) {
  const auto text = read_file("content/lifecycle/windows.yaml", limits::kMiB);
  const Node table = *parse_yaml(*text, "t");
  const auto end = [&](const char* name, const char* version) {
    return windows::support_end(table, name, version).ends_on;
  };
  EXPECT_EQ(end("Microsoft Windows 10 Pro", "10.0.17763.1"), "2020-11-10");
  EXPECT_EQ(end("Microsoft Windows 10 Enterprise", "10.0.17763"), "2021-05-11");
  EXPECT_EQ(end("Microsoft Windows 10 Enterprise LTSC", "10.0.17763"), "2029-01-09");
  EXPECT_EQ(end("Microsoft Windows 10 IoT Enterprise LTSC", "10.0.26100"), "2034-10-10");
  EXPECT_EQ(end("Microsoft Windows 10 Enterprise LTSC", "10.0.26100"), "2029-10-09");
  EXPECT_EQ(end("Microsoft Windows 11 Enterprise", "10.0.26100"), "2027-10-12");
  EXPECT_EQ(end("Microsoft Windows 10", "10.0.17763"), "2029-01-09");
  EXPECT_EQ(end("Microsoft Windows Server 2019 Standard", "10.0.17763"), "2029-01-09");
  EXPECT_EQ(end("Microsoft Windows 99", "10.0.99999"), "");
}

Node windows_table() {
  return *parse_yaml(*read_file("content/lifecycle/windows.yaml", limits::kMiB), "t");
}

TEST(SupportEndOfWindows, TakesTheEditionFromItsCodeWhereTheNameIsSilent) {
  const Node table = windows_table();
  const auto end = [&](const char* edition) {
    return windows::support_end(table, "Windows 10", "10.0.19044.1", edition).ends_on;
  };
  EXPECT_EQ(end("CoreSingleLanguage"), "2023-06-13");
  EXPECT_EQ(end("EnterpriseSN"), "2027-01-12");
  EXPECT_EQ(end("IoTEnterpriseS"), "2032-01-13");
  EXPECT_EQ(end("Enterprise"), "2024-06-11");
  EXPECT_EQ(end(""), "2032-01-13");
}

TEST(SupportEndOfWindows, GivesAPaidExtensionOnlyToABuildThatTookItsUpdates) {
  const Node table = windows_table();
  const auto extended = [&](const char* version) {
    return windows::support_end(table, "Windows 10 Pro", version).extended_on;
  };
  EXPECT_EQ(extended("10.0.19045.6456"), "");
  EXPECT_EQ(extended("10.0.19045.6457"), "2028-10-10");
  EXPECT_EQ(extended("10.0.19045"), "2028-10-10");  // the revision is not told
}

TEST(MissedUpdate, IsTheEarliestListedOneBeyondTheInstalledBuild) {
  const Node table = *parse_yaml(
      "clients: [{build: '10.0.1', updates: {30: 2026-03-01, 20: 2026-02-01}}]\n"
      "servers: [{build: '10.0.1', updates: {25: 2026-02-15}}]", "t");
  const auto missed = [&](const char* name, const char* version) {
    return windows::missed_update(table, name, version);
  };
  EXPECT_EQ(missed("Windows 11 Pro", "10.0.1.19"), "2026-02-01");
  EXPECT_EQ(missed("Windows 11 Pro", "10.0.1.20"), "2026-03-01");
  EXPECT_EQ(missed("Windows 11 Pro", "10.0.1.30"), "");
  EXPECT_EQ(missed("Windows Server 2025", "10.0.1.20"), "2026-02-15");
  EXPECT_EQ(missed("Windows 11 Pro", "10.0.1"), "");
  EXPECT_EQ(missed("Windows 11 Pro", "10.0.1.x"), "");
  EXPECT_EQ(missed("Windows 11 Pro", "10.0.2.1"), "");
}

}  // namespace
}  // namespace khien
