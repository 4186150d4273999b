// The truth table of verdicts: runs and attestations in, outcome of the kind, verdict and coverage
// out.
#include "judge/verdict.h"

#include "judge/testing.h"

namespace khien {
namespace {

using namespace judge_testing;  // NOLINT

struct VerdictTest : ::testing::Test {
  House house{"verdict"};
  Assessment a = order_on({2026, 11, 21});

  void SetUp() override {
    house.control("whole", "satisfies: [t.a, t.b]\n", "select 1");
    house.control("part", "satisfies: [t.a]\nsufficient: false\n", "select 1");
    house.control("sole", "satisfies: [t.c]\nattestation: false\n", "select 1");
    ASSERT_TRUE(house.load());
    add_measure(a, {kind_of("t.a")});
  }
  void ran(const char* control, Outcome outcome, bool softens = false, const char* kind = "t.a",
           std::int64_t measure = 1) {
    RunRecord r;
    r.measure = measure;
    r.kind = kind;
    r.control = control;
    r.outcome = outcome;
    r.softens = softens;
    if (outcome == Outcome::unknown) r.reason = "reason.why";
    a.runs.push_back(r);
  }
  void attested(const char* kind, const char* refused = "") {
    AttestationRecord t;
    t.kind = kind;
    t.reason = refused;
    t.accepted = t.reason.empty();
    a.attestations.push_back(t);
  }
  Verdict verdict() {
    decide(house.catalog, a);
    return a.measures[0].verdict;
  }
  const KindRecord& kind(std::size_t i = 0) const { return a.measures[0].kinds.at(i); }
};

TEST_F(VerdictTest, APassOfASufficientControlIsMet) {
  ran("t.whole", Outcome::pass);
  EXPECT_EQ(verdict(), Verdict::met);
  EXPECT_EQ(kind().decided_by, "control");
  EXPECT_EQ(a.coverage.by_controls, 1);
  EXPECT_EQ(a.coverage.percent(), 100);
}

TEST_F(VerdictTest, APassOfANecessaryControlAloneDecidesNothing) {
  ran("t.part", Outcome::pass);
  EXPECT_EQ(verdict(), Verdict::undetermined);
  EXPECT_EQ(kind().outcome, Outcome::unknown);
  EXPECT_EQ(kind().reason, "reason.only_partly_checked");
  EXPECT_EQ(a.coverage.by_controls, 0);
}

TEST_F(VerdictTest, AnAttestationDecidesWhatANecessaryControlLeavesOpen) {
  ran("t.part", Outcome::pass);
  attested("t.a");
  EXPECT_EQ(verdict(), Verdict::met);
  EXPECT_EQ(kind().decided_by, "attestation");
  EXPECT_EQ(a.coverage.attested, 1);
  EXPECT_EQ(a.coverage.by_controls, 0);
}

TEST_F(VerdictTest, ANecessaryControlBesideASufficientOneIsMet) {
  ran("t.part", Outcome::pass);
  ran("t.whole", Outcome::pass);
  EXPECT_EQ(verdict(), Verdict::met);
}

TEST_F(VerdictTest, ANecessaryControlsFailureFailsTheKindWhateverIsAttested) {
  ran("t.part", Outcome::fail);
  ran("t.whole", Outcome::pass);
  attested("t.a");
  EXPECT_EQ(verdict(), Verdict::not_met);
  EXPECT_EQ(kind().outcome, Outcome::fail);
}

TEST_F(VerdictTest, ASoftFailureIsPartlyMetAHardOneBesideItNot) {
  ran("t.whole", Outcome::fail, true);
  EXPECT_EQ(verdict(), Verdict::partly_met);
  ran("t.part", Outcome::fail);
  EXPECT_EQ(verdict(), Verdict::not_met);
}

TEST_F(VerdictTest, ASoftFailureIsNotPartlyMetWhileTheKindsOwnControlIsUndecided) {
  ran("t.part", Outcome::fail, true);
  ran("t.whole", Outcome::unknown);
  EXPECT_EQ(verdict(), Verdict::undetermined);
  EXPECT_EQ(kind().reason, "reason.why");
  ran("t.whole", Outcome::fail);
  EXPECT_EQ(verdict(), Verdict::not_met);
}

TEST_F(VerdictTest, AFailureCountsBesideUnknownRuns) {
  ran("t.part", Outcome::unknown);
  ran("t.whole", Outcome::fail);
  EXPECT_EQ(verdict(), Verdict::not_met);
}

TEST_F(VerdictTest, OneUnknownRunLeavesTheKindOpenWithItsReason) {
  ran("t.whole", Outcome::pass);
  ran("t.part", Outcome::unknown);
  EXPECT_EQ(verdict(), Verdict::undetermined);
  EXPECT_EQ(kind().reason, "reason.why");
}

TEST_F(VerdictTest, NotApplicableEverywhereIsDecided) {
  ran("t.part", Outcome::not_applicable);
  EXPECT_EQ(verdict(), Verdict::met);
  EXPECT_EQ(kind().outcome, Outcome::not_applicable);
}

TEST_F(VerdictTest, ASufficientControlThatDoesNotApplyDecidesNothingForTheOther) {
  ran("t.whole", Outcome::not_applicable);
  ran("t.part", Outcome::pass);
  EXPECT_EQ(verdict(), Verdict::undetermined);
}

TEST_F(VerdictTest, WithoutAControlOnlyAnAttestationDecides) {
  EXPECT_EQ(verdict(), Verdict::undetermined);
  EXPECT_EQ(kind().outcome, Outcome::not_checked);
  EXPECT_EQ(kind().reason, "reason.no_control");
  attested("t.a");
  EXPECT_EQ(verdict(), Verdict::met);
}

TEST_F(VerdictTest, ARefusedAttestationSaysWhy) {
  for (const char* why : {"reason.attestation_expired", "reason.attestation_no_file",
                          "reason.attestation_no_expiry"}) {
    a.attestations.clear();
    attested("t.a", why);
    EXPECT_EQ(verdict(), Verdict::undetermined);
    EXPECT_EQ(kind().reason, why);
  }
}

TEST_F(VerdictTest, AnAttestationOfAnotherKindDoesNotCount) {
  attested("t.b");
  EXPECT_EQ(verdict(), Verdict::undetermined);
}

TEST_F(VerdictTest, AnAttestationCannotStandForAControlThatForbidsIt) {
  a.measures[0].kinds = {kind_of("t.c")};
  ran("t.sole", Outcome::unknown, false, "t.c");
  attested("t.c");
  EXPECT_EQ(verdict(), Verdict::undetermined);
  EXPECT_EQ(kind().reason, "reason.attested_not_checked");
}

TEST_F(VerdictTest, AControlInErrorIsNotHealedByAnAttestation) {
  ran("t.whole", Outcome::error);
  attested("t.a");
  EXPECT_EQ(verdict(), Verdict::undetermined);
  EXPECT_EQ(kind().outcome, Outcome::error);
}

TEST_F(VerdictTest, SomeKindsDecidedAndNoneFailedIsPartlyMet) {
  a.measures[0].kinds = {kind_of("t.a"), kind_of("t.b")};
  ran("t.whole", Outcome::pass);
  EXPECT_EQ(verdict(), Verdict::partly_met);
  EXPECT_EQ(a.coverage.by_controls, 0);  // not wholly decided
  ran("t.whole", Outcome::pass, false, "t.b");
  EXPECT_EQ(verdict(), Verdict::met);
  EXPECT_EQ(a.coverage.by_controls, 1);
}

TEST_F(VerdictTest, ExtraRunsAndOtherMeasuresChangeNothing) {
  ran("t.whole", Outcome::pass);
  ran("t.whole", Outcome::fail, false, "t.a", 0);
  ran("t.whole", Outcome::fail, false, "t.a", 2);
  EXPECT_EQ(verdict(), Verdict::met);
}

TEST_F(VerdictTest, CoverageCountsOnlyWhatIsAddressed) {
  ran("t.whole", Outcome::pass);
  add_measure(a, {kind_of("t.a")});
  add_measure(a, {kind_of("t.a")});
  a.measures[2].addressed = false;
  decide(house.catalog, a);
  EXPECT_EQ(a.coverage.measures, 2);
  EXPECT_EQ(a.coverage.by_controls, 1);
  EXPECT_EQ(a.coverage.percent(), 50);
}

TEST_F(VerdictTest, AMeasureWithoutKindsIsNeverMet) {
  a.measures[0].kinds.clear();
  EXPECT_EQ(verdict(), Verdict::undetermined);
}

}  // namespace
}  // namespace khien
