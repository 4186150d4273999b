// Báo cáo tổng hợp: its numbers are those it was given, its words those of an office.
#include "report/draft_rollup.h"

#include <gtest/gtest.h>

#include "report/docx.h"
#include "report/testing.h"

namespace khien::report {
namespace {

Node rollup_row(const char* name, std::int64_t met, std::int64_t late, std::int64_t days) {
  return Node::map({{"name", name}, {"ordered", 4}, {"met", met}, {"not_met", 4 - met},
                    {"late", late}, {"days", days}, {"coverage", 0.5}, {"as_of", "2026-11-28"}});
}

std::string rollup_words(const Node& figures, const char* lang = "vi") {
  const auto content = Content::open(built_in_content());
  const auto texts = Texts::load(*content, lang);
  auto parsed = rollup_paper_from(figures, "figures");
  if (!parsed) return to_string(parsed.error());
  parsed->sender.agency.name = "Sở Khoa học và Công nghệ tỉnh Mẫu";
  parsed->sender.agency.symbol = "SKHCN-CĐS";
  const Draft draft = draft_rollup(*parsed, *texts);
  return docx_body(draft.document);
}

Node rollup_figures() {
  const Node agencies = Node::list({rollup_row("Sở Một", 4, 0, 0),
                                    rollup_row("UBND xã Hai", 1, 1, 3),
                                    rollup_row("UBND xã Ba", 0, 1, 11)});
  return Node::map({{"as_of", "2026-12-01"}, {"due", 3}, {"all_met", 1}, {"undetermined", 17},
                    {"silent", 2},
                    {"dispatches", Node::list({rollup_row("128/SKHCN-CĐS", 3, 1, 11)})},
                    {"agencies", agencies}});
}

TEST(DraftRollup, it_says_what_it_was_given_the_longest_late_first) {
  const std::string words = rollup_words(rollup_figures());
  for (const char* wanted : {"BÁO CÁO", "01/12/2026", "Có 3 cơ quan, đơn vị có văn bản đã đến hạn,"
                             " trong đó 1 nơi đạt", "Còn 17 nội dung", "nơi lâu nhất quá 11 ngày",
                             "128/SKHCN-CĐS", "50%", "BC-SKHCN", "Phụ lục"}) {
    EXPECT_NE(words.find(wanted), std::string::npos) << wanted;
  }
  EXPECT_EQ(words.find("⟦"), std::string::npos);
  EXPECT_LT(words.find("UBND xã Ba"), words.find("UBND xã Hai"));
}

TEST(DraftRollup, nothing_is_asked_of_anybody_when_nobody_is_late) {
  Node figures = rollup_figures();
  figures.set("agencies", Node::list({rollup_row("Sở Một", 4, 0, 0)}));
  const std::string words = rollup_words(figures);
  EXPECT_NE(words.find("Không có cơ quan, đơn vị nào quá hạn"), std::string::npos);
  EXPECT_EQ(words.find("KIẾN NGHỊ"), std::string::npos);
  EXPECT_EQ(rollup_words(figures, "en").find("⟦"), std::string::npos);
}

TEST(DraftRollup, an_annex_names_all_where_the_table_names_fifteen) {
  Node many = Node::list();
  for (int i = 0; i < 20; ++i) {
    many.push(rollup_row(("Xã " + std::to_string(i)).c_str(), 1, 1, 20 - i));
  }
  Node figures = rollup_figures();
  figures.set("agencies", std::move(many));
  const std::string words = rollup_words(figures);
  EXPECT_NE(words.find("Còn 5 cơ quan, đơn vị quá hạn khác"), std::string::npos);
  EXPECT_NE(words.find("Xã 19"), std::string::npos);
}

TEST(DraftRollup, a_day_that_is_none_is_refused) {
  Node figures = rollup_figures();
  figures.set("as_of", "hôm nay");
  EXPECT_FALSE(rollup_paper_from(figures, "figures"));
  EXPECT_FALSE(rollup_paper_from(Node::map(), "figures"));
}

}  // namespace
}  // namespace khien::report
