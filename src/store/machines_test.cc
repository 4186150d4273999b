// Which machine a collection is about, and which of its collections counts.
#include "store/machines.h"

#include <gtest/gtest.h>

#include "base/content.h"

namespace khien {
namespace {

using Status = TableFacts::Status;

constexpr std::int64_t kDay = 86'400'000;
constexpr std::int64_t kT = kFirstCollection + 500 * kDay;

Collection pc(const std::string& host, std::int64_t at, const std::string& id = "") {
  Collection c;
  c.collector = "host_windows";
  c.source = c.host = host;
  c.finished_at = at;
  c.dated = true;
  Row& row = c.add("host");
  row["host"] = host;
  if (!id.empty()) row["machine_id"] = id;
  Row& product = c.add("antivirus");
  product["host"] = host;
  product["active"] = std::int64_t{1};
  return c;
}

const Collection* find(const std::vector<Collection>& all, const std::string& host,
                       std::int64_t at) {
  for (const Collection& c : all) {
    if (c.host == host && c.finished_at == at) return &c;
  }
  return nullptr;
}

TEST(Machines, TodaysPartialFactsWinOverAnOldCompleteCollection) {
  Collection today = pc("may-1", kT);
  today.tables["antivirus"].rows[0]["active"] = std::int64_t{0};  // switched off yesterday
  today.mark("antivirus", Status::partial, "reason.no_permission");
  const auto all = one_per_machine({pc("may-1", kT - 400 * kDay), today}, kT);
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].finished_at, kT);
  EXPECT_EQ(to_text(all[0].tables.at("antivirus").rows[0].at("active")), "0");
  EXPECT_EQ(all[0].tables.at("antivirus").status, Status::partial);
}

TEST(Machines, AnOlderCollectionFillsOnlyATableTheNewerCouldNotReadAndKeepsItsDate) {
  Collection today = pc("may-1", kT);
  today.tables["antivirus"] = {};
  today.mark("antivirus", Status::missing, "reason.no_permission");
  const auto all =
      one_per_machine({pc("may-1", kT - 2 * kDay), today, pc("may-1", kT - 9 * kDay)}, kT);
  ASSERT_EQ(all.size(), 2U);
  const Collection* newest = find(all, "may-1", kT);
  const Collection* older = find(all, "may-1", kT - 2 * kDay);
  ASSERT_TRUE(newest != nullptr && older != nullptr);
  EXPECT_FALSE(newest->tables.contains("antivirus"));
  EXPECT_TRUE(newest->tables.contains("host"));
  EXPECT_TRUE(older->tables.contains("antivirus"));
  EXPECT_FALSE(older->tables.contains("host"));
}

TEST(Machines, ATableNobodyCouldReadStaysMissing) {
  Collection today = pc("may-1", kT);
  today.mark("account", Status::missing, "reason.no_permission");
  const auto all = one_per_machine({today, pc("may-1", kT - kDay)}, kT);
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].tables.at("account").status, Status::missing);
}

TEST(Machines, FactsDatedAfterTheAssessmentAreMissingAndSayWhy) {
  const auto all = one_per_machine({pc("may-1", kT + 1)}, kT);
  ASSERT_EQ(all.size(), 1U);
  for (const auto& [name, table] : all[0].tables) {
    EXPECT_EQ(table.status, Status::missing) << name;
    EXPECT_TRUE(table.rows.empty()) << name;
    EXPECT_EQ(table.reason, "reason.facts_dated_later") << name;
  }
  const auto both = one_per_machine({pc("may-1", kT + kDay), pc("may-1", kT)}, kT);
  ASSERT_EQ(both.size(), 1U);
  EXPECT_EQ(both[0].finished_at, kT);
}

TEST(Machines, AFileOfUnknownDateIsNotLaterThanTheAssessment) {
  Collection file = pc("may-1", kT + kDay);  // read today for a day gone by
  file.dated = false;
  EXPECT_EQ(one_per_machine({file}, kT).at(0).tables.at("host").status, Status::complete);
}

TEST(Machines, AClockYearsBehindProvesNothing) {
  const auto all = one_per_machine({pc("may-1", 1'000'000'000'000)}, kT);  // 2001
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].tables.at("host").status, Status::missing);
  EXPECT_EQ(all[0].tables.at("host").reason, "reason.facts_of_wrong_clock");
  EXPECT_EQ(all[0].tables.at("host").detail, "2001-09-09");
}

TEST(Machines, TwoMachinesOfOneNameAreTwoAndAListThatNamesThemIsPartial) {
  Collection list;
  list.collector = "external_list";
  list.add("antivirus")["host"] = std::string("PC-01");
  const auto all = one_per_machine(
      {pc("PC-01", kT, "aaaaaa1111111111"), pc("pc-01", kT - kDay, "bbbbbb2222222222"), list}, kT);
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(all[0].tables.at("antivirus").status, Status::partial);
  EXPECT_EQ(all[0].tables.at("antivirus").reason, "reason.name_of_several_machines");
  for (const auto& [name, at] : {std::pair("PC-01 [aaaaaa]", kT),
                                 std::pair("PC-01 [bbbbbb]", kT - kDay)}) {
    const Collection* c = find(all, name, at);
    ASSERT_NE(c, nullptr) << name;
    EXPECT_EQ(to_text(c->tables.at("antivirus").rows[0].at("host")), name);
  }
}

TEST(Machines, AMachineWithoutAnIdIsNotTheOneWithAnId) {
  Collection off = pc("PC-01", kT - kDay, "aaaaaa1111111111");
  off.tables["antivirus"].rows[0]["active"] = std::int64_t{0};
  const auto all = one_per_machine({off, pc("PC-01", kT)}, kT);
  ASSERT_EQ(all.size(), 2U);
  EXPECT_NE(find(all, "PC-01 [aaaaaa]", kT - kDay), nullptr);
  EXPECT_NE(find(all, "PC-01 [host_w]", kT), nullptr);
  Collection debian = pc("PC-02", kT);
  debian.collector = "host_linux";
  EXPECT_EQ(one_per_machine({pc("PC-02", kT), debian}, kT).size(), 2U);
}

TEST(Machines, TwoCollectionsOfOneNameThatBothSayNoIdDoNotPassAsOneMachine) {
  Collection off = pc("PC-01", kT - kDay);
  off.tables["antivirus"].rows[0]["active"] = std::int64_t{0};
  const auto all = one_per_machine({off, pc("PC-01", kT)}, kT);
  ASSERT_FALSE(all.empty());
  for (const Collection& c : all) {
    for (const auto& [name, table] : c.tables) {
      EXPECT_EQ(table.status, Status::partial) << name;
      EXPECT_EQ(table.reason, "reason.machines_without_id") << name;
      EXPECT_EQ(table.detail, "2") << name;
    }
  }
  // A file copied twice is one, and so is a machine that says who it is.
  EXPECT_EQ(one_per_machine({pc("PC-01", kT), pc("PC-01", kT)}, kT)
                .at(0).tables.at("host").status, Status::complete);
  EXPECT_EQ(one_per_machine({pc("PC-01", kT - kDay, "aa11"), pc("PC-01", kT, "aa11")}, kT)
                .at(0).tables.at("host").status, Status::complete);
}

TEST(Machines, IdsThatBeginAlikeAreToldApartAndNoNameForgesTheMark) {
  const auto all = one_per_machine({pc("PC-01", kT, "aaaaaa1111111111"),
                                    pc("PC-01", kT - kDay, "aaaaaa2222222222"),
                                    pc("PC-01 [aaaaaa2]", kT, "cccccc2222222222")}, kT);
  ASSERT_EQ(all.size(), 3U);
  EXPECT_NE(find(all, "PC-01 [aaaaaa1]", kT), nullptr);
  EXPECT_NE(find(all, "PC-01 [aaaaaa2]", kT - kDay), nullptr);
  EXPECT_NE(find(all, "PC-01 (aaaaaa2)", kT), nullptr);
}

TEST(Machines, AMachineThatWasAskedAndHasNoRowIsMissingNotForgotten) {
  Collection none = pc("PC-01", kT);
  none.tables.erase("host");
  Collection empty = pc("PC-02", kT);
  empty.tables["host"].rows.clear();
  for (const Collection& c : one_per_machine({none, empty}, kT)) {
    EXPECT_EQ(c.tables.at("host").status, Status::missing) << c.host;
  }
}

TEST(Machines, NamesThatDifferInCaseAreOneMachine) {
  Collection list;
  list.collector = "scan_run";
  list.add("scan_run")["host"] = std::string("MÁY-Kế-Toán");
  const auto all =
      one_per_machine({pc("máy-kế-toán", kT - kDay), pc("MÁY-KẾ-TOÁN", kT), list}, kT);
  ASSERT_EQ(all.size(), 2U);
  EXPECT_NE(find(all, "MÁY-KẾ-TOÁN", kT), nullptr);
  EXPECT_EQ(to_text(all[0].tables.at("scan_run").rows[0].at("host")), "MÁY-KẾ-TOÁN");
}

TEST(Machines, AccountKeysFollowTheNameOfTheirMachine) {
  Collection a = pc("PC-01", kT, "aaaaaa1111111111");
  a.add("account") = {{"host", std::string("PC-01")}, {"account_key", std::string("PC-01:an")}};
  const auto all = one_per_machine({a, pc("PC-01", kT, "bbbbbb2222222222")}, kT);
  const Collection* c = find(all, "PC-01 [aaaaaa]", kT);
  ASSERT_NE(c, nullptr);
  EXPECT_EQ(to_text(c->tables.at("account").rows[0].at("account_key")), "PC-01 [aaaaaa]:an");
}

TEST(Machines, CollectionsOfNoMachineAreAllKept) {
  Collection csv1;
  csv1.collector = "account_file";
  csv1.source = "td.csv";
  Collection csv2 = csv1;
  csv2.source = "thu.csv";
  EXPECT_EQ(one_per_machine({csv1, csv2, pc("a", kT)}, kT).size(), 3U);
}

TEST(Machines, ABundleSpeaksOnlyOfItsOwnMachine) {
  const FactSchema schema = *FactSchema::load(*Content::open(built_in_content()));
  Collection c = pc("PC-01", kT);
  c.add("antivirus") = {{"host", std::string("PC-02")}, {"active", std::int64_t{1}}};
  c.add("antivirus") = {{"active", std::int64_t{1}}};
  c.add("account") = {{"host", std::string("pc-01")}, {"scope", std::string("host")},
                      {"account_key", std::string("Văn bản:giamdoc")}};
  c.add("account") = {{"host", std::string("pc-01")}, {"scope", std::string("host")},
                      {"account_key", std::string("pc-01:an")}};
  c.add("dispatch_head")["number"] = std::string("1/X");
  keep_own_machine(schema, c);
  EXPECT_EQ(c.tables.at("antivirus").rows.size(), 1U);
  EXPECT_EQ(c.tables.at("antivirus").status, Status::partial);
  EXPECT_EQ(c.tables.at("antivirus").reason, "reason.row_of_another_machine");
  EXPECT_EQ(c.tables.at("antivirus").detail, "2");
  ASSERT_EQ(c.tables.at("account").rows.size(), 1U);
  EXPECT_EQ(to_text(c.tables.at("account").rows[0].at("account_key")), "pc-01:an");
  EXPECT_EQ(c.tables.at("host").status, Status::complete);
  EXPECT_FALSE(c.tables.contains("dispatch_head"));
  Collection nobody = pc("", kT);
  keep_own_machine(schema, nobody);
  EXPECT_EQ(nobody.tables.at("antivirus").status, Status::missing);
  EXPECT_EQ(nobody.tables.at("antivirus").reason, "reason.bundle_of_no_machine");
}

}  // namespace
}  // namespace khien
