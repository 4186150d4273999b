// Running: outcomes of a control over facts of every state, and that the same facts give the same
// bytes.
#include "judge/run.h"

#include "base/limits.h"
#include "judge/errors.h"
#include "judge/testing.h"

namespace khien {
namespace {

using namespace judge_testing;  // NOLINT

constexpr const char* kBig = "satisfies: [t.big]\nparameters: {least: {type: integer,"
                             " default: 5, stricter: higher}}\n";
constexpr Date kRunDay{2026, 11, 21};

struct RunTest : ::testing::Test {
  House house{"run"};
  Assessment a = order_on(kRunDay);

  void SetUp() override { add_measure(a, {kind_of("t.big")}); }
  // The outcome and reason of the first run.
  std::string outcome(const std::vector<Collection>& facts) {
    const auto loaded = house.load();
    if (!loaded) return to_string(loaded.error());
    const Done done = judge(house, facts, a);
    if (!done) return to_string(done.error());
    return std::string(to_string(a.runs.at(0).outcome)) + " " + a.runs[0].reason;
  }
};

TEST_F(RunTest, CountsEveryResultAndKeepsOnlyTheRest) {
  house.control("size", kBig, kSizeSql);
  EXPECT_EQ(outcome({things({4, 5, 6, -1})}), "fail ");
  const RunRecord& run = a.runs[0];
  EXPECT_EQ(run.passed, 2);
  EXPECT_EQ(run.failed, 1);
  EXPECT_EQ(run.unknown, 1);
  EXPECT_EQ(run.total(), 4);
  EXPECT_EQ(run.table, "thing");
  ASSERT_EQ(a.findings.size(), 2U);
  EXPECT_EQ(a.findings[0].subject, "vat-0");
  EXPECT_EQ(a.findings[0].observed, "4");
  EXPECT_EQ(a.findings[0].fact, 1);
  EXPECT_EQ(a.findings[0].collection, 1);
  EXPECT_EQ(a.findings[0].clauses, std::vector<std::string>{"mục 1"});
  EXPECT_EQ(a.findings[1].result, Outcome::unknown);
  EXPECT_EQ(a.findings[1].reason, "reason.value_missing");
}

TEST_F(RunTest, OneUnknownIsNotAPass) {
  house.control("size", kBig, kSizeSql);
  EXPECT_EQ(outcome({things({5, -1})}), "unknown reason.rows_unknown");
}

TEST_F(RunTest, PartialFactsNeverPassButMayFail) {
  house.control("size", kBig, kSizeSql);
  Collection good = things({5});
  good.tables["thing"].status = TableFacts::Status::partial;
  EXPECT_EQ(outcome({good}), "unknown reason.partial_facts");
  a = order_on(kRunDay);
  add_measure(a, {kind_of("t.big")});
  Collection bad = things({4});
  bad.tables["thing"].status = TableFacts::Status::partial;
  EXPECT_EQ(outcome({bad}), "fail ");
}

TEST_F(RunTest, OneMachineWithoutItsTableKeepsTheWholeFromPassing) {
  house.control("size", kBig, kSizeSql);
  Collection none = things({});
  none.mark("thing", TableFacts::Status::missing, "reason.no_permission");
  EXPECT_EQ(outcome({things({5}), none}), "unknown reason.partial_facts");
}

TEST_F(RunTest, NothingCollectedIsUnknownAndNamesTheTable) {
  house.control("size", kBig, kSizeSql);
  EXPECT_EQ(outcome({}), "unknown reason.never_collected");
  ASSERT_EQ(a.findings.size(), 1U);
  EXPECT_EQ(a.findings[0].missing, "thing");
}

TEST_F(RunTest, NoSubjectIsWhatTheControlSays) {
  house.control("size", kBig, kSizeSql);
  EXPECT_EQ(outcome({things({})}), "unknown reason.no_subjects");
  for (const char* word : {"pass", "not_applicable"}) {
    House other(std::string("run_") + word);
    other.control("size", std::string(kBig) + "when_empty: " + word + "\n", kSizeSql);
    ASSERT_TRUE(other.load());
    Assessment b = order_on(kRunDay);
    add_measure(b, {kind_of("t.big")});
    ASSERT_TRUE(judge(other, {things({})}, b));
    EXPECT_STREQ(to_string(b.runs.at(0).outcome), word);
  }
}

TEST_F(RunTest, AControlInErrorIsAnErrorAndTheOthersGoOn) {
  house.control("size", kBig, kSizeSql);
  house.control("a_broken", "satisfies: [t.big]\n", "select nothing from thing");
  house.control("b_columns", "satisfies: [t.big]\n", "select thing_key as subject from thing");
  house.control("c_word", "satisfies: [t.big]\n",
                "select fact_id as fact, '' as subject, '' as observed, 'ok' as result from thing");
  house.control("d_spy", "satisfies: [t.big]\n",
                "select 1 as fact, name as subject, '' as observed, 'fail' as result"
                " from sqlite_master");
  ASSERT_TRUE(house.load());
  ASSERT_TRUE(judge(house, {things({5})}, a));
  ASSERT_EQ(a.runs.size(), 5U);
  for (const RunRecord& run : a.runs) {
    const bool good = run.control == "t.size";
    EXPECT_EQ(run.outcome, good ? Outcome::pass : Outcome::error) << run.control;
    EXPECT_EQ(run.errors, good ? 0 : 1) << run.control;
  }
  ASSERT_EQ(a.findings.size(), 4U);
  EXPECT_TRUE(a.findings[0].missing.starts_with(err::control_sql));
  EXPECT_TRUE(a.findings[1].missing.starts_with(err::control_columns));
  EXPECT_TRUE(a.findings[2].missing.starts_with(err::control_result));
  EXPECT_TRUE(a.findings[3].missing.starts_with(err::control_sql));
}

TEST_F(RunTest, FindingsStopAtTheLimitTheCountsDoNot) {
  house.control("size", kBig, kSizeSql);
  const auto limit = limits::findings_per_control;
  ASSERT_EQ(outcome({things(std::vector<std::int64_t>(limit + 1, 1))}), "fail ");
  EXPECT_EQ(a.runs[0].failed, static_cast<std::int64_t>(limit) + 1);
  EXPECT_EQ(a.findings.size(), limit);
  a = order_on(kRunDay);
  add_measure(a, {kind_of("t.big")});
  ASSERT_TRUE(judge(house, {things(std::vector<std::int64_t>(limit, 1))}, a));
  EXPECT_EQ(a.findings.size(), limit);
}

TEST_F(RunTest, TheSameFactsJudgedTwiceGiveTheSameBytes) {
  house.control("size", kBig, kSizeSql);
  house.control("other", kBig, kSizeSql);
  ASSERT_TRUE(house.load());
  const auto bytes = [&] {
    Assessment b = order_on(kRunDay);
    add_measure(b, {kind_of("t.big"), kind_of("t.big", Node::map({{"least", 7}}))});
    const Database db = *new_assessment_database(house.schema);
    EXPECT_TRUE(write_collection(db, house.schema, things({9, 1, 4, -1, 4})));
    EXPECT_TRUE(
        run_plan(*make_plan(house.catalog, b, kRunDay), house.catalog, house.schema, db, b));
    EXPECT_TRUE(write_assessment(db, b));
    return *db.bytes();
  };
  EXPECT_EQ(bytes(), bytes());
}

TEST_F(RunTest, AStricterOrderAddsOnlySubjectsNotAlreadyFailing) {
  house.control("size", kBig, kSizeSql);
  add_measure(a, {kind_of("t.big", Node::map({{"least", 8}}))}, 2);
  a.measures[1].addressed = true;
  ASSERT_EQ(outcome({things({4, 6, 9})}), "fail ");
  ASSERT_EQ(a.runs.size(), 3U);
  EXPECT_EQ(a.runs[2].measure, 0);
  EXPECT_EQ(a.runs[0].failed, 1);  // at the first order's own value
  EXPECT_EQ(a.runs[1].failed, 2);
  for (const FindingRecord& f : a.findings) EXPECT_NE(f.run, 3) << f.subject;
}

TEST_F(RunTest, ANormsStricterValueGivesExtraFindingsForThisOrdersPasses) {
  house.control("size", kBig, kSizeSql);
  house.put("norms/n1.yaml", "id: n1\nvi: a\nen: a\nvalid_from: 2026-01-01\n"
                             "asks: [{kind: t.big, parameters: {least: 8}}]\n");
  ASSERT_EQ(outcome({things({4, 6, 9})}), "fail ");
  ASSERT_EQ(a.runs.size(), 2U);
  EXPECT_EQ(a.runs[1].required_by, "n1");
  ASSERT_EQ(a.findings.size(), 2U);
  EXPECT_EQ(a.findings[1].subject, "vat-1");
  EXPECT_EQ(a.findings[1].measure, 0);
  EXPECT_TRUE(a.findings[1].clauses.empty());
  ASSERT_EQ(a.norms.size(), 1U);
}

TEST_F(RunTest, AFindingCitesTheNormInForceThatDay) {
  house.control("size", std::string(kBig) + "norms: [old]\n", kSizeSql);
  house.put("norms/old.yaml",
            "id: old\nvi: a\nen: a\nvalid_from: 2017-01-01\nvalid_to: 2026-11-20\n");
  house.put("norms/new.yaml", "id: new\nvi: b\nen: b\nvalid_from: 2026-11-21\ncovers: [t.*]\n");
  ASSERT_TRUE(house.load());
  for (const auto& [day, norm] : {std::pair(Date{2026, 11, 20}, "old"),
                                  std::pair(Date{2026, 11, 21}, "new")}) {
    Assessment b = order_on(day);
    add_measure(b, {kind_of("t.big")});
    ASSERT_TRUE(judge(house, {things({1})}, b));
    EXPECT_EQ(b.findings.at(0).norms, std::vector<std::string>{norm});
  }
}

TEST_F(RunTest, AnAttestationIsAcceptedOnlySignedWithFileAndInDate) {
  house.take("facts/attestation.yaml");
  house.control("size", kBig, kSizeSql);
  Collection c = things({5});
  const auto attest = [&](const char* on, const char* until, int file, const char* by) {
    Row& row = c.add("attestation");
    row["kind"] = "t.big";
    row["file_present"] = std::int64_t{file};
    if (*on != 0) row["signed_on"] = on;
    if (*until != 0) row["valid_until_on"] = until;
    if (*by != 0) row["signed_by"] = by;
  };
  attest("2026-11-21", "2026-11-21", 1, "Trần Mẫu");  // both edges of its life
  attest("2026-11-22", "2027-11-21", 1, "Trần Mẫu");
  attest("2026-11-01", "2026-11-20", 1, "Trần Mẫu");
  attest("2026-11-01", "2027-11-20", 0, "Trần Mẫu");
  attest("2026-11-01", "", 1, "Trần Mẫu");
  attest("2026-11-01", "2027-11-20", 1, "");
  attest("", "2027-11-20", 1, "Trần Mẫu");
  ASSERT_EQ(outcome({c}), "pass ");
  std::vector<std::string> reasons;
  for (const AttestationRecord& t : a.attestations) reasons.push_back(t.reason);
  EXPECT_EQ(reasons, (std::vector<std::string>{
                         "", "reason.attestation_future", "reason.attestation_expired",
                         "reason.attestation_no_file", "reason.attestation_no_expiry",
                         "reason.attestation_unsigned", "reason.attestation_unsigned"}));
  EXPECT_TRUE(a.attestations[0].accepted);
}

// A control that joins a table nobody listed would pass while that table is missing.
TEST_F(RunTest, ATableReadUndeclaredIsAnErrorOfTheControl) {
  house.put("facts/other.yaml",
            "table: other\nsince: \"0.1\"\nvi: \"Khác\"\nabout: \"another\"\ncolumns:\n"
            "  - {name: size, type: integer, vi: \"Cỡ\", about: \"size\"}\n");
  const std::string sql = "with o as (select count(*) as n from other)"
                          " select t.fact_id as fact, t.thing_key as subject, o.n as observed,"
                          " 'pass' as result from thing t, o";
  house.control("size", kBig, sql);
  EXPECT_EQ(outcome({things({5})}), "error reason.control_error");
  EXPECT_NE(a.findings.at(0).missing.find("K0509"), std::string::npos) << a.findings[0].missing;
}

TEST_F(RunTest, ATableReadThroughAViewCountsLikeAnyOther) {
  house.put("facts/other.yaml",
            "table: other\nsince: \"0.1\"\nvi: \"Khác\"\nabout: \"another\"\ncolumns:\n"
            "  - {name: size, type: integer, vi: \"Cỡ\", about: \"size\"}\n");
  house.put("views/small.sql", "select fact_id, size from other where size < 3\n");
  house.control("size", kBig, std::string(kSizeSql) + " where not exists (select 1 from small)");
  EXPECT_EQ(outcome({things({5})}), "error reason.control_error");
  EXPECT_NE(a.findings.at(0).missing.find("other"), std::string::npos) << a.findings[0].missing;
  house.control("size", std::string(kBig) + "may_be_absent: {other: only adds}\n",
                std::string(kSizeSql) + " where not exists (select 1 from small)");
  a = order_on(kRunDay);
  add_measure(a, {kind_of("t.big")});
  EXPECT_EQ(outcome({things({5})}), "pass ");
}

TEST_F(RunTest, ATableThatMayBeAbsentCountsWhereASourceSpeaksOfIt) {
  house.put("facts/other.yaml",
            "table: other\nsince: \"0.1\"\nvi: \"Khác\"\nabout: \"another\"\ncolumns:\n"
            "  - {name: size, type: integer, vi: \"Cỡ\", about: \"size\"}\n");
  house.control("size", std::string(kBig) + "may_be_absent: {other: only adds}\n",
                std::string(kSizeSql) + " where not exists (select 1 from other)");
  EXPECT_EQ(outcome({things({5})}), "pass ");
  a = order_on(kRunDay);
  add_measure(a, {kind_of("t.big")});
  Collection half = things({5});
  half.tables["other"].status = TableFacts::Status::partial;
  EXPECT_EQ(outcome({half}), "unknown reason.partial_facts");
}

// Facts of machines, one table `pc`.
struct AgeTest : RunTest {
  void SetUp() override {
    RunTest::SetUp();
    house.put("judge/facts_age.yaml", "default: P30D\n");
    house.put("facts/pc.yaml",
              "table: pc\nsince: \"0.1\"\nvi: \"Máy\"\nabout: \"machine\"\ncolumns:\n"
              "  - {name: host, type: text, vi: \"Máy\", about: \"name\"}\n"
              "  - {name: ok, type: flag, vi: \"Tốt\", about: \"is it\"}\n");
    house.put("controls/t/pc.yaml", "id: t.pc\nsatisfies: [t.pc]\nneeds: [pc]\n");
    house.put("controls/t/pc.sql", "select fact_id as fact, host as subject, ok as observed,"
                                   " case ok when 1 then 'pass' else 'fail' end as result from pc");
    a = order_on(kRunDay);
    add_measure(a, {kind_of("t.pc")});
  }
  static Collection pc(const std::string& host, std::int64_t ok, const Date& day) {
    Collection c;
    c.collector = "host_linux";
    c.source = c.host = host;
    c.finished_at = start_of_day_ms(day);
    c.add("pc") = {{"host", host}, {"ok", ok}};
    return c;
  }
};

TEST_F(AgeTest, ThirtyDaysAreYoungEnoughThirtyOneAreUnknownWithTheirDate) {
  EXPECT_EQ(outcome({pc("may-1", 1, {2026, 10, 22}), pc("may-2", 1, {2026, 11, 21})}), "pass ");
  a = order_on(kRunDay);
  add_measure(a, {kind_of("t.pc")});
  EXPECT_EQ(outcome({pc("may-1", 1, {2026, 10, 21}), pc("may-2", 1, {2026, 11, 21})}),
            "unknown reason.rows_unknown");
  ASSERT_EQ(a.findings.size(), 1U);
  EXPECT_EQ(a.findings[0].subject, "may-1");
  EXPECT_EQ(a.findings[0].reason, "reason.facts_too_old");
  EXPECT_EQ(a.findings[0].observed, "2026-10-21");
  EXPECT_EQ(a.runs[0].passed, 1);
}

TEST_F(AgeTest, AnOldFailureIsUnknownTooAndAFreshOneStaysAFailure) {
  EXPECT_EQ(outcome({pc("may-1", 0, {2026, 9, 1}), pc("may-2", 1, {2026, 11, 21})}),
            "unknown reason.rows_unknown");
  a = order_on(kRunDay);
  add_measure(a, {kind_of("t.pc")});
  EXPECT_EQ(outcome({pc("may-1", 1, {2026, 9, 1}), pc("may-2", 0, {2026, 11, 21})}), "fail ");
}

TEST_F(AgeTest, TheOrderOrTheOfficerMayStateAnotherAge) {
  const std::vector<Collection> facts = {pc("may-1", 1, {2026, 10, 1})};
  a.agency.facts_max_age = "P60D";
  EXPECT_EQ(outcome(facts), "pass ");
  EXPECT_TRUE(a.runs[0].defaulted.empty());
  EXPECT_EQ(a.runs[0].parameters["facts_max_age"].text(), "P60D");
  a = order_on(kRunDay);
  a.agency.facts_max_age = "P60D";
  add_measure(a, {kind_of("t.pc", Node::map({{"facts_max_age", "P7D"}}))});
  EXPECT_EQ(outcome(facts), "unknown reason.rows_unknown");
  a = order_on(kRunDay);
  a.agency.facts_max_age = "P7D";  // the officer asks more than the order
  add_measure(a, {kind_of("t.pc", Node::map({{"facts_max_age", "P10Y"}}))});
  EXPECT_EQ(outcome(facts), "unknown reason.rows_unknown");
}

}  // namespace
}  // namespace khien
