// Bundles of facts, the jobs that open files made elsewhere.
#include <gtest/gtest.h>

#include <cstring>

#include "store/assessment.h"
#include "store/errors.h"
#include "store/seal.h"

namespace khien {
namespace {

FactSchema bundle_schema() { return *FactSchema::load(*Content::open(built_in_content())); }

Collection machine(const std::string& host, std::int64_t at, bool complete = true) {
  Collection c;
  c.collector = "host_linux";
  c.collector_version = "0.1";
  c.source = host;
  c.host = host;
  c.started_at = at - 1;
  c.finished_at = at;
  Row& row = c.add("host");
  row["host"] = host;
  row["os_name"] = std::string("Hệ mẫu");
  row["booted_at"] = std::int64_t{1};
  c.tables["host"].gaps["kernel"] = "reason.value_missing";
  if (!complete) c.mark("account", TableFacts::Status::missing, "reason.no_permission", "shadow");
  return c;
}

Result<Node> job(const std::string& name, const std::string& bytes) {
  for (const Job& j : store_jobs()) {
    const Node args;
    if (j.name == name) return j.run({bytes, "x", args});
  }
  return fail("K0000", "no job");
}

std::string sealed_bundle(const std::vector<Collection>& collections) {
  return *seal(*bundle_bytes(bundle_schema(), collections),
               *key_pair_from_seed(std::string(32, 'k')));
}

TEST(Bundle, WhatIsWrittenIsWhatIsRead) {
  const std::vector<Collection> all = {machine("may-1", 10), machine("may-2", 20, false)};
  const auto reply = job("store.facts", sealed_bundle(all));
  ASSERT_TRUE(reply) << to_string(reply.error());
  EXPECT_TRUE((*reply)["seal"]["intact"].boolean());
  ASSERT_EQ((*reply)["collections"].items().size(), 2U);
  for (std::size_t i = 0; i < 2; ++i) {
    const auto again = collection_from((*reply)["collections"].items()[i]);
    ASSERT_TRUE(again);
    EXPECT_EQ(again->host, all[i].host);
    EXPECT_EQ(again->finished_at, all[i].finished_at);
    EXPECT_EQ(again->tables.size(), all[i].tables.size());
    const TableFacts& host = again->tables.at("host");
    ASSERT_EQ(host.rows.size(), 1U);
    EXPECT_EQ(to_text(host.rows[0].at("os_name")), "Hệ mẫu");
    EXPECT_EQ(to_text(host.rows[0].at("booted_at_precision")), "ms");
    EXPECT_EQ(host.gaps.at("kernel"), "reason.value_missing");
  }
  EXPECT_EQ((*reply)["collections"].items()[1]["tables"]["account"]["status"].text(), "missing");
}

TEST(Bundle, ABrokenSealStopsTheReading) {
  std::string bytes = sealed_bundle({machine("may-1", 10)});
  bytes[200] = static_cast<char>(bytes[200] ^ 1);
  const auto reply = job("store.facts", bytes);
  ASSERT_TRUE(reply);
  EXPECT_FALSE((*reply)["seal"]["intact"].boolean());
  EXPECT_FALSE(reply->has("collections"));
  const auto other = job("store.assessment", bytes);
  ASSERT_TRUE(other);
  EXPECT_FALSE(other->has("assessment"));
}

TEST(Bundle, AnAssessmentUnderAnotherNameIsNoBundle) {
  const Database db = *new_assessment_database(bundle_schema());
  ASSERT_TRUE(write_collection(db, bundle_schema(), machine("may-1", 10)));
  ASSERT_TRUE(write_assessment(db, Assessment{}));
  const auto reply =
      job("store.facts", *seal(*db.bytes(), *key_pair_from_seed(std::string(32, 'k'))));
  ASSERT_FALSE(reply);
  EXPECT_EQ(reply.error().code, err::file_is_assessment);
}

TEST(Bundle, AMachineOfHundredsOfThousandsOfRowsIsRefused) {
  Collection c = machine("may-1", 10);
  for (int i = 0; i < 250'000; ++i) c.add("service")["host"] = std::string("m");
  EXPECT_FALSE(job("store.facts", sealed_bundle({c})));
  c.tables["service"].rows.pop_back();  // with the row of the machine itself
  EXPECT_TRUE(job("store.facts", sealed_bundle({c})));
}

TEST(Bundle, WellSealedNonsenseIsAnErrorNotACrash) {
  const KeyPair key = *key_pair_from_seed(std::string(32, 'k'));
  for (const std::string& inside : {std::string(), std::string("SQLite format 3"),
                                    std::string("SQLite format 3\0", 16) + std::string(2000, '\7'),
                                    std::string(5000, 'x')}) {
    EXPECT_FALSE(job("store.facts", *seal(inside, key))) << inside.size();
    EXPECT_FALSE(job("store.assessment", *seal(inside, key))) << inside.size();
  }
}

// A bundle whose collection_table says `name`, sealed as anybody can.
Result<Node> named_table(const std::string& name) {
  const Database db = *new_assessment_database(bundle_schema());
  EXPECT_TRUE(write_collection(db, bundle_schema(), machine("may-1", 10)));
  auto s = *db.prepare("update collection_table set table_name = ?1");
  EXPECT_TRUE(s.bind(1, name).run());
  return job("store.facts", *seal(*db.bytes(), *key_pair_from_seed(std::string(32, 'k'))));
}

TEST(Bundle, ATableNameIsNeverSql) {
  for (const char* name : {"host; drop table host", "host where 1=1 --", "\"host\"", "",
                           "no_such_table", "HOST"}) {
    const auto reply = named_table(name);
    ASSERT_FALSE(reply) << name;
    EXPECT_EQ(reply.error().code, err::facts_malformed) << name;
  }
}

TEST(Bundle, UndeclaredColumnsOfAStrangersBundleAreRefusedAtTheWriter) {
  const Database db = *new_assessment_database(bundle_schema());
  ASSERT_TRUE(db.execute("alter table host add column evil text"));
  ASSERT_TRUE(write_collection(db, bundle_schema(), machine("may-1", 10)));
  ASSERT_TRUE(db.execute("update host set evil = 'x'"));
  const auto read = read_bundle(db);
  ASSERT_TRUE(read);
  const Database own = *new_assessment_database(bundle_schema());
  EXPECT_FALSE(write_collection(own, bundle_schema(), read->at(0)));
}

}  // namespace
}  // namespace khien
