// Two assessments in, what became of each demand and case out. Nothing is closed by not looking.
#include "judge/compare.h"

#include <gtest/gtest.h>

#include "base/calendar.h"

namespace khien {
namespace {

struct CompareTest : ::testing::Test {
  Assessment old = assessment({2026, 8, 20});
  Assessment now = assessment({2026, 11, 20});

  static Assessment assessment(Date day) {
    Assessment a;
    a.as_of = end_of_day_ms(day);
    a.agency.name = "Sở Thử";
    DispatchRecord d;
    d.id = 1;
    d.number = "7/SO";
    d.issuer = "Sở Trên";
    a.dispatches = {d};
    demand(a, "1", Verdict::not_met);
    return a;
  }
  static MeasureRecord& demand(Assessment& a, const char* doc_id, Verdict verdict) {
    MeasureRecord m;
    m.id = static_cast<std::int64_t>(a.measures.size()) + 1;
    m.dispatch = 1;
    m.doc_id = doc_id;
    m.cite_vi = std::string("mục ") + doc_id;
    m.verdict = verdict;
    a.measures.push_back(m);
    RunRecord r;
    r.id = r.measure = m.id;
    r.control = "t.one";
    r.table = "host";
    r.outcome = verdict == Verdict::not_met ? Outcome::fail : Outcome::pass;
    a.runs.push_back(r);
    return a.measures.back();
  }
  static void found(Assessment& a, const char* subject, Outcome result = Outcome::fail) {
    FindingRecord f;
    f.run = f.measure = 1;
    f.control = "t.one";
    f.subject = subject;
    f.result = result;
    a.findings.push_back(f);
    if (result == Outcome::fail) ++a.runs[0].failed;
  }
  Comparison compared() {
    auto out = compare(old, "aa", now);
    EXPECT_TRUE(out) << (out ? "" : to_string(out.error()));
    return out.value_or(Comparison());
  }
  static const CaseRecord* of(const Comparison& c, const std::string& subject) {
    for (const CaseRecord& r : c.cases) {
      if (r.subject == subject) return &r;
    }
    return nullptr;
  }
  CaseState state(const std::string& subject) {
    const Comparison c = compared();
    const CaseRecord* r = of(c, subject);
    EXPECT_NE(r, nullptr) << subject;
    return r == nullptr ? CaseState::unclear : r->state;
  }
};

TEST_F(CompareTest, ASubjectThatStillFailsIsOpenSinceTheOlderAssessment) {
  found(old, "pc-1");
  found(now, "pc-1");
  found(now, "pc-2");
  const Comparison c = compared();
  ASSERT_NE(of(c, "pc-1"), nullptr);
  EXPECT_EQ(of(c, "pc-1")->state, CaseState::open);
  EXPECT_EQ(of(c, "pc-1")->since, old.as_of);
  EXPECT_EQ(of(c, "pc-2")->state, CaseState::added);
  EXPECT_EQ(of(c, "pc-2")->since, now.as_of);
  EXPECT_EQ(c.changes.at(0).since, old.as_of);
  EXPECT_EQ(c.changes.at(0).change, Change::worse);
}

TEST_F(CompareTest, SinceReachesBackThroughWhatTheOlderFileKnew) {
  found(old, "pc-1");
  found(now, "pc-1");
  const std::int64_t first = end_of_day_ms({2026, 2, 1});
  old.comparison.cases = {{1, "t.one", "pc-1", CaseState::open, first}};
  EXPECT_EQ(of(compared(), "pc-1")->since, first);
  old.comparison.cases[0].state = CaseState::closed;  // it passed in between
  EXPECT_EQ(of(compared(), "pc-1")->since, old.as_of);
}

TEST_F(CompareTest, ACaseThatIsGoneFromCompleteFactsIsClosed) {
  found(old, "pc-1");
  found(old, "pc-2");
  found(now, "pc-2");
  EXPECT_EQ(state("pc-1"), CaseState::closed);
  EXPECT_EQ(compared().changes.at(0).change, Change::better);
}

TEST_F(CompareTest, ACaseThatWasNotLookedAtIsNotClosed) {
  found(old, "pc-1");
  now.runs[0].complete = false;
  EXPECT_EQ(state("pc-1"), CaseState::unclear);
  now.runs[0].complete = true;
  now.runs[0].outcome = Outcome::unknown;
  EXPECT_EQ(state("pc-1"), CaseState::unclear);
  now.runs[0].outcome = Outcome::error;
  EXPECT_EQ(state("pc-1"), CaseState::unclear);
  now.runs[0].outcome = Outcome::pass;
  found(now, "pc-1", Outcome::unknown);
  EXPECT_EQ(state("pc-1"), CaseState::unclear);
  now.findings.clear();
  now.runs.clear();  // the control is gone
  EXPECT_EQ(state("pc-1"), CaseState::unclear);
}

TEST_F(CompareTest, ASourceThatWasLeftOutClosesNothingAndARenamedExportDoes) {
  found(old, "Một cửa:anh");
  const auto export_of = [](std::int64_t id, const char* source) {
    CollectionRecord c;
    c.id = id;
    c.collector = "account_file";
    c.source = source;
    return c;
  };
  old.collections = {export_of(1, "mot-cua-08.csv"), export_of(2, "thu-08.csv")};
  old.findings[0].collection = 1;
  now.collections = {export_of(7, "thu-11.csv")};
  EXPECT_EQ(state("Một cửa:anh"), CaseState::unclear);
  now.collections.push_back(export_of(8, "mot-cua-11.csv"));
  EXPECT_EQ(state("Một cửa:anh"), CaseState::closed);
  now.collections = {export_of(9, "mot-cua-08.csv")};
  EXPECT_EQ(state("Một cửa:anh"), CaseState::closed) << "the very same source";
}

TEST_F(CompareTest, AMachineThatWasCollectedWholeClosesItsCaseThoughOthersWereNot) {
  found(old, "pc-1:Firefox");
  found(old, "pc-9");
  now.runs[0].complete = false;
  CollectionRecord c;
  c.host = "pc-1";
  c.tables = {{"host", "partial", "", "", 1}};
  now.collections = {c};
  EXPECT_EQ(state("pc-1:Firefox"), CaseState::unclear);
  now.collections[0].tables[0].status = "complete";
  EXPECT_EQ(state("pc-1:Firefox"), CaseState::closed);
  EXPECT_EQ(state("pc-9"), CaseState::unclear);
}

TEST_F(CompareTest, VerdictsThatMoveSayHow) {
  struct Case { Verdict before, after; Change want; };
  for (const auto& [before, after, want] :
       {Case{Verdict::not_met, Verdict::met, Change::better},
        Case{Verdict::not_met, Verdict::partly_met, Change::better},
        Case{Verdict::met, Verdict::not_met, Change::worse},
        Case{Verdict::partly_met, Verdict::partly_met, Change::same},
        Case{Verdict::undetermined, Verdict::met, Change::better},
        Case{Verdict::undetermined, Verdict::not_met, Change::worse},
        Case{Verdict::not_met, Verdict::undetermined, Change::unclear},
        Case{Verdict::met, Verdict::undetermined, Change::unclear},
        Case{Verdict::undetermined, Verdict::undetermined, Change::same}}) {
    old.measures[0].verdict = before;
    now.measures[0].verdict = after;
    EXPECT_EQ(compared().changes.at(0).change, want) << to_string(before) << to_string(after);
  }
}

TEST_F(CompareTest, DemandsAreMatchedByOrderAndPlaceAndTheRestIsAddedOrGone) {
  demand(old, "2", Verdict::met);
  demand(now, "3", Verdict::not_met);
  now.dispatches[0].id = 5;  // row ids say nothing
  for (MeasureRecord& m : now.measures) m.dispatch = 5;
  const Comparison c = compared();
  ASSERT_EQ(c.changes.size(), 3u);
  EXPECT_EQ(c.changes[0].change, Change::same);
  EXPECT_EQ(c.changes[1].change, Change::added);
  EXPECT_EQ(c.changes[1].before, "");
  EXPECT_EQ(c.changes[2].change, Change::gone);
  EXPECT_EQ(c.changes[2].after, "");
  EXPECT_EQ(c.changes[2].measure, 0);
  now.dispatches[0].number = "8/SO";  // another order altogether
  EXPECT_EQ(compared().changes.size(), 4u);
}

TEST_F(CompareTest, OfAFileToShareOnlyCountsAreCompared) {
  found(old, "pc-1");
  found(old, "pc-2");
  found(now, "pc-2");
  now.shared = true;
  now.findings.clear();
  const Comparison c = compared();
  EXPECT_TRUE(c.cases.empty());
  EXPECT_EQ(c.changes.at(0).closed, 1);
  EXPECT_EQ(c.changes.at(0).failing_after, 1);
}

TEST_F(CompareTest, AnotherAgencyAndTheWrongOrderAreErrors) {
  now.agency.name = "Sở Khác";
  EXPECT_EQ(compare(old, "aa", now).error().code, "K0510");
  now.agency.name = "SỞ THỬ";
  EXPECT_TRUE(compare(old, "aa", now));
  EXPECT_EQ(compare(now, "aa", old).error().code, "K0511");
}

}  // namespace
}  // namespace khien
