// Machines and accounts out of the facts: who is one, what is told of it, and what never is.
#include "report/inventory.h"

#include <gtest/gtest.h>

#include "base/calendar.h"
#include "report/errors.h"
#include "store/assessment.h"

namespace khien::report {
namespace {

constexpr std::int64_t kDay = 86'400'000;
constexpr std::int64_t kThen = 1'795'000'000'000;

const FactSchema& inventory_schema() {
  static const FactSchema schema = *FactSchema::load(*Content::open(built_in_content()));
  return schema;
}

Collection collected(const char* collector, const char* source, std::int64_t at) {
  Collection c;
  c.collector = collector;
  c.source = source;
  c.finished_at = at;
  return c;
}

std::string text(const char* words) { return words; }

// A register, a bundle and a list that speak of one machine in three spellings; another machine
// nobody collected.
std::vector<Collection> office() {
  Collection bundle = collected("host_windows", "PC-07", kThen);
  bundle.host = "PC-07", bundle.sealed_by = "aa-bb", bundle.key_known = true;
  bundle.add("host") = {{"host", text("PC-07")}, {"os_name", text("Windows 11 Pro")}};
  bundle.add("antivirus") = {{"host", text("PC-07")}, {"product", text("Diệt Mẫu")},
                             {"active", std::int64_t{1}}};
  bundle.add("account") = {{"account_key", text("PC-07:quantri")}, {"scope", text("host")},
                           {"host", text("PC-07")}, {"login", text("quantri")},
                           {"privileged", std::int64_t{1}}};
  Collection list = collected("windows_update", "/xa/kia/systeminfo/pc-07.txt", kThen - kDay);
  list.add("host") = {{"host", text("pc-07")}, {"os_name", text("Windows 10")},
                      {"missed_update_on", text("2026-09-08")}};
  list.add("installed_update") = {{"host", text("pc-07")}, {"kb", text("KB1")},
                                  {"installed_on", text("2026-08-12")}};
  Collection known = collected("register", "may-tinh.csv", kThen);
  known.add("machine") = {{"host", text("Pc-07")}, {"unit", text("Phòng Mẫu")},
                          {"inventory", text("TS-7")}};
  known.add("machine") = {{"host", text("PC-08")}, {"unit", text("Phòng Mẫu")}};
  known.add("host") = {{"host", text("PC-08")}};
  Collection staff = collected("account_file", "can-bo.xlsx", kThen);
  staff.add("staff") = {{"staff_key", text("CB1")}, {"full_name", text("Lý Thị Mẫu")},
                        {"status", text("left")}, {"status_on", text("2026-07-01")},
                        {"phone", text("0900000123")}};
  staff.add("account") = {{"account_key", text("Thư:mau.lt")}, {"scope", text("application")},
                          {"app", text("Thư")}, {"login", text("mau.lt")},
                          {"staff_key", text("CB1")}, {"mail", text("mau.lt@so.test")},
                          {"phone", text("0900000123")}, {"birth_on", text("1990-02-03")},
                          {"enabled", std::int64_t{1}}, {"join_basis", text("staff_id")}};
  staff.add("password_test") = {{"account_key", text("Thư:mau.lt")}, {"app", text("Thư")}};
  return {bundle, list, known, staff};
}

Database database_of(const std::vector<Collection>& collections) {
  Database db = *new_assessment_database(inventory_schema());
  for (const Collection& c : collections) {
    const auto done = write_collection(db, inventory_schema(), c);
    EXPECT_TRUE(done) << to_string(done.error());
  }
  return db;
}

struct Told {
  std::map<std::string, Node> machines, accounts;  // by host, by account_key
  std::map<std::int64_t, Node> findings;
  std::string all;
};

Told told(const Database& db) {
  Told out;
  const auto done = write_inventory(db, [&](const Node& one) -> Done {
    out.all += to_json(one) + "\n";
    if (one["what"].text() == "machine") out.machines[one["host"].text()] = one;
    if (one["what"].text() == "account") out.accounts[one["account_key"].text()] = one;
    if (one["what"].text() == "finding") out.findings[one["id"].integer()] = one;
    return {};
  });
  if (!done) ADD_FAILURE() << to_string(done.error());
  return out;
}

TEST(Inventory, ThreeSourcesOfOneMachineAreOneAndTheNewestWins) {
  const Told all = told(database_of(office()));
  ASSERT_EQ(all.machines.size(), 2U) << all.all;
  const Node& m = all.machines.at("PC-07");
  EXPECT_TRUE(m["listed"].boolean());
  EXPECT_TRUE(m["seen"].boolean());
  EXPECT_EQ(m["os_name"].text(), "Windows 11 Pro");
  EXPECT_EQ(m["missed_update_on"].text(), "2026-09-08");  // only the older source says
  EXPECT_EQ(m["patched_on"].text(), "2026-08-12");
  EXPECT_EQ(m["kb"].text(), "KB1");
  EXPECT_EQ(m["inventory"].text(), "TS-7");
  EXPECT_EQ(m["accounts"].integer(), 1);
  EXPECT_TRUE(m["firewall"].is_null());  // nobody said
  ASSERT_EQ(m["sources"].items().size(), 2U);
  EXPECT_EQ(m["sources"].items()[0]["sealed_by"].text(), "aa-bb");
  EXPECT_EQ(m["sources"].items()[1]["source"].text(), "pc-07.txt");  // no folder of elsewhere
}

// A list that never spoke of antivirus names none: that is not "none there".
TEST(Inventory, NoAntivirusIsToldOnlyWhereItWasLookedFor) {
  auto collections = office();
  Collection quiet = collected("windows_update", "PC-09.txt", kThen);
  quiet.host = "PC-09";
  quiet.add("host") = {{"host", text("PC-09")}};
  Collection looked = collected("host_windows", "PC-10", kThen);
  looked.host = "PC-10";
  looked.add("host") = {{"host", text("PC-10")}};
  looked.tables["antivirus"].status = TableFacts::Status::complete;
  Collection tried = looked;
  tried.host = "PC-11";
  tried.tables["host"].rows[0]["host"] = text("PC-11");
  tried.tables["antivirus"].status = TableFacts::Status::partial;
  collections.insert(collections.end(), {quiet, looked, tried});
  const Told all = told(database_of(collections));
  EXPECT_FALSE(all.machines.at("PC-09")["antivirus_read"].boolean());
  EXPECT_TRUE(all.machines.at("PC-10")["antivirus_read"].boolean());
  EXPECT_FALSE(all.machines.at("PC-11")["antivirus_read"].boolean());
  EXPECT_TRUE(all.machines.at("PC-07")["antivirus_read"].boolean());  // one is named
}

TEST(Inventory, AMachineOfTheRegisterAloneIsNotSeen) {
  const Told all = told(database_of(office()));
  const Node& m = all.machines.at("PC-08");
  EXPECT_TRUE(m["listed"].boolean());
  EXPECT_FALSE(m["seen"].boolean());
  EXPECT_TRUE(m["sources"].items().empty());
}

TEST(Inventory, AnAccountHasItsHolderAndNothingThatWasNotNamed) {
  const Told all = told(database_of(office()));
  const Node& a = all.accounts.at("Thư:mau.lt");
  EXPECT_EQ(a["holder"]["full_name"].text(), "Lý Thị Mẫu");
  EXPECT_EQ(a["holder"]["status"].text(), "left");
  EXPECT_EQ(a["source"].text(), "can-bo.xlsx");
  EXPECT_TRUE(a["locked"].is_null());
  for (const char* kept : {"0900000123", "mau.lt@so.test", "1990-02-03", "/xa/kia"}) {
    EXPECT_EQ(all.all.find(kept), std::string::npos) << kept;
  }
}

TEST(Inventory, SomeoneListedTwiceIsGoneOnlyWhenEveryLineSaysSo) {
  auto collections = office();
  collections[3].add("staff") = {{"staff_key", text("CB1")}, {"full_name", text("Lý Thị Mẫu")},
                                 {"status", text("working")}};
  const Told all = told(database_of(collections));
  EXPECT_EQ(all.accounts.at("Thư:mau.lt")["holder"]["status"].text(), "working");
}

TEST(Inventory, WithoutAStaffListNobodyIsSaidToHoldNothing) {
  auto collections = office();
  collections[3].tables.erase("staff");
  const Told all = told(database_of(collections));
  EXPECT_TRUE(all.accounts.at("Thư:mau.lt")["join_basis"].is_null());
}

TEST(Inventory, AFindingIsTiedByItsFactByItsAccountOrByItsSubject) {
  const Database db = database_of(office());
  const auto find = [&](std::int64_t id, const char* table, std::int64_t fact, const char* subject,
                        const char* missing) {
    auto s = db.prepare("insert into finding(id, subject, fact_table, fact, missing)"
                        " values(?1, ?2, ?3, ?4, ?5)");
    ASSERT_TRUE(s->bind(1, id).bind(2, text(subject)).bind(3, text(table)).bind(4, fact)
                    .bind(5, text(missing)).run());
  };
  find(1, "host", 1, "PC-07", "");
  find(2, "account", 1, "PC-07:quantri", "");
  find(3, "password_test", 1, "Thư:mau.lt", "");
  find(4, "host", 0, "pc-08", "antivirus");
  find(5, "staff", 1, "Lý Thị Mẫu", "");
  find(6, "host'; drop table host; --", 1, "PC-07", "");
  const Told all = told(db);
  const std::int64_t pc07 = all.machines.at("PC-07")["number"].integer();
  const std::int64_t mail = all.accounts.at("Thư:mau.lt")["number"].integer();
  EXPECT_EQ(all.findings.at(1)["machine"].integer(), pc07);
  EXPECT_TRUE(all.findings.at(1)["account"].is_null());
  EXPECT_EQ(all.findings.at(2)["machine"].integer(), pc07);  // a local account is the machine's too
  EXPECT_EQ(all.findings.at(2)["account"].integer(), 1);
  EXPECT_EQ(all.findings.at(3)["account"].integer(), mail);
  EXPECT_EQ(all.findings.at(4)["machine"].integer(),
            all.machines.at("PC-08")["number"].integer());
  EXPECT_FALSE(all.findings.contains(5));
  EXPECT_FALSE(all.findings.contains(6));
}

// What an older program wrote lacks tables and columns; what a stranger made has other types.
TEST(Inventory, WhatIsAbsentOrNoSuchValueIsNull) {
  const Database db = *Database::in_memory();
  ASSERT_TRUE(db.execute("create table collection(collection_id, collector, source, finished_at);"
                         "create table collection_table(collection_id, status);"
                         "insert into collection values(1, 'host_windows', 'PC-1', 5);"
                         "create table host(fact_id, collection_id, host, os_name, booted_at,"
                         " os_support_ends_on, reboot_required);"
                         "insert into host values(1, 1, 'PC-1', 7, 'hôm qua', '2026-13-45',"
                         " 'có')"));
  const Told all = told(db);
  const Node& m = all.machines.at("PC-1");
  for (const char* name : {"os_name", "booted_at", "os_support_ends_on", "reboot_required",
                           "edition", "missed_update_on"}) {
    EXPECT_TRUE(m[name].is_null()) << name;
  }
  EXPECT_TRUE(m["seen"].boolean());
}

TEST(Inventory, AFileWithoutFactsHasNone) {
  EXPECT_EQ(told(*Database::in_memory()).all, "");
}

TEST(Inventory, TooManyAreRefusedAndAsManyAsMayBeAreNot) {
  const Database db = database_of(office());  // two machines, two accounts
  const auto skip = [](const Node&) -> Done { return {}; };
  EXPECT_TRUE(write_inventory(db, skip, 4));
  const auto refused = write_inventory(db, skip, 3);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, err::inventory_large);
}

}  // namespace
}  // namespace khien::report
