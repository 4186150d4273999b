// Stores copied into a folder. Everybody is invented.
#include "collect/browser_stores/browser_stores.h"

#include <gtest/gtest.h>

#include "base/file.h"
#include "collect/testing.h"

namespace khien {
namespace {

TEST(BrowserStores, AreCountedByMachineAndUser) {
  const auto folder = TempFolder::make();
  const auto put = [&](const std::string& path, const std::string& text) {
    std::filesystem::create_directories((folder->path() / path).parent_path());
    ASSERT_TRUE(write_file(folder->path() / path, text));
  };
  ReadingForTests reading;
  put("b/pc1/an/logins.json", "{\"logins\": [{\"hostname\": \"https://thu.sa.test\"},"
                              "{\"hostname\": \"https://bao.example\"}]}");
  put("b/pc1/binh/Login Data", "no database");
  put("b/pc1/binh/other.txt", "x");
  const auto out = collect_browser_stores(folder->path() / "b", "b", {"sa.test"}, reading.pool);
  ASSERT_TRUE(out) << to_string(out.error());
  const TableFacts& facts = out->tables.at("browser_credential");
  ASSERT_EQ(facts.rows.size(), 2U);
  EXPECT_EQ(to_text(facts.rows[0].at("login")) + to_text(facts.rows[0].at("saved_count")) +
                to_text(facts.rows[0].at("watched_count")), "an21");
  EXPECT_EQ(to_text(facts.rows[1].at("unread_reason")), "reason.host.store_damaged");
  EXPECT_EQ(facts.status, TableFacts::Status::partial);
  EXPECT_EQ(out->tables.at("host").rows.size(), 1U);
  const auto none = collect_browser_stores(folder->path() / "b/pc1/binh/other.txt", "b", {},
                                           reading.pool);
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, "K0406");
}

}  // namespace
}  // namespace khien
