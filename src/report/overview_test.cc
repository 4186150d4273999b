// The page to look at, as a browser would take it: nothing from outside, every link lands.
#include "base/text.h"
#include "report/overview.h"

#include <gtest/gtest.h>

#include <set>

#include "base/base64.h"
#include "base/hash.h"
#include "report/changes.h"
#include "report/testing.h"
#include "report/testing_out.h"

namespace khien::report {
namespace {

using testing::printed;

std::vector<std::string> values_of(const std::string& page, const std::string& attribute) {
  std::vector<std::string> out;
  const std::string open = " " + attribute + "=\"";
  for (std::size_t at = page.find(open); at != page.npos; at = page.find(open, at)) {
    at += open.size();
    out.push_back(page.substr(at, page.find('"', at) - at));
  }
  return out;
}

TEST(Overview, EveryLinkLandsOnRowsOfThePage) {
  const std::string page = printed(Format::overview, testing::sample_assessment());
  const auto ids = values_of(page, "id");
  const std::set<std::string> known(ids.begin(), ids.end());
  EXPECT_EQ(known.size(), ids.size()) << "an id stands twice";
  const auto links = values_of(page, "href");
  ASSERT_GT(links.size(), 5u);
  for (const std::string& link : links) {
    ASSERT_TRUE(link.starts_with("#")) << link;
    EXPECT_TRUE(known.contains(link.substr(1))) << link;
  }
}

// One order: its demands go by their clause alone. Of several, each says whose it is.
TEST(Overview, ADemandGoesByItsClauseAndOfSeveralOrdersByItsOrderToo) {
  Assessment a = testing::sample_assessment();
  std::string page = printed(Format::overview, a);
  EXPECT_NE(page.find("<td>Mục 2, gạch đầu dòng thứ nhất</td>"), page.npos);
  a.dispatches.push_back(a.dispatches[0]);
  a.dispatches[1].id = 2;
  a.dispatches[1].number = "7/SYT-VP";
  page = printed(Format::overview, a);
  EXPECT_EQ(page.find("<td>Mục 2, gạch đầu dòng thứ nhất</td>"), page.npos);
  EXPECT_NE(page.find("<td>Mục 2, gạch đầu dòng thứ nhất, Công văn số"), page.npos);
}

TEST(Overview, NothingIsLoadedAndOnlyOurScriptMayRun) {
  const std::string page = printed(Format::overview, testing::sample_assessment());
  for (const char* outside : {"http:", "https:", "src=", "@import", "url(", "<link", "<iframe"}) {
    EXPECT_EQ(page.find(outside), page.npos) << outside;
  }
  const std::size_t from = page.find("<script>") + 8;
  const std::string script = page.substr(from, page.find("</script>", from) - from);
  Sha256 hash;
  hash.add(script);
  const std::string digest = base64_text(hash.finish());
  EXPECT_NE(page.find("script-src 'sha256-" + digest + "'"), page.npos) << digest;
}

TEST(Overview, WordsOfOthersAreTextNotMarkup) {
  Assessment a = testing::sample_assessment();
  a.findings[0].subject = "<img src=x onerror=alert(1)>\"'";
  a.measures[0].text = "</script><script>alert(1)</script>";
  Particulars p;
  p.holders[a.findings[1].id] = {"<b>x", "\"><script>", "<i>", "&amp;"};
  const View view = view_of(a);
  const std::string page = overview(view, testing::texts_of("vi"), p);
  EXPECT_EQ(page.find("<img"), page.npos);
  EXPECT_EQ(page.find("<b>x"), page.npos);
  EXPECT_EQ(page.find("<script>", page.find("<script>") + 1), page.npos) << "one script, ours";
}

TEST(Overview, RowsCarryWhatTheFiltersAskFor) {
  Assessment a = testing::sample_assessment();
  Particulars p;
  p.holders[1] = {"Đỗ Thị Thử", "Phòng Kế toán", "TDOffice", "dtt"};
  p.machines = 3;
  p.machines_listed = 52;
  const View view = view_of(a);
  const std::string page = overview(view, testing::texts_of("vi"), p);
  EXPECT_NE(page.find("data-s=\"3\" data-u=\"Phòng Kế toán\""), page.npos) << "high, of the unit";
  EXPECT_NE(page.find("<option value=\"Phòng Kế toán\">"), page.npos);
  EXPECT_NE(page.find(">3/52<"), page.npos);
  EXPECT_EQ(page.find("Chuyển biến so với"), page.npos) << "nothing was compared";
  a.comparison = {"aa", a.as_of - 86'400'000, {{.measure = 1, .change = Change::better}}, {}};
  EXPECT_NE(overview(view_of(a), testing::texts_of("vi"), p).find("Tiến bộ"), page.npos);
}

TEST(Overview, ALongListIsCutAndSaysSo) {
  Assessment a = testing::sample_assessment();
  testing::add_findings(a, 1, 1, "sample.changed_on_issue", "account.password_change_on_issue",
                        static_cast<int>(kOverviewRows), "high", "", "");
  const std::string page = printed(Format::overview, a);
  EXPECT_NE(page.find("Còn 25 dòng khác"), page.npos);
}

Assessment compared() {
  Assessment a = testing::sample_assessment();
  a.comparison = {"aa", end_of_day_ms({2026, 8, 20}),
                  {{.measure = 1, .dispatch = "7/MAU", .doc_id = "1", .cite_vi = "mục 1",
                    .before = "not_met", .after = "met", .change = Change::better,
                    .failing_before = 12, .closed = 12},
                   {.measure = 2, .dispatch = "7/MAU", .doc_id = "2", .cite_vi = "mục 2",
                    .before = "met", .after = "not_met", .change = Change::worse,
                    .failing_after = 2, .added = 1, .since = end_of_day_ms({2026, 2, 3})}},
                  {{2, "sample.leavers", "a", CaseState::open, end_of_day_ms({2026, 2, 3})},
                   {2, "sample.leavers", "b", CaseState::added, a.as_of},
                   {1, "sample.leavers", "b", CaseState::closed, a.as_of}}};
  return a;
}

TEST(Changes, ASubjectCountsOnceByWhatStillFails) {
  const auto counts = case_counts(compared().comparison);
  ASSERT_EQ(counts.size(), 1u);
  EXPECT_EQ(counts[0].open, 1);
  EXPECT_EQ(counts[0].added, 1);
  EXPECT_EQ(counts[0].closed, 0);
  EXPECT_EQ(counts[0].since, end_of_day_ms({2026, 2, 3}));
}

TEST(Changes, StandInTheTextTheJsonTheAnswerAndAnAnnex) {
  const Assessment a = compared();
  const Texts& vi = testing::texts_of("vi");
  const std::string text = squeeze(plain(changes_text(a, vi, 100)));
  for (const char* want : {"Chưa đạt → Đạt", "đã khắc phục 12", "chưa đạt từ 03/02/2026",
                           "01 nội dung tiến bộ", "01 nội dung kém hơn"}) {
    EXPECT_NE(text.find(want), text.npos) << want << "\n" << text;
  }
  const Node node = changes_node(a);
  EXPECT_EQ(node["demands"].items()[1]["failing_since"].text(), "2026-02-03");
  EXPECT_EQ(node["demands"].items()[1]["change"].text(), "worse");
  const std::string paper = testing::dense(testing::docx_text(printed(Format::docx, a)));
  EXPECT_NE(paper.find(testing::dense("SO SÁNH VỚI LẦN RÀ SOÁT TRƯỚC")), paper.npos);
  EXPECT_NE(paper.find(testing::dense("So với kết quả rà soát ngày 20/08/2026")), paper.npos);
  const Assessment alone = testing::sample_assessment();
  EXPECT_EQ(testing::dense(testing::docx_text(printed(Format::docx, alone)))
                .find(testing::dense("SO SÁNH VỚI")),
            paper.npos);
}

}  // namespace
}  // namespace khien::report
