// The schema and the one writer of facts: what is not declared never gets in, and not as NULL.
#include "store/facts.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "base/calendar.h"
#include "store/assessment.h"
#include "store/errors.h"

namespace khien {
namespace {

const FactSchema& facts_schema() {
  static const FactSchema schema = *FactSchema::load(*Content::open(built_in_content()));
  return schema;
}

// A collection with one host row of one value.
Collection one_value(const std::string& column, Value value) {
  Collection c;
  c.collector = "test";
  c.add("host")[column] = std::move(value);
  return c;
}

Result<std::int64_t> written(const Collection& c) {
  KHIEN_TRY(const Database db, new_assessment_database(facts_schema()));
  return write_collection(db, facts_schema(), c);
}

std::string code_of(const Collection& c) {
  const auto done = written(c);
  return done ? "" : done.error().code;
}

TEST(FactWriter, TakesEveryTypeAsDeclared) {
  EXPECT_EQ(code_of(one_value("os_name", std::string("Debian"))), "");
  EXPECT_EQ(code_of(one_value("reboot_required", std::int64_t{1})), "");
  EXPECT_EQ(code_of(one_value("package_count", std::int64_t{-3})), "");
  EXPECT_EQ(code_of(one_value("os_support_ends_on", std::string("2028-02-29"))), "");
  EXPECT_EQ(code_of(one_value("booted_at", std::int64_t{0})), "");
  EXPECT_EQ(code_of(one_value("booted_at_precision", std::string("day"))), "");
  EXPECT_EQ(code_of(one_value("os_name", Null{})), "");
}

TEST(FactWriter, RefusesAValueOfAnotherType) {
  EXPECT_EQ(code_of(one_value("os_name", std::int64_t{12})), err::fact_undeclared);
  EXPECT_EQ(code_of(one_value("reboot_required", std::int64_t{2})), err::fact_undeclared);
  EXPECT_EQ(code_of(one_value("reboot_required", std::string("1"))), err::fact_undeclared);
  EXPECT_EQ(code_of(one_value("package_count", 3.0)), err::fact_undeclared);
  EXPECT_EQ(code_of(one_value("os_support_ends_on", std::string("2027-02-29"))),
            err::fact_undeclared);
  EXPECT_EQ(code_of(one_value("booted_at", std::string("2026-11-21"))), err::fact_undeclared);
  EXPECT_EQ(code_of(one_value("booted_at_precision", std::string("hour"))), err::fact_undeclared);
}

TEST(FactWriter, RefusesUndeclaredTablesColumnsAndGaps) {
  EXPECT_EQ(code_of(one_value("os_nmae", std::string("x"))), err::fact_undeclared);
  EXPECT_EQ(code_of(one_value("fact_id", std::int64_t{7})), err::fact_undeclared);
  EXPECT_EQ(code_of(one_value("os_name_precision", std::string("ms"))), err::fact_undeclared);
  Collection c;
  c.collector = "test";
  c.tables["no_such_table"];
  EXPECT_EQ(code_of(c), err::fact_undeclared);
  Collection gap;
  gap.collector = "test";
  gap.tables["host"].gaps["os_nmae"] = "reason.value_missing";
  const auto done = written(gap);
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().args.at("column"), "os_nmae");
}

TEST(FactWriter, AnInstantIsOfMillisecondsUnlessItSaysDay) {
  const Database db = *new_assessment_database(facts_schema());
  Collection c = one_value("booted_at", std::int64_t{5});
  Row& day = c.add("host");
  day["booted_at"] = std::int64_t{6};
  day["booted_at_precision"] = std::string("day");
  c.add("host")["os_name"] = std::string("x");
  ASSERT_TRUE(write_collection(db, facts_schema(), c));
  EXPECT_EQ(to_text(*db.one("select group_concat(coalesce(booted_at_precision, '-'), ' ')"
                            " from host")),
            "ms day -");
}

TEST(FactWriter, EveryCollectionKeepsItsStateAndGaps) {
  const Database db = *new_assessment_database(facts_schema());
  Collection c = one_value("os_name", std::string("x"));
  c.mark("account", TableFacts::Status::missing, "reason.no_permission", "/etc/shadow");
  c.tables["host"].status = TableFacts::Status::partial;
  c.tables["host"].gaps["kernel"] = "reason.value_missing";
  ASSERT_EQ(*write_collection(db, facts_schema(), c), 1);
  ASSERT_EQ(*write_collection(db, facts_schema(), one_value("os_name", std::string("y"))), 2);
  const auto ask = [&](const char* sql) { return to_text(*db.one(sql)); };
  EXPECT_EQ(ask("select status || ' ' || reason || ' ' || detail from collection_table"
                " where table_name = 'account'"),
            "missing reason.no_permission /etc/shadow");
  EXPECT_EQ(ask("select status || gaps from collection_table where table_name = 'host'"),
            "partial{\"kernel\":\"reason.value_missing\"}");
  EXPECT_EQ(ask("select os_name from host where collection_id = 2"), "y");
}

TEST(FactNode, ACollectionSurvivesBeingANode) {
  Collection c = one_value("os_name", std::string("Hệ mẫu"));
  c.add("host")["package_count"] = std::int64_t{7};
  c.host = "may-1";
  c.finished_at = 99;
  c.mark("account", TableFacts::Status::partial, "reason.x", "d");
  c.tables["host"].gaps["kernel"] = "reason.y";
  const Node node = to_node(c);
  const auto again = collection_from(*unpack(pack(node)));
  ASSERT_TRUE(again);
  EXPECT_EQ(to_json(to_node(*again)), to_json(node));
  EXPECT_EQ(again->tables.at("host").rows.size(), 2U);
  EXPECT_EQ(again->tables.at("account").status, TableFacts::Status::partial);
}

TEST(FactNode, AMalformedNodeIsRefused) {
  for (const char* json :
       {"null", "[]", "{}", R"({"collector":"x"})", R"({"collector":"","tables":{}})",
        R"({"collector":"x","tables":[]})", R"({"collector":"x","tables":{"host":{}}})",
        R"({"collector":"x","tables":{"host":{"status":"done"}}})",
        R"({"collector":"x","tables":{"host":{"status":"complete","columns":["a"],"rows":[[]]}}})",
        R"({"collector":"x","tables":{"host":{"status":"complete","rows":[[1]]}}})"}) {
    EXPECT_FALSE(collection_from(*parse_json(json, "t"))) << json;
  }
}

std::string schema_code(const std::string& text, const std::string& name = "t") {
  const std::filesystem::path folder =
      std::filesystem::path(::testing::TempDir()) / "khien_store_schema";
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder / "facts");
  std::ofstream(folder / "facts" / (name + ".yaml")) << text;
  const auto blob = pack_content(folder);
  std::filesystem::remove_all(folder);
  if (!blob) return blob.error().code;
  const auto schema = FactSchema::load(*Content::open(*blob));
  return schema ? "" : schema.error().code;
}

std::string table_of(const std::string& columns) {
  return "table: t\nsince: \"0.1\"\nvi: v\nabout: a\ncolumns:\n" + columns;
}

TEST(FactSchemaFile, NamesAndTypesMustFit) {
  const auto column = [](const char* name, const char* type) {
    return schema_code(table_of(std::string("  - {name: ") + name + ", type: " + type +
                                ", vi: v, about: a}\n"));
  };
  EXPECT_EQ(column("size", "integer"), "");
  EXPECT_EQ(column("seen_at", "instant"), "");
  EXPECT_EQ(column("seen_on", "date"), "");
  EXPECT_NE(column("seen", "instant"), "");
  EXPECT_NE(column("seen_at", "integer"), "");
  EXPECT_NE(column("seen", "date"), "");
  EXPECT_NE(column("fact_id", "integer"), "");
  EXPECT_NE(column("Size", "integer"), "");
  EXPECT_NE(column("size", "number"), "");
  EXPECT_NE(schema_code(table_of("  - {name: a, type: text, vi: v, about: a}\n"
                                 "  - {name: a, type: text, vi: v, about: a}\n")),
            "");
  EXPECT_NE(schema_code(table_of(""), "other"), "");
}

TEST(FactSchemaFile, TheProjectsTablesMakeADatabase) {
  EXPECT_TRUE(new_assessment_database(facts_schema()));
  EXPECT_NE(facts_schema().find("account"), nullptr);
  EXPECT_TRUE(facts_schema().find("account")->find("login")->personal);
}

}  // namespace
}  // namespace khien
