// The founding demands as they are, and the rules of their states on a small catalogue.
#include "judge/coverage.h"

#include <gtest/gtest.h>

#include "dispatch/vocabulary.h"
#include "judge/testing.h"

namespace khien {
namespace {

class CoverageStates : public ::testing::Test {
 protected:
  void SetUp() override {
    house_.take("facts/attestation.yaml");
    for (const char* file : {"measures/account.yaml", "measures/words.yaml",
                             "measures/watch_windows.yaml", "measures/common.yaml",
                             "measures/notions.yaml",
                             "measures/other.yaml",
                             "calendar/holidays.yaml", "calendar/tet.yaml", "calendar/events.yaml",
                             "judge/addressees.yaml", "text/vi/dispatch.yaml"}) {
      house_.take(file);
    }
    house_.put("programs/p.yaml",
               "programme: p\ndispatch: {symbol: \"X\", issued_on: \"2024\"}\nmeasures:\n"
               "  - id: \"1\"\n    text: \"t\"\n    kinds:\n"
               "      - account.shared\n      - kind: account.password_policy\n"
               "        parameters: {min_length: 9}\n");
  }
  Result<std::vector<CoveredDemand>> cover(const std::string& kinds,
                                           const std::string& measure = "1") {
    house_.put("demands/demands.yaml", "demands:\n  - id: A\n    programme: p\n    measure: \"" +
                                           measure + "\"\n    kinds: [" + kinds +
                                           "]\n    vi: \"v\"\n    source: \"s\"\n");
    KHIEN_TRY([[maybe_unused]] const bool ok, house_.load());
    KHIEN_TRY(const Vocabulary vocabulary, Vocabulary::load(house_.content));
    return cover_demands(house_.content, house_.catalog, vocabulary);
  }
  std::string state(const std::string& kinds) {
    const auto covered = cover(kinds);
    if (!covered) return to_string(covered.error());
    return to_string(covered->at(0).state);
  }
  void sized(const std::string& name, const std::string& yaml) {
    house_.control(name, yaml + "\nparameters: {least: {type: integer, default: 1}}",
                   judge_testing::kSizeSql);
  }
  judge_testing::House house_{"coverage"};
};

TEST_F(CoverageStates, NoControlLeavesAnAttestation) {
  EXPECT_EQ(state("account.shared"), "attested");
}
TEST_F(CoverageStates, ASufficientControlIsAutomatic) {
  sized("a", "satisfies: [account.shared]");
  EXPECT_EQ(state("account.shared"), "automatic");
}
TEST_F(CoverageStates, ANecessaryControlAloneIsNotAutomatic) {
  sized("a", "satisfies: [account.shared]\nsufficient: false");
  EXPECT_EQ(state("account.shared"), "attested");
}
TEST_F(CoverageStates, WithoutControlNorAttestationNothingAnswers) {
  sized("a", "satisfies: [account.shared]\nsufficient: false\nattestation: false");
  EXPECT_EQ(state("account.shared"), "none");
}
TEST_F(CoverageStates, TheWeakestKindNamesTheState) {
  sized("a", "satisfies: [account.shared]");
  EXPECT_EQ(state("account.shared, account.password_policy"), "attested");
}
TEST_F(CoverageStates, AParameterTheOrderDoesNotStateIsNotAutomatic) {
  house_.control("a",
                 "satisfies: [account.shared]\nparameters: {least: {type: integer, default: null}}",
                 judge_testing::kSizeSql);
  EXPECT_EQ(state("account.shared"), "attested");
}
TEST_F(CoverageStates, AControlForStatedParametersOnlyCountsWhereTheyAreStated) {
  house_.control("a",
                 "satisfies: [account.shared, account.password_policy]\nonly_if: [min_length]\n"
                 "parameters: {min_length: {type: integer, default: null}}",
                 "select fact_id as fact, thing_key as subject, size as observed,"
                 " case when size >= :min_length then 'pass' else 'fail' end as result from thing");
  EXPECT_EQ(state("account.shared"), "attested");
  EXPECT_EQ(state("account.password_policy"), "automatic");
}
TEST_F(CoverageStates, AMeasureOrKindThatIsNotThereIsNamedWithItsLine) {
  const auto kind = cover("account.mfa");
  ASSERT_FALSE(kind);
  EXPECT_EQ(kind.error().place, "demands/demands.yaml:2");
  EXPECT_EQ(kind.error().args.at("value"), "account.mfa");
  const auto measure = cover("account.shared", "2");
  ASSERT_FALSE(measure);
  EXPECT_EQ(measure.error().args.at("value"), "2");
  const auto none = cover("");
  EXPECT_FALSE(none);
}

TEST(Coverage, EveryDemandOfTheFiveDispatchesHasAState) {
  const auto content = Content::open(built_in_content());
  ASSERT_TRUE(content);
  const auto schema = FactSchema::load(*content);
  ASSERT_TRUE(schema);
  const auto catalog = Catalog::load(*content, *schema);
  ASSERT_TRUE(catalog) << to_string(catalog.error());
  const auto vocabulary = Vocabulary::load(*content);
  ASSERT_TRUE(vocabulary);
  const auto demands = cover_demands(*content, *catalog, *vocabulary);
  ASSERT_TRUE(demands) << to_string(demands.error());
  EXPECT_EQ(demands->size(), 65u);  // two of the 58 lines stand for seven more
  EXPECT_EQ(count(*demands, CoverageState::none), 0);
  std::map<std::string, int> programmes;
  for (const CoveredDemand& d : *demands) {
    EXPECT_EQ(d.id.substr(1, 1), d.programme.substr(4)) << d.id;
    ++programmes[d.programme];
  }
  EXPECT_EQ(programmes.size(), 5u);
}

}  // namespace
}  // namespace khien
