// The thin layer over SQLite: values, one statement at a time, images from elsewhere.
#include "base/sqlite.h"

#include <gtest/gtest.h>

#include "base/file.h"

namespace khien {
namespace {

Database sample() {
  auto db = Database::in_memory();
  EXPECT_TRUE(db->execute("create table t (id integer primary key, name text, weight real);"
                          "insert into t (name, weight) values ('một', 1.5), (null, null)"));
  return std::move(*db);
}

TEST(Sqlite, values_go_in_and_come_out_with_their_type) {
  const Database db = sample();
  auto s = db.prepare("select ?1, :text, ?3, ?4");
  ASSERT_TRUE(s) << to_string(s.error());
  s->bind(1, std::int64_t{-5}).bind(":text", std::string("a\0đ", 4)).bind(3, 0.25).bind(4, Null{});
  s->bind(":unknown", std::int64_t{1});
  ASSERT_TRUE(*s->step());
  EXPECT_EQ(std::get<std::int64_t>(s->value(0)), -5);
  EXPECT_EQ(std::get<std::string>(s->value(1)), std::string("a\0đ", 4));
  EXPECT_EQ(std::get<double>(s->value(2)), 0.25);
  EXPECT_TRUE(std::holds_alternative<Null>(s->value(3)));
  EXPECT_TRUE(s->is_null(3));
  EXPECT_FALSE(*s->step());
}

TEST(Sqlite, columns_are_found_by_name) {
  const Database db = sample();
  auto s = db.prepare("select id, name as subject from t order by id");
  ASSERT_TRUE(s);
  EXPECT_EQ(s->columns(), 2);
  EXPECT_EQ(s->name(1), "subject");
  EXPECT_EQ(s->find("subject"), 1);
  EXPECT_EQ(s->find("absent"), -1);
  ASSERT_TRUE(*s->step());
  EXPECT_EQ(s->integer(0), 1);
  EXPECT_EQ(s->text(1), "một");
  ASSERT_TRUE(*s->step());
  EXPECT_EQ(s->text(1), "");
}

TEST(Sqlite, takes_one_statement_at_a_time) {
  const Database db = sample();
  EXPECT_TRUE(db.prepare("select 1; "));
  EXPECT_FALSE(db.prepare("select 1; drop table t"));
  EXPECT_FALSE(db.prepare(""));
  EXPECT_FALSE(db.prepare("-- nothing"));
  const auto bad = db.prepare("select from");
  ASSERT_FALSE(bad);
  EXPECT_EQ(bad.error().code, "K0020");
}

TEST(Sqlite, lists_parameters_and_knows_what_writes) {
  const Database db = sample();
  auto s = db.prepare("select * from t where name = :name and weight < :max");
  ASSERT_TRUE(s);
  EXPECT_EQ(s->parameters(), (std::vector<std::string>{"name", "max"}));
  EXPECT_TRUE(s->is_readonly());
  EXPECT_FALSE(db.prepare("delete from t")->is_readonly());
}

TEST(Sqlite, a_statement_can_run_many_times) {
  const Database db = sample();
  auto s = db.prepare("insert into t (name) values (?1)");
  ASSERT_TRUE(s);
  for (const char* name : {"hai", "ba"}) ASSERT_TRUE(s->bind(1, std::string(name)).run());
  EXPECT_EQ(db.last_rowid(), 4);
  EXPECT_EQ(to_text(*db.one("select count(*) from t where name is not null")), "3");
  auto twice = db.prepare("insert into t (id) values (1)");
  EXPECT_FALSE(twice->run());
}

TEST(Sqlite, one_gives_the_first_value_or_null) {
  const Database db = sample();
  EXPECT_EQ(to_text(*db.one("select name from t where id = ?1", {std::int64_t{1}})), "một");
  EXPECT_TRUE(std::holds_alternative<Null>(*db.one("select name from t where id = 99")));
  EXPECT_FALSE(db.one("select nothing from t"));
  EXPECT_TRUE(db.has_table("t"));
  EXPECT_FALSE(db.has_table("u"));
}

TEST(Sqlite, an_image_can_be_read_but_not_written) {
  const auto image = sample().bytes();
  ASSERT_TRUE(image);
  const auto db = Database::from_bytes(*image);
  ASSERT_TRUE(db);
  EXPECT_EQ(to_text(*db->one("select count(*) from t")), "2");
  EXPECT_FALSE(db->execute("insert into t (name) values ('x')"));
}

TEST(Sqlite, a_damaged_image_is_an_error_not_a_crash) {
  const auto image = sample().bytes();
  ASSERT_TRUE(image);
  for (const std::string& bytes : {std::string("no database at all"), std::string(4096, '\xFF'),
                                   std::string(), image->substr(0, 700)}) {
    auto db = Database::from_bytes(bytes);
    EXPECT_TRUE(!db || !db->one("select count(*) from t").has_value());
  }
  for (std::size_t i = 16; i < image->size(); i += 7) {
    std::string bad = *image;
    bad[i] = static_cast<char>(bad[i] ^ 0x55);
    if (auto db = Database::from_bytes(bad)) static_cast<void>(db->one("select sum(id) from t"));
  }
}

TEST(Sqlite, opens_files_in_the_mode_asked_for) {
  auto folder = TempFolder::make();
  ASSERT_TRUE(folder);
  const auto path = folder->path() / "a.khien";
  EXPECT_FALSE(Database::open(path, Database::Mode::read_only));
  EXPECT_FALSE(Database::open(path, Database::Mode::read_write));
  {
    auto made = Database::open(path, Database::Mode::create);
    ASSERT_TRUE(made);
    ASSERT_TRUE(made->execute("create table t (a)"));
  }
  auto read = Database::open(path, Database::Mode::read_only);
  ASSERT_TRUE(read);
  EXPECT_TRUE(read->has_table("t"));
  EXPECT_FALSE(read->execute("insert into t values (1)"));
}

}  // namespace
}  // namespace khien
