// Planning: which controls run for which measure, and with whose parameters.
#include "judge/plan.h"

#include "judge/errors.h"
#include "judge/testing.h"

namespace khien {
namespace {

using namespace judge_testing;  // NOLINT

constexpr const char* kLeast = "satisfies: [t.big]\nparameters: {least: {type: integer,"
                               " default: null, stricter: higher}}\n";
constexpr Date kPlanDay{2026, 11, 21};

Node plan_least(int n) { return Node::map({{"least", n}}); }

struct PlanTest : ::testing::Test {
  House house{"plan"};
  Assessment order = order_on(kPlanDay);
  Result<Plan> plan() { return make_plan(house.catalog, order, kPlanDay); }
};

TEST_F(PlanTest, TheOrdersOwnParameterIsUsed) {
  house.control("size", kLeast, kSizeSql);
  ASSERT_TRUE(house.load());
  add_measure(order, {kind_of("t.big", plan_least(9))});
  const auto p = plan();
  ASSERT_TRUE(p);
  ASSERT_EQ(p->runs.size(), 1U);
  EXPECT_EQ(p->runs[0].measure, 1);
  EXPECT_EQ(p->runs[0].parameters["least"].integer(), 9);
  EXPECT_TRUE(p->runs[0].defaulted.empty());
  EXPECT_EQ(p->runs[0].missing_parameter, "");
}

TEST_F(PlanTest, ADefaultIsNamed) {
  house.control("size", "satisfies: [t.big]\nparameters: {least: {type: integer, default: 5}}\n",
                kSizeSql);
  ASSERT_TRUE(house.load());
  add_measure(order, {kind_of("t.big")});
  const auto p = plan();
  ASSERT_TRUE(p);
  EXPECT_EQ(p->runs.at(0).parameters["least"].integer(), 5);
  EXPECT_EQ(p->runs.at(0).defaulted, std::vector<std::string>{"least"});
}

TEST_F(PlanTest, AMissingParameterMakesTheRunUnknownAndNamesIt) {
  house.control("size", kLeast, kSizeSql);
  ASSERT_TRUE(house.load());
  add_measure(order, {kind_of("t.big")});
  ASSERT_TRUE(judge(house, {things({1, 2})}, order));
  ASSERT_EQ(order.runs.size(), 1U);
  EXPECT_EQ(order.runs[0].outcome, Outcome::unknown);
  EXPECT_EQ(order.runs[0].reason, "reason.parameter_not_stated");
  ASSERT_EQ(order.findings.size(), 1U);
  EXPECT_EQ(order.findings[0].missing, "least");
}

TEST_F(PlanTest, OnlyIfPlansNothingWithoutItsParameter) {
  house.control("size", std::string(kLeast) + "only_if: [least]\n", kSizeSql);
  ASSERT_TRUE(house.load());
  add_measure(order, {kind_of("t.big")});
  EXPECT_TRUE(plan()->runs.empty());
  add_measure(order, {kind_of("t.big", plan_least(1))});
  EXPECT_EQ(plan()->runs.size(), 1U);
}

TEST_F(PlanTest, AStricterOrderOfAnotherGivesOneExtraRun) {
  house.control("size", kLeast, kSizeSql);
  ASSERT_TRUE(house.load());
  add_measure(order, {kind_of("t.big", plan_least(8))}, 1);
  add_measure(order, {kind_of("t.big", plan_least(12))}, 2);
  const auto p = plan();
  ASSERT_TRUE(p);
  ASSERT_EQ(p->runs.size(), 3U);
  EXPECT_EQ(p->runs[0].parameters["least"].integer(), 8);  // each at its own order's value
  EXPECT_EQ(p->runs[1].parameters["least"].integer(), 12);
  EXPECT_EQ(p->runs[2].measure, 0);
  EXPECT_EQ(p->runs[2].parameters["least"].integer(), 12);
  EXPECT_EQ(p->runs[2].required_by, "2/MAU");
}

TEST_F(PlanTest, EqualOrdersGiveNoExtraRun) {
  house.control("size", kLeast, kSizeSql);
  ASSERT_TRUE(house.load());
  add_measure(order, {kind_of("t.big", plan_least(8))}, 1);
  add_measure(order, {kind_of("t.big", plan_least(8))}, 2);
  EXPECT_EQ(plan()->runs.size(), 2U);
}

TEST_F(PlanTest, ANormAsksMoreOnlyWhileInForce) {
  house.control("size", kLeast, kSizeSql);
  house.put("norms/n1.yaml", "id: n1\nvi: a\nen: a\nvalid_from: 2026-11-21\nvalid_to: 2026-11-22\n"
                             "asks: [{kind: t.big, parameters: {least: 14}}]\n");
  ASSERT_TRUE(house.load());
  add_measure(order, {kind_of("t.big", plan_least(8))});
  const auto runs_on = [&](const Date& day) { return make_plan(house.catalog, order, day)->runs; };
  EXPECT_EQ(runs_on({2026, 11, 20}).size(), 1U);
  EXPECT_EQ(runs_on({2026, 11, 21}).size(), 2U);
  EXPECT_EQ(runs_on({2026, 11, 21})[1].required_by, "n1");
  EXPECT_EQ(runs_on({2026, 11, 22}).size(), 2U);
  EXPECT_EQ(runs_on({2026, 11, 23}).size(), 1U);
}

TEST_F(PlanTest, AMeasureForSomebodyElsePlansNothing) {
  house.control("size", kLeast, kSizeSql);
  ASSERT_TRUE(house.load());
  add_measure(order, {kind_of("t.big", plan_least(8))});
  order.measures[0].addressed = false;
  EXPECT_TRUE(plan()->runs.empty());
}

TEST_F(PlanTest, AParameterOfTheWrongTypeIsRefusedWithItsPlace) {
  house.control("size", kLeast, kSizeSql);
  ASSERT_TRUE(house.load());
  add_measure(order, {kind_of("t.big", Node::map({{"least", "nine"}}))});
  const auto p = plan();
  ASSERT_FALSE(p);
  EXPECT_EQ(p.error().code, err::parameter_type);
  EXPECT_EQ(p.error().place, "1 t.big");
}

TEST(BoundValue, EveryTypeTakesItsOwnAndRefusesTheRest) {
  const auto code = [](const char* type, const Node& value) {
    const auto v = bound_value({"p", type, {}, ""}, value, "here");
    return v ? to_text(*v) : std::string(v.error().code);
  };
  EXPECT_EQ(code("integer", 9), "9");
  EXPECT_EQ(code("integer", "9"), "K0508");
  EXPECT_EQ(code("period", "P3M"), "P3M");
  EXPECT_EQ(code("period", "3 tháng"), "K0508");
  EXPECT_EQ(code("date", "2026-02-28"), "2026-02-28");
  EXPECT_EQ(code("date", "2026-02-29"), "K0508");
  EXPECT_EQ(code("text", "TDOffice"), "TDOffice");
  EXPECT_EQ(code("text", Node::list()), "K0508");
  EXPECT_EQ(code("text", true), "true");
  EXPECT_EQ(code("list", Node::list_of({"a", "b"})), "[\"a\",\"b\"]");
  EXPECT_EQ(code("list", "a"), "[\"a\"]");  // one word is a list of one
  EXPECT_EQ(code("list", Node::list()), "[]");
  EXPECT_EQ(code("list", Node::map()), "K0508");
  EXPECT_EQ(code("list", Node()), "K0508");
}

TEST(AsksMore, FollowsTheDeclaredDirection) {
  const auto more = [](const char* type, const char* stricter, const Node& a, const Node& b) {
    return asks_more({"p", type, {}, stricter}, a, b);
  };
  EXPECT_TRUE(more("integer", "higher", 10, 9));
  EXPECT_FALSE(more("integer", "higher", 9, 9));
  EXPECT_FALSE(more("integer", "higher", 8, 9));
  EXPECT_TRUE(more("integer", "lower", 8, 9));
  EXPECT_FALSE(more("integer", "", 8, 9));
  EXPECT_TRUE(more("period", "lower", "P89D", "P3M"));
  EXPECT_FALSE(more("period", "lower", "P3M", "P3M"));
  EXPECT_TRUE(more("period", "lower", "P3M", "P1Y"));
  EXPECT_TRUE(more("list", "superset", Node::list_of({"a", "b"}), Node::list_of({"a"})));
  EXPECT_FALSE(more("list", "superset", Node::list_of({"b", "a"}), Node::list_of({"a", "b"})));
  EXPECT_FALSE(more("list", "superset", Node::list_of({"b"}), Node::list_of({"a"})));
  EXPECT_FALSE(more("integer", "higher", 9, Node()));
}

}  // namespace
}  // namespace khien
