#include <gtest/gtest.h>

#include <filesystem>

#include "base/file.h"
#include "base/sqlite.h"
#include "format/browser_store/errors.h"
#include "format/browser_store/store.h"

namespace khien::browser_store {
namespace {

constexpr const char* kTable =
    "create table logins (origin_url text, username_value text, password_value blob,"
    " blacklisted_by_user integer);";

Result<Node> count_chromium(std::string_view packed, const Node& args = Node::map()) {
  return read_chromium({packed, "Login Data", args});
}

Result<Node> count_firefox(std::string_view bytes, const Node& args = Node::map()) {
  return read_firefox({bytes, "logins.json", args});
}

std::string database_with(const std::string& sql) {
  const Database db = Database::in_memory().value();
  EXPECT_TRUE(db.execute(sql));
  return db.bytes().value();
}

TEST(BrowserStore, CountsSavedButNotRefusedSites) {
  const std::string db = database_with(
      std::string(kTable) +
      "insert into logins values ('https://a.example', 'u', x'00', 0), ('https://b.example', 'u',"
      " x'00', 0), ('https://c.example', '', '', 1)");
  const auto counts = count_chromium(pack_store(db, ""));
  ASSERT_TRUE(counts) << to_string(counts.error());
  EXPECT_EQ((*counts)["saved"].integer(), 2);
  EXPECT_EQ((*counts)["watched"].integer(), 0);
}

TEST(BrowserStore, NamesOnlyTheDomainsAskedFor) {
  const std::string db = database_with(
      std::string(kTable) +
      "insert into logins values ('https://mail.tinh.example/x', 'u', x'00', 0),"
      " ('https://khongphaitinh.example', 'u', x'00', 0),"
      " ('https://rieng.example', 'u', x'00', 0)");
  const Node args = Node::map({{"domains", Node::list_of({"TINH.example", "khac.example"})}});
  const auto counts = count_chromium(pack_store(db, ""), args);
  ASSERT_TRUE(counts);
  EXPECT_EQ((*counts)["watched"].integer(), 1);
  EXPECT_EQ((*counts)["domains"].texts(), std::vector<std::string>{"tinh.example"});
  EXPECT_EQ(to_json(*counts).find("rieng"), std::string::npos);
}

struct LoggedStore {
  std::string database, log;
};

// A database with 1 saved row written back and 2 more in its log, the last one uncommitted or not.
LoggedStore logged_store() {
  const TempFolder folder = TempFolder::make().value();
  const auto path = folder.path() / "Login Data";
  const Database db = Database::open(path, Database::Mode::create).value();
  EXPECT_TRUE(db.execute(std::string(kTable) +
                         "insert into logins values ('https://a.example', 'u', x'00', 0);"
                         "pragma journal_mode=wal; pragma wal_autocheckpoint=0;"));
  EXPECT_TRUE(db.execute("insert into logins values ('https://b.example', 'u', x'00', 0)"));
  EXPECT_TRUE(db.execute("insert into logins values ('https://c.example', 'u', x'00', 0)"));
  return {read_file(path, 1 << 24).value(),
          read_file(path.string() + "-wal", 1 << 24).value()};
}

TEST(BrowserStore, AppliesTheLogUpToTheLastWholeTransaction) {
  const LoggedStore s = logged_store();
  const auto saved = [&](std::string_view log) {
    const auto counts = count_chromium(pack_store(s.database, log));
    return counts ? (*counts)["saved"].integer() : -1;
  };
  EXPECT_EQ(saved(s.log), 3);
  EXPECT_EQ(saved(""), 1);
  EXPECT_EQ(saved(std::string_view(s.log).substr(0, s.log.size() - 1)), 2);  // last frame cut
  std::string flipped = s.log;
  flipped[flipped.size() - 1] ^= 1;  // the last frame's checksum no longer holds
  EXPECT_EQ(saved(flipped), 2);
  std::string stale = s.log;
  stale[16] ^= 1;  // another salt: the log belongs to an older database
  EXPECT_EQ(saved(stale), 1);
}

TEST(BrowserStore, GivesACodeForEveryCutOfADatabase) {
  const LoggedStore s = logged_store();
  const std::string packed = pack_store(s.database, "");
  for (std::size_t size = 0; size < packed.size(); size += 97) {
    const auto counts = count_chromium(std::string_view(packed).substr(0, size));
    ASSERT_FALSE(counts) << size;
    EXPECT_TRUE(counts.error().code == err::browser_store_malformed ||
                counts.error().code == "K0020")
        << to_string(counts.error());
  }
}

TEST(BrowserStore, RefusesADatabaseWithoutAPasswordTable) {
  const auto counts = count_chromium(pack_store(database_with("create table x (a)"), ""));
  ASSERT_FALSE(counts);
  EXPECT_EQ(counts.error().code, err::browser_store_unknown);
  const std::string view = database_with("create view logins as select 1 as origin_url");
  EXPECT_EQ(count_chromium(pack_store(view, "")).error().code, err::browser_store_unknown);
}

TEST(BrowserStore, CountsFirefoxLoginsWithoutDeletedOnes) {
  const auto counts = count_firefox(
      R"({"logins":[{"hostname":"https://a.example"},)"
      R"({"hostname":"https://b.example","deleted":true},)"
      R"({"hostname":"https://mail.tinh.example"}],"version":3})",
      Node::map({{"domains", Node::list_of({"tinh.example"})}}));
  ASSERT_TRUE(counts);
  EXPECT_EQ((*counts)["saved"].integer(), 2);
  EXPECT_EQ((*counts)["watched"].integer(), 1);
}

TEST(BrowserStore, RefusesJsonThatIsNoStore) {
  EXPECT_EQ(count_firefox("{").error().code, err::browser_store_malformed);
  EXPECT_EQ(count_firefox("[]").error().code, err::browser_store_unknown);
  EXPECT_EQ(count_firefox(R"({"logins":7})").error().code, err::browser_store_unknown);
  EXPECT_EQ(count_firefox(std::string(100'000, '[')).error().code, err::browser_store_malformed);
}

TEST(BrowserStore, FindsTheHostInAnyUrl) {
  EXPECT_EQ(host_of("https://User@Mail.Co.Example:8443/x?y#z"), "mail.co.example");
  EXPECT_EQ(host_of("android://hash@com.app/"), "com.app");
  EXPECT_EQ(host_of("mail.example"), "mail.example");
  EXPECT_EQ(host_of(""), "");
}

}  // namespace
}  // namespace khien::browser_store
