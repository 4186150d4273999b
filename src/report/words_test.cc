// What was observed, as a report prints it.
#include "report/words.h"

#include <gtest/gtest.h>

#include "base/content.h"
#include "report/account_lines.h"

namespace khien::report {
namespace {

TEST(ObservedWords, NoCodeAndNoForeignDateReachesAReader) {
  const auto content = Content::open(built_in_content());
  ASSERT_TRUE(content);
  const auto vi = Texts::load(*content, "vi");
  const auto en = Texts::load(*content, "en");
  ASSERT_TRUE(vi && en);
  EXPECT_EQ(observed_words(*vi, "observed.screen.never"), "không bao giờ khóa");
  EXPECT_EQ(observed_words(*en, "observed.screen.never"), "never locks");
  EXPECT_EQ(observed_words(*vi, "2026-04-30"), "30/04/2026");
  EXPECT_EQ(observed_words(*vi, "2026-04-30T07:05:00"), "30/04/2026 07:05");
  EXPECT_EQ(observed_words(*vi, "Windows 10 (2025-10-14)"), "Windows 10 (14/10/2025)");
  EXPECT_EQ(observed_words(*vi, "Windows 10 (Pro)"), "Windows 10 (Pro)");
  EXPECT_EQ(observed_words(*vi, "P3M"), "03 tháng");
  EXPECT_EQ(observed_words(*vi, "16 min"), "16 phút");
  EXPECT_EQ(observed_words(*vi, "Lan 16 min"), "Lan 16 min");
  EXPECT_EQ(observed_words(*vi, "7/8"), "7/8");
  EXPECT_EQ(observed_words(*vi, "observed.no.such"), "observed.no.such");
}

TEST(ProblemWords, AControlWithoutTheSentenceIsNamedByItsTitle) {
  const auto content = Content::open(built_in_content());
  const auto vi = Texts::load(*content, "vi");
  ASSERT_TRUE(vi);
  EXPECT_EQ(problem_words(*vi, "account.leavers"), (*vi)("app.account.problem.account.leavers"));
  EXPECT_EQ(problem_words(*vi, "net.firewall_device"), (*vi)("control.net.firewall_device.title"));
}

}  // namespace
}  // namespace khien::report
