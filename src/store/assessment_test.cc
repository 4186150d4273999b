// The assessment file: what is written is what is loaded, what goes up names nobody.
#include "store/assessment.h"

#include <gtest/gtest.h>

#include "store/errors.h"
#include "store/seal.h"

namespace khien {
namespace {

FactSchema file_schema() { return *FactSchema::load(*Content::open(built_in_content())); }

// Every field filled with something of its own.
Assessment full_assessment() {
  Assessment a;
  a.id = "id-1";
  a.as_of = 1'795'000'000'000;
  a.created_at = 1'795'000'000'001;
  a.program_version = "0.1";
  a.content_version = "c1";
  a.supersedes = "s0";
  a.agency = {"Sở Mẫu", "UBND TỈNH MẪU", "Mẫu", "SM-VP", "GIÁM ĐỐC", "Lê Văn Ký",
              "Phạm Thị Phụ Trách", "Chuyên viên", "P20D", true};
  DispatchRecord d{"ab12", "nguon-mat.pdf", false, "1/MAU", "MAU", "công văn", "Sở Trên",
                   "UBND", "Mẫu", "2026-11", "V/v", "2026-12-15", {{"2/MAU", "2026", "Bộ"}},
                   {"Các sở"}, 1, {"warning.annex_missing"}};
  a.dispatches = {d};
  KindRecord k{"account.leavers", 0.5, "liên hệ ông Trần Bí Mật",
               Node::map({{"action", Node::list_of({"xóa"})}}), "control", Outcome::fail, ""};
  MeasureRecord m{"gạch đầu dòng thứ nhất, mục 2", "Liên hệ ông Trần Bí Mật", 3, 9,
                  "ông Trần Bí Mật", "2026-12-01", 1, 1, "2.1", "must", true,
                  Verdict::not_met, {k}};
  a.measures = {m};
  RunRecord r{1, 1, "account.leavers", "account.leavers", "account",
              Node::map({{"max_age", "P3M"}}), {"max_age"}, Outcome::fail, true, false,
              7, 2, 1, 0, 3, "", "n1"};
  a.runs = {r};
  FindingRecord f{1, 1, 1, "account.leavers", "account.leavers", "td:tranbimat",
                  Outcome::fail, "high", "tranbimat@mau.example", "reason.x", "account", 17,
                  "may-bi-mat", 1, {"mục 2"}, {"n1"}};
  a.findings = {f};
  a.collections = {{1, "host_linux", "may-bi-mat", "cd34", "may-bi-mat", "AB:CD", true, 5,
                    {{"account", "partial", "reason.x", "/home/tranbimat", 3}}}};
  a.controls = {{"account.leavers", "select 1", "high", {"account.leavers"}}};
  a.norms = {{"n1", "Luật Mẫu", "Sample Law", "2026-01-01", "", true}};
  a.attestations = {{"awareness.training", "đã tập huấn", "Lê Văn Ký", "2026-11-01",
                     "2027-11-01", "xac-nhan-mat.pdf", "ef56", true, ""}};
  a.coverage = {1, 1, 0};
  return a;
}

std::string file_bytes(const Assessment& a) {
  const Database db = *new_assessment_database(file_schema());
  EXPECT_TRUE(write_assessment(db, a));
  return *db.bytes();
}

TEST(AssessmentFile, WhatIsWrittenIsWhatIsLoaded) {
  const Assessment a = full_assessment();
  const auto db = Database::from_bytes(file_bytes(a));
  ASSERT_TRUE(db);
  const auto again = load_assessment(*db);
  ASSERT_TRUE(again) << to_string(again.error());
  EXPECT_EQ(to_json(to_node(*again)), to_json(to_node(a)));
  EXPECT_EQ(again->measures[0].verdict, Verdict::not_met);
  EXPECT_EQ(again->runs[0].parameters["max_age"].text(), "P3M");
  EXPECT_EQ(again->agency.sample, true);
}

TEST(AssessmentFile, TheSameAssessmentGivesTheSameBytes) {
  EXPECT_EQ(file_bytes(full_assessment()), file_bytes(full_assessment()));
}

TEST(AssessmentFile, SurvivesBeingANode) {
  const Assessment a = full_assessment();
  EXPECT_EQ(to_json(to_node(assessment_from(*unpack(pack(to_node(a)))))), to_json(to_node(a)));
}

TEST(AssessmentFile, AnotherProgramsFileIsRefused) {
  const Database empty = *Database::in_memory();
  EXPECT_EQ(load_assessment(empty).error().code, err::assessment_malformed);
  const Database newer = *Database::from_bytes(file_bytes(full_assessment()));
  const Database copy = *new_assessment_database(file_schema());
  ASSERT_TRUE(write_assessment(copy, full_assessment()));
  ASSERT_TRUE(copy.execute("update file set format = format + 1"));
  EXPECT_EQ(load_assessment(copy).error().code, err::format_newer);
  const Database cut = *new_assessment_database(file_schema());
  ASSERT_TRUE(write_assessment(cut, full_assessment()));
  ASSERT_TRUE(cut.execute("drop table finding"));
  EXPECT_EQ(load_assessment(cut).error().code, err::assessment_malformed);
}

TEST(AssessmentFile, AColumnAnOldFileLacksReadsAsItsDefault) {
  const Database db = *new_assessment_database(file_schema());
  ASSERT_TRUE(write_assessment(db, full_assessment()));
  ASSERT_TRUE(db.execute("alter table control_run drop column not_applicable"));
  const auto a = load_assessment(db);
  ASSERT_TRUE(a);
  EXPECT_EQ(a->runs.at(0).not_applicable, 0);
  EXPECT_EQ(a->runs.at(0).failed, 2);
}

TEST(AssessmentFile, BrokenJsonInsideIsAnErrorNotACrash) {
  const Database db = *new_assessment_database(file_schema());
  ASSERT_TRUE(write_assessment(db, full_assessment()));
  ASSERT_TRUE(db.execute("update measure set kinds = '[{'"));
  EXPECT_FALSE(load_assessment(db));
}

TEST(Outcomes, EveryWordComesBackAsItself) {
  for (const Outcome o : {Outcome::pass, Outcome::fail, Outcome::unknown, Outcome::error,
                          Outcome::not_applicable, Outcome::not_checked}) {
    EXPECT_EQ(outcome_from(to_string(o)), o);
  }
  for (const Verdict v : {Verdict::met, Verdict::partly_met, Verdict::not_met,
                          Verdict::undetermined}) {
    EXPECT_EQ(verdict_from(to_string(v)), v);
  }
  EXPECT_EQ(outcome_from("passed"), Outcome::error);        // nothing strange reads as a pass
  EXPECT_EQ(verdict_from("MET"), Verdict::undetermined);
}

}  // namespace
}  // namespace khien
