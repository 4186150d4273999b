// Warnings about what stands around an order.
#include "judge/chain.h"

#include <gtest/gtest.h>

#include "store/facts.h"

namespace khien {
namespace {

struct ChainTest : ::testing::Test {
  Content content = Content::open(built_in_content()).value();
  Vocabulary vocabulary = Vocabulary::load(content).value();
  FactSchema schema = FactSchema::load(content).value();
  Catalog catalog = Catalog::load(content, schema).value();
  Order order;

  std::string codes(const Date& as_of, std::span<const Order> at_hand = {}) {
    std::string out;
    for (const Warning& w : chain_warnings(order, vocabulary, catalog, at_hand, as_of)) {
      out += w.code + " ";
    }
    return out;
  }
};

TEST_F(ChainTest, ASuperiorPaperIsMissedUntilItIsAtHand) {
  order.dispatch.legal_basis = {{"9/UBND-MAU", "2026"}};
  EXPECT_EQ(codes({2026, 3, 1}), "superior_missing ");
  std::vector<Order> others(1);
  others[0].dispatch.number = "9/UBND-MAU";
  EXPECT_EQ(codes({2026, 3, 1}, others), "");
}
TEST_F(ChainTest, ANormThatEndedIsSaidFromTheDayAfter) {
  order.dispatch.legal_basis = {{"85/2016/NĐ-CP", "2016"}};
  EXPECT_EQ(codes({2026, 8, 18}), "");
  EXPECT_EQ(codes({2026, 8, 19}), "norm_replaced ");
}
TEST_F(ChainTest, ADeadlineHasPassedTheDayAfterItsLastDay) {
  Measure m;
  m.due_on = "2026-06";
  order.measures = {m};
  EXPECT_EQ(codes({2026, 6, 30}), "");
  EXPECT_EQ(codes({2026, 7, 1}), "deadline_past ");
}
TEST_F(ChainTest, ALengthBelowTheNormInForceIsWeaker) {
  Measure m;
  m.kinds = {{"account.password_policy", 1, "", Node::map({{"min_length", 8}})}};
  order.measures = {m};
  EXPECT_EQ(codes({2026, 7, 23}), "");
  EXPECT_EQ(codes({2026, 7, 24}), "weaker_than_norm ");
  order.measures[0].kinds[0].parameters = Node::map({{"min_length", 14}});
  EXPECT_EQ(codes({2026, 7, 24}), "");
}

}  // namespace
}  // namespace khien
