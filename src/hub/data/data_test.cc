#include <gtest/gtest.h>

#include "base/testing.h"
#include "hub/data/agency.h"
#include "hub/data/audit.h"
#include "hub/data/data.h"
#include "hub/data/file_store.h"
#include "hub/data/migrate.h"
#include "hub/data/user.h"
#include "base/hash.h"

namespace khien::hub {
namespace {

const Content& packed() {
  static const auto content = Content::open(built_in_content());
  return *content;
}

struct Opened {
  TempFolder folder = std::move(*TempFolder::make());
  FixedClock clock{1'764'547'200'000};
  std::unique_ptr<Data> data = std::move(*Data::open(folder.path() / "d", packed(), clock));
  Act act() {
    Act out;
    out.action = "test.change";
    out.what = "tests";
    return out;
  }
};

TEST(Data, a_folder_is_private_and_held_by_one_program) {
  Opened it;
  namespace fs = std::filesystem;
  EXPECT_EQ(fs::status(it.folder.path() / "d").permissions() & fs::perms::all,
            fs::perms::owner_all);
  EXPECT_EQ(fs::status(it.folder.path() / "d" / "hub.db").permissions() & fs::perms::all,
            fs::perms::owner_read | fs::perms::owner_write);
  const auto second = Data::open(it.folder.path() / "d", packed(), it.clock);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, "K1317");
  EXPECT_TRUE(Data::open(it.folder.path() / "d", packed(), it.clock, Data::Lock::shared));
}

TEST(Data, a_change_that_fails_leaves_nothing_and_no_audit_row) {
  Opened it;
  const auto failed = it.data->change(it.act(), [](const Database& db, Act&) -> Done {
    KHIEN_DO(db.execute("insert into agency(name) values('Sở A')"));
    return fail("K1300", "");
  });
  EXPECT_FALSE(failed);
  const auto db = it.data->read();
  EXPECT_EQ(to_text(*(*db)->one("select count(*) from agency")), "0");
  EXPECT_EQ(to_text(*(*db)->one("select count(*) from audit")), "0");
}

TEST(Data, a_change_within_a_change_is_an_error_and_not_a_lock) {
  Opened it;
  const auto outer = it.data->change(it.act(), [&](const Database&, Act&) -> Done {
    return it.data->change(it.act(), [](const Database&, Act&) { return Done{}; });
  });
  ASSERT_FALSE(outer);
  EXPECT_EQ(outer.error().code, "K1325");
  EXPECT_TRUE(it.data->change(it.act(), [](const Database&, Act&) { return Done{}; }));
}

TEST(Data, a_full_disk_is_told_and_loses_nothing) {
  Opened it;
  const auto fill = [&](std::size_t bytes) {
    return it.data->change(it.act(), [&](const Database& db, Act&) -> Done {
      KHIEN_TRY(Statement s, db.prepare("insert into agency(name) values(?1)"));
      return s.bind(1, std::string(bytes, 'x')).run();
    });
  };
  ASSERT_TRUE(fill(10));
  ASSERT_TRUE(it.data->touch([](const Database& db) -> Done {
    KHIEN_TRY(const Value pages, db.one("pragma page_count"));
    return db.execute("pragma max_page_count = " + to_text(pages));
  }));
  const auto full = fill(std::size_t{1} << 20);
  ASSERT_FALSE(full);
  EXPECT_EQ(full.error().code, "K1310");
  ASSERT_TRUE(it.data->touch([](const Database& db) {
    return db.execute("pragma max_page_count = 1000000");
  }));
  EXPECT_TRUE(fill(20));
  const auto db = it.data->read();
  EXPECT_EQ(to_text(*(*db)->one("select count(*) from agency")), "2");
  EXPECT_EQ(verify_audit(**db, "")->rows, 2);
}

TEST(Data, readers_see_what_was_committed_while_a_change_runs) {
  Opened it;
  const auto done = it.data->change(it.act(), [&](const Database& db, Act&) -> Done {
    KHIEN_DO(db.execute("insert into agency(name) values('Sở A')"));
    KHIEN_TRY(const Data::Reading other, it.data->read());
    KHIEN_TRY(const Value seen, other->one("select count(*) from agency"));
    EXPECT_EQ(to_text(seen), "0");
    return {};
  });
  ASSERT_TRUE(done);
}

TEST(Audit, a_row_changed_taken_out_or_put_in_breaks_the_chain) {
  for (const char* harm :
       {"update audit set login = 'x' where id = 2", "delete from audit where id = 2",
        "insert into audit select 4, at, user_id, login, remote, action, what, what_id, detail,"
        " hash from audit where id = 3"}) {
    Opened it;
    std::string head;
    for (int i = 0; i < 3; ++i) {
      ASSERT_TRUE(it.data->change(it.act(), [](const Database&, Act&) { return Done{}; }));
    }
    head = verify_audit(**it.data->read(), "")->head;
    const Done refused = it.data->touch([&](const Database& db) { return db.execute(harm); });
    EXPECT_EQ(refused.has_value(), std::string_view(harm).starts_with("insert")) << harm;
    ASSERT_TRUE(it.data->touch([&](const Database& db) -> Done {
      KHIEN_DO(db.execute("drop trigger audit_stays; drop trigger audit_remains"));
      if (refused) return {};
      return db.execute(harm);
    }));
    const auto verdict = verify_audit(**it.data->read(), head);
    ASSERT_TRUE(verdict);
    EXPECT_NE(verdict->broken_id, 0) << harm;
  }
}

TEST(Audit, an_end_that_was_cut_off_shows_against_a_noted_head) {
  Opened it;
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(it.data->change(it.act(), [](const Database&, Act&) { return Done{}; }));
  }
  const std::string head = verify_audit(**it.data->read(), "")->head;
  EXPECT_TRUE(verify_audit(**it.data->read(), head)->holds(head));
  ASSERT_TRUE(it.data->touch([](const Database& db) {
    return db.execute("drop trigger audit_remains; delete from audit where id = 3");
  }));
  const auto cut = verify_audit(**it.data->read(), head);
  EXPECT_EQ(cut->broken_id, 0);
  EXPECT_FALSE(cut->holds(head));
}

// A schema of our own making, in a folder laid over the content.
struct Schema {
  TempFolder folder = std::move(*TempFolder::make());
  Database db = std::move(*Database::open(folder.path() / "x.db", Database::Mode::create));
  void write(const char* name, const char* sql) {
    ASSERT_TRUE(make_folder(folder.path() / "content" / "schema"));
    ASSERT_TRUE(write_file(folder.path() / "content" / "schema" / name, sql));
  }
  Done run() {
    const std::string blob = *pack_content(folder.path() / "content");
    const auto opened = Content::open(blob);
    return migrate(db, *opened, 1, folder.path());
  }
};

TEST(Migrate, a_step_that_fails_takes_all_new_ones_back_and_a_copy_was_kept) {
  Schema it;
  it.write("0001_a.sql", "create table a(x); insert into a values(7);");
  ASSERT_TRUE(it.run());
  it.write("0002_b.sql", "create table b(x);");
  it.write("0003_c.sql", "create table b(x);");
  const Done failed = it.run();
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().code, "K1319");
  EXPECT_EQ(failed.error().place, "0003_c");
  EXPECT_FALSE(it.db.has_table("b"));
  EXPECT_TRUE(std::filesystem::exists(it.folder.path() / "before-0002_b-1.db"));
}

TEST(Migrate, a_database_of_a_newer_or_another_program_is_refused) {
  Schema it;
  it.write("0001_a.sql", "create table a(x);");
  it.write("0002_b.sql", "create table b(x);");
  ASSERT_TRUE(it.run());
  ASSERT_TRUE(it.run());  // nothing to do
  it.write("0001_a.sql", "create table a(y);");
  EXPECT_EQ(it.run().error().code, "K1318");
  it.write("0001_a.sql", "create table a(x);");
  std::filesystem::remove(it.folder.path() / "content" / "schema" / "0002_b.sql");
  const Done newer = it.run();
  ASSERT_FALSE(newer);
  EXPECT_EQ(newer.error().args.at("name"), "0002_b");
}

TEST(Agency, who_is_below_whom_follows_the_tree) {
  Opened it;
  ASSERT_TRUE(it.data->touch([](const Database& db) {
    return db.execute("insert into agency(id, name, parent_id) values(1, 'a', null), (2, 'b', 1),"
                      " (3, 'c', 2), (4, 'd', 1)");
  }));
  const auto db = it.data->read();
  EXPECT_TRUE(*is_below(**db, 3, 1));
  EXPECT_TRUE(*is_below(**db, 3, 3));
  EXPECT_FALSE(*is_below(**db, 4, 2));
  EXPECT_FALSE(*is_below(**db, 1, 2));
  EXPECT_FALSE(*is_below(**db, 99, 1));
}

TEST(FileStore, the_same_content_twice_is_one_file_under_its_digest) {
  Opened it;
  const auto folder = it.data->folder();
  for (const char* name : {"one", "two"}) {
    const auto path = folder / "upload" / name;
    ASSERT_TRUE(write_file(path, "văn bản"));
    const Upload upload{path, 9, sha256_hex("văn bản")};
    ASSERT_TRUE(keep_upload(folder, upload));
    EXPECT_FALSE(std::filesystem::exists(path));
  }
  EXPECT_EQ(*read_file(kept_path(folder, sha256_hex("văn bản")), 100), "văn bản");
}

}  // namespace
}  // namespace khien::hub
