// A roll-up is made once for all its pages, and anew when something was changed.
#include "hub/data/rollup_cache.h"

#include "hub/testing_hub.h"

namespace khien::hub {
namespace {

TEST(RollupCache, OneIsMadeOnceAKeyUntilSomethingChanges) {
  RollupCache cache;
  int made = 0;
  const auto make = [&]() -> Result<Rollup> {
    Rollup out;
    out.day = std::to_string(++made);
    return out;
  };
  EXPECT_EQ((*cache.get("a", 1, make))->day, "1");
  EXPECT_EQ((*cache.get("a", 1, make))->day, "1");
  EXPECT_EQ((*cache.get("b", 1, make))->day, "2");
  EXPECT_EQ((*cache.get("a", 2, make))->day, "3");
  EXPECT_EQ((*cache.get("b", 2, make))->day, "4");
}

TEST(RollupCache, TheOneAskedForLongestAgoGoesFirst) {
  RollupCache cache;
  int made = 0;
  const auto make = [&]() -> Result<Rollup> {
    ++made;
    return Rollup{};
  };
  for (const char* key : {"a", "b", "c", "d", "a", "e"}) ASSERT_TRUE(cache.get(key, 1, make));
  EXPECT_EQ(made, 5);
  ASSERT_TRUE(cache.get("a", 1, make));
  EXPECT_EQ(made, 5);
  ASSERT_TRUE(cache.get("b", 1, make));
  EXPECT_EQ(made, 6);
}

TEST(RollupCache, AFailureIsNotKept) {
  RollupCache cache;
  const auto refuse = []() -> Result<Rollup> { return fail("K0001", "x"); };
  EXPECT_FALSE(cache.get("a", 1, refuse));
  EXPECT_TRUE(cache.get("a", 1, [] { return Result<Rollup>(Rollup{}); }));
}

TEST(RollupPage, APageIsCutFromTheWholeAndFollowsAChange) {
  TestHub hub;
  TestClient admin = hub.admin();
  const auto add = [&](const char* name) {
    const Reply made = admin.post("/agencies", Node::map({{"name", name}, {"kind", "Sở"}}));
    EXPECT_EQ(made.status, 201) << made.body;
  };
  add("Sở Nội vụ");
  add("Sở Tài chính");
  const auto page = [&](const std::string& query) {
    const Reply reply = admin.get("/rollup/page" + query);
    EXPECT_EQ(reply.status, 200) << reply.body;
    return reply.json();
  };
  const Node first = page("?rows=1");
  EXPECT_EQ(first["agencies"].integer(), 2);
  ASSERT_EQ(first["rows"].items().size(), 1U);
  EXPECT_EQ(first["rows"].items()[0]["name"].text(), "Sở Nội vụ");
  EXPECT_EQ(first["sentence"].text(), admin.get("/rollup").json()["sentence"].text());
  const Node found = page("?q=tai%20chinh");
  EXPECT_EQ(found["agencies"].integer(), 1);
  EXPECT_EQ(found["rows"].items()[0]["name"].text(), "Sở Tài chính");
  EXPECT_TRUE(page("?q=khong%20co")["rows"].items().empty());
  add("Sở Y tế");
  EXPECT_EQ(page("?order=worst&columns=0")["agencies"].integer(), 3);
  EXPECT_EQ(admin.get("/rollup/page?by=measure").status, 400);
}

}  // namespace
}  // namespace khien::hub
