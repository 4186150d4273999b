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
  EXPECT_EQ(end("Microsoft Windows 10", "10.0.17763"), "2029-01-09");
  EXPECT_EQ(end("Microsoft Windows Server 2019 Standard", "10.0.17763"), "2029-01-09");
  EXPECT_EQ(end("Microsoft Windows 99", "10.0.99999"), "");
}

}  // namespace
}  // namespace khien
