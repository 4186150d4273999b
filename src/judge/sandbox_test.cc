// What a control's SQL may and may not do.
#include "judge/sandbox.h"

#include <gtest/gtest.h>

#include "base/calendar.h"
#include "base/limits.h"
#include "judge/errors.h"

namespace khien {
namespace {

struct SandboxTest : ::testing::Test {
  void SetUp() override {
    ASSERT_TRUE(db);
    ASSERT_TRUE(db->execute("create table thing (a integer, b text);"
                            "insert into thing values (1, 'x'), (2, 'y');"
                            "create table secret (s text); insert into secret values ('k');"
                            "create view peep as select s from secret"));
  }
  // The first column of the first row, or the error code.
  std::string ask(const std::string& sql,
                  const std::vector<std::pair<std::string, Value>>& binds = {}) {
    auto sandbox = Sandbox::enter(*db, {"thing"});
    if (!sandbox) return sandbox.error().code;
    std::string out = "(none)";
    const Done done = sandbox->query("t.x", sql, binds, [&](Statement& s) {
      if (out == "(none)") out = s.is_null(0) ? "null" : s.text(0);
      return Done{};
    });
    return done ? out : done.error().code;
  }
  Result<Database> db = Database::in_memory();
};

TEST_F(SandboxTest, ReadsTheFactTablesItIsGiven) {
  EXPECT_EQ(ask("select sum(a) from thing"), "3");
  EXPECT_EQ(ask("select count(*) from thing"), "2");
  EXPECT_EQ(ask("with t as (select a from thing) select max(a) from t"), "2");
  EXPECT_EQ(ask("with t as (select a from thing) select count(*) from t"), "2");
  EXPECT_EQ(ask("select a from thing union all select 9 order by 1 desc"), "9");
  EXPECT_EQ(ask("select value from json_each('[7,8]') order by value desc"), "8");
  EXPECT_EQ(ask("select row_number() over (order by a desc) from thing"), "1");
}

TEST_F(SandboxTest, EverythingElseIsDenied) {
  for (const char* sql : {
           "select name from sqlite_master", "select count(*) from sqlite_master",
           "select sql from sqlite_schema", "select name from sqlite_temp_master",
           "select s from secret", "select count(*) from secret", "select s from peep",
           "select (select s from secret) from thing", "select rowid from secret",
           "attach database '/tmp/x' as x", "detach database main", "pragma table_info(thing)",
           "select * from pragma_table_info('thing')", "select * from pragma_database_list",
           "delete from thing", "update thing set a = 1", "insert into thing values (3, 'z')",
           "create table t (a)", "create temp table t (a)", "drop table thing", "vacuum",
           "begin", "commit", "savepoint s", "reindex", "analyze",
           "select date('now')", "select datetime('now')", "select julianday('2020-01-01')",
           "select strftime('%Y', 'now')", "select unixepoch()", "select time('now')",
           "select current_timestamp", "select current_date", "select current_time",
           "select random()", "select randomblob(4)", "select load_extension('x')",
           "select sqlite_version()", "select changes()", "select last_insert_rowid()",
           "select zeroblob(4)", "select hex(b) from thing", "select lower(b) from thing",
           "select b like 'x' from thing", "select b glob 'x' from thing",
           "select fts3_tokenizer('simple')", "select json_remove('{}', '$.a')",
           "select * from json_tree('[1]')", "select * from generate_series(1, 3)",
           "select 1; select 2", "select 1; drop table thing", "", "nonsense"}) {
    const std::string got = ask(sql);
    EXPECT_EQ(got, err::control_sql) << sql;
  }
  EXPECT_EQ(to_text(*db->one("select count(*) from thing")), "2");
}

TEST_F(SandboxTest, AnUnboundParameterIsAnErrorNeverNull) {
  EXPECT_EQ(ask("select :limit"), err::control_sql);
  EXPECT_EQ(ask("select :limit", {{"limit", std::int64_t{5}}}), "5");
  EXPECT_EQ(ask("select a from thing where a = :a", {{"a", std::int64_t{2}}, {"b", Null{}}}), "2");
}

TEST_F(SandboxTest, CalendarFunctionsWorkOnLocalDaysAndClamp) {
  const auto at = [](int y, int m, int d) {
    return std::to_string(start_of_day_ms({y, m, d}));
  };
  EXPECT_EQ(ask("select add_period(day_start('2023-11-30'), 'P3M')"), at(2024, 2, 29));
  EXPECT_EQ(ask("select add_period(day_start('2022-11-30'), 'P3M')"), at(2023, 2, 28));
  EXPECT_EQ(ask("select add_period(null, 'P3M')"), "null");
  EXPECT_EQ(ask("select add_period(0, '3 months')"), err::control_sql);
  EXPECT_EQ(ask("select day_end('2026-11-21') - day_start('2026-11-21')"), "86399999");
  EXPECT_EQ(ask("select day_start('21/11/2026')"), err::control_sql);
  // 16:59 and 17:00 UTC are two days in Vietnam.
  EXPECT_EQ(ask("select days_between(day_end('2026-11-20'), day_start('2026-11-21'))"), "1");
  EXPECT_EQ(ask("select days_between(day_start('2026-11-21'), day_end('2026-11-21'))"), "0");
}

TEST_F(SandboxTest, VietnameseIsComparedFolded) {
  EXPECT_EQ(ask("select fold_vi('XOÁ') = fold_vi('xóa')"), "1");
  EXPECT_EQ(ask("select skeleton_vi('Đổi mật khẩu')"), "doi mat khau");
  EXPECT_EQ(ask("select glob_vi('*văn thư*', 'VĂN THƯ cơ quan')"), "1");
  EXPECT_EQ(ask("select glob_vi('*văn thư*', 'vẫn thử')"), "0");
  EXPECT_EQ(ask("select glob_vi('*', null)"), "null");
}

TEST_F(SandboxTest, ClassesMissingCountsAndKeepsTheUnknown) {
  EXPECT_EQ(ask("select classes_missing('[\"digit\",\"special\"]', 1, 0, 0, 0, 1)"), "0");
  EXPECT_EQ(ask("select classes_missing('[\"digit\",\"special\"]', 0, 0, 0, 0, 0)"), "2");
  EXPECT_EQ(ask("select classes_missing('[\"digit\"]', null, 1, 1, 1, 1)"), "null");
  EXPECT_EQ(ask("select classes_missing('[\"emoji\"]', 1, 1, 1, 1, 1)"), err::control_sql);
  EXPECT_EQ(ask("select classes_missing('no list', 1, 1, 1, 1, 1)"), err::control_sql);
}

TEST_F(SandboxTest, EndlessRecursionStopsBySteps) {
  EXPECT_EQ(ask("with recursive r(n) as (select 1 union all select n + 1 from r)"
                " select max(n) from r"),
            err::control_limit);
}

TEST_F(SandboxTest, HugeTextIsRefused) {
  EXPECT_EQ(ask("select length(printf('%.*c', 1000000, 'x'))"), "1000000");
  EXPECT_EQ(ask("select length(printf('%.*c', 2000000, 'x'))"), "null");  // SQLite's own way
  EXPECT_EQ(ask("select length(replace(printf('%.*c', 100000, 'x'), 'x', 'xxxxxxxxxxxxxxxxxxxx'))"),
            err::control_sql);
}

TEST_F(SandboxTest, RowsStopOneBeyondTheLimit) {
  const auto rows = [&](std::size_t n) {
    return ask("with recursive r(n) as (select 1 union all select n + 1 from r where n < " +
               std::to_string(n) + ") select n from r");
  };
  EXPECT_EQ(rows(limits::control_rows), "1");
  EXPECT_EQ(rows(limits::control_rows + 1), err::control_limit);
}

TEST_F(SandboxTest, AfterItTheOwnerMayWriteAgain) {
  EXPECT_EQ(ask("select 1"), "1");
  EXPECT_TRUE(db->execute("insert into thing values (3, 'z')"));
  EXPECT_EQ(to_text(*db->one("select count(*) from secret")), "1");
}

}  // namespace
}  // namespace khien
