// Names as programs write them, servers of the one agency, exports that contradict each other.
// Everybody is invented.
#include <gtest/gtest.h>

#include "people/join.h"

namespace khien {
namespace {

const Lexicon& words() {
  static const Lexicon out = [] {
    const auto content = Content::open(built_in_content());
    return std::move(*Lexicon::load(*content));
  }();
  return out;
}

Collection of(const char* table, std::vector<Row> rows, const std::string& source = "",
              const std::string& collector = "") {
  Collection c;
  c.source = source.empty() ? table : source;
  c.collector = collector;
  c.tables[table].rows = std::move(rows);
  return c;
}

Row person(const std::string& key, const std::string& name, const std::string& agency = "") {
  Row row = {{"staff_key", key}, {"full_name", name}};
  if (!agency.empty()) row["agency"] = agency;
  return row;
}

Row account(const std::string& login, const std::string& name) {
  return {{"scope", std::string("application")}, {"app", std::string("App")}, {"login", login},
          {"account_key", "App:" + login}, {"display_name", name}};
}

// "P1 name" of each account.
std::vector<std::string> joined(std::vector<Row> accounts, std::vector<Row> people,
                                const std::string& collector = "") {
  std::vector<Collection> all = {of("staff", std::move(people)),
                                 of("account", std::move(accounts), "a.csv", collector)};
  join_staff(all, words(), {});
  std::vector<std::string> out;
  for (const Row& row : all[1].tables.at("account").rows) {
    out.push_back(text_of(row, "staff_key") + " " + text_of(row, "join_basis"));
  }
  return out;
}

using Told = std::vector<std::string>;

TEST(NamesOfAccounts, WithUnitsTitlesAndTheGivenNameFirstAreOnePerson) {
  EXPECT_EQ(joined({account("u1", "Lý Thị Mẫu (VP)"), account("u2", "Bà Lý Thị Mẫu"),
                    account("u3", "Lý Thị Mẫu - Văn thư"), account("u4", "Mẫu Lý Thị"),
                    account("u5", "Lý T. Mẫu"), account("u6", "Lý Văn Khác")},
                   {person("P1", "Lý Thị Mẫu"), person("P2", "Trần Văn Thử")}),
            (Told{"P1 name", "P1 name", "P1 name", "P1 name", " several", " none"}));
}

TEST(NamesOfAccounts, TwoPeopleOfTheSameWordsStayTwo) {
  EXPECT_EQ(joined({account("u1", "Hạnh Lý Mỹ")},
                   {person("P1", "Lý Mỹ Hạnh"), person("P2", "Mỹ Lý Hạnh")}),
            (Told{" several"}));
}

TEST(ServersOfAnAgency, JoinItsStaffWhereItIsTheOnlyOne) {
  const Row on_server = {{"scope", std::string("host")}, {"host", std::string("web01")},
                         {"login", std::string("mau")}, {"account_key", std::string("web01:mau")},
                         {"display_name", std::string("Lý Thị Mẫu")}};
  const std::vector<Row> one = {person("P1", "Lý Thị Mẫu")};
  EXPECT_EQ(joined({on_server}, one, "account_file"), (Told{"P1 name"}));
  EXPECT_EQ(joined({on_server}, one, "host_linux"), (Told{" none"}));
  EXPECT_EQ(joined({on_server}, {person("P1", "Lý Thị Mẫu", "sa"), person("P2", "Đỗ Bi", "sb")},
                   "account_file"),
            (Told{" none"}));
}

Row state(const std::string& login, std::int64_t enabled, std::int64_t created_ms) {
  Row row = account(login, "Lý " + login);
  row["enabled"] = enabled;
  row["locked"] = std::int64_t{enabled == 0};
  row["created_at"] = created_ms;
  row["created_at_precision"] = std::string("ms");
  return row;
}

constexpr std::int64_t kDay = 86'400'000;

TEST(Exports, ThatContradictEachOtherAreTwoApplications) {
  std::vector<Collection> all = {
      of("account", {state("an", 1, 0), state("bi", 1, 0)}, "x/mot.csv"),
      of("account", {state("an", 0, 0), state("bi", 1, 0)}, "x/hai.csv")};
  merge_accounts(all);
  ASSERT_EQ(all[0].tables.at("account").rows.size(), 2U);
  const std::vector<Row>& later = all[1].tables.at("account").rows;
  ASSERT_EQ(later.size(), 2U);
  EXPECT_EQ(text_of(later[0], "app"), "App (hai)");
  EXPECT_EQ(text_of(later[0], "account_key"), "App:an (hai)");
  EXPECT_EQ(text_of(later[0], "enabled"), "0");
}

TEST(Exports, MadeAtOtherDatesAreOtherApplicationsToo) {
  std::vector<Collection> all = {of("account", {state("an", 1, 0)}, "x/mot.csv"),
                                 of("account", {state("an", 1, 90 * kDay)}, "x/hai.csv")};
  merge_accounts(all);
  EXPECT_EQ(all[1].tables.at("account").rows.size(), 1U);
}

TEST(Exports, OneOfManyToldDifferentlyIsUnknown) {
  std::vector<Row> first, second;
  for (int i = 0; i < 30; ++i) {
    first.push_back(state("u" + std::to_string(i), 1, 0));
    second.push_back(state("u" + std::to_string(i), i == 7 ? 0 : 1, kDay));
  }
  std::vector<Collection> all = {of("account", std::move(first), "x/mot.csv"),
                                 of("account", std::move(second), "x/hai.csv")};
  merge_accounts(all);
  EXPECT_TRUE(all[1].tables.at("account").rows.empty());
  const TableFacts& kept = all[0].tables.at("account");
  EXPECT_FALSE(kept.rows[7].contains("enabled"));
  EXPECT_FALSE(kept.rows[7].contains("locked"));
  EXPECT_EQ(text_of(kept.rows[8], "enabled"), "1");
  EXPECT_EQ(kept.gaps.at("enabled"), "reason.accounts.exports_differ");
}

}  // namespace
}  // namespace khien
