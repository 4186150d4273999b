// Everybody is invented.
#include "collect/join_decisions/join_decisions.h"

#include <gtest/gtest.h>

namespace khien {
namespace {

TEST(JoinDecisions, DecisionsOfAPersonAreReadBack) {
  const auto content = Content::open(built_in_content());
  const auto lexicon = Lexicon::load(*content);
  const auto table = read_csv("Ứng dụng,Tên đăng nhập,Mã cán bộ xác nhận\n"
                              "TD,x9,CB7\nTD,quầy1,dùng chung\nTD,cũ,không\nTD,sau,\n", "d.csv");
  ASSERT_TRUE(table);
  const auto decisions = join_decisions_of(*table, "d.csv", *lexicon);
  ASSERT_TRUE(decisions) << to_string(decisions.error());
  EXPECT_EQ(*decisions, (JoinDecisions{{"td|x9", {"cb7", "d.csv:2"}},
                                       {"td|quầy1", {"", "d.csv:3", JoinDecision::Who::several}},
                                       {"td|cũ", {"", "d.csv:4", JoinDecision::Who::nobody}}}));
  const auto two =
      read_csv("Ứng dụng,Tên đăng nhập,Mã cán bộ xác nhận\nTD,x,C1\nTD,x,C1\nTD,X,C2\n", "d.csv");
  ASSERT_TRUE(two);
  const auto refused = join_decisions_of(*two, "d.csv", *lexicon);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code + refused.error().place, "K1000d.csv:4");
}

}  // namespace
}  // namespace khien
