// People, rows told of twice, and agencies that share an application. Everybody is invented.
#include <gtest/gtest.h>

#include "people/join.h"
#include "people/people.h"

namespace khien {
namespace {

struct JoinTest : ::testing::Test {
  static const Lexicon& lexicon() {
    static const Lexicon made = [] {
      const auto content = Content::open(built_in_content());
      return std::move(*Lexicon::load(*content));
    }();
    return made;
  }
  static Collection of(const char* table, std::vector<Row> rows) {
    Collection c;
    c.source = table;
    c.tables[table].rows = std::move(rows);
    return c;
  }
  static Row person(const std::string& key, const std::string& name, const std::string& mail,
                    const std::string& agency) {
    Row row = {{"staff_key", key}, {"full_name", name}, {"mail", mail}, {"agency", agency}};
    if (!key.starts_with("p-")) row["staff_id"] = key;  // the others' lists give none
    return row;
  }
  static Row account(const std::string& app, const std::string& login, const std::string& name,
                     const std::string& agency = "") {
    Row row = {{"scope", std::string("application")}, {"app", app}, {"login", login}};
    if (!name.empty()) row["display_name"] = name;
    if (!agency.empty()) row["agency"] = agency;
    return row;
  }
  static std::string basis(const Row& row) {
    return text_of(row, "staff_key") + " " + text_of(row, "join_basis");
  }
  // The accounts after the join with two agencies' people.
  static std::vector<Row> joined(std::vector<Row> accounts, const JoinDecisions& decisions = {}) {
    std::vector<Collection> all = {
        of("staff", {person("A1", "Lý Thị Mẫu", "mau_sa@x.test", "sa"),
                     person("A2", "Trần Đôi", "doi_sa@x.test", "sa"),
                     person("A3", "Trần Đôi", "doi2_sa@x.test", "sa"),
                     person("B1", "Lý Thị Mẫu", "mau_sb@x.test", "sb")}),
        of("account", std::move(accounts))};
    join_staff(all, lexicon(), decisions);
    return all[1].tables.at("account").rows;
  }
};

TEST_F(JoinTest, ALogInIsLookedUpInItsOwnAgency) {
  const auto rows = joined({account("td", "mau", "Lý Thị Mẫu", "sa"),
                            account("td", "mau", "LY THI MAU", "sb"),
                            account("td", "doi2", "Trần Đôi", "sa"),
                            account("td", "x9", "Trần Đôi", "sa"),
                            account("td", "mau", "", "")});
  EXPECT_EQ(basis(rows[0]), "A1 login");
  EXPECT_EQ(basis(rows[1]), "B1 login");
  EXPECT_EQ(basis(rows[2]), "A3 login");
  EXPECT_EQ(basis(rows[3]), " several");  // homonyms are never merged
  EXPECT_EQ(basis(rows[4]), " none");
}

TEST_F(JoinTest, ALogInWithAnotherPersonsNameIsNotThatPerson) {
  const auto rows = joined({account("td", "mau", "Phạm Văn Khác", "sa")});
  EXPECT_EQ(basis(rows[0]), " none");
}

TEST_F(JoinTest, TheWrittenNameOfAnAgencyIsLearnedFromMailAddresses) {
  Row by_mail = account("mc", "m.sa", "", "Sở A");
  by_mail["mail"] = std::string("mau_sa@x.test");
  const auto rows = joined({by_mail, account("mc", "doi", "Trần Đôi", "Sở A"),
                            account("mc", "lạ", "Ai Đó", "Sở A")});
  EXPECT_EQ(basis(rows[0]), "A1 mail");
  EXPECT_EQ(basis(rows[1]), "A2 login");
  EXPECT_EQ(text_of(rows[2], "agency"), "sa");
}

TEST_F(JoinTest, AMachinesLogInsAreJoinedOnlyInAKnownAgency) {
  Row known = {{"scope", std::string("host")}, {"host", std::string("sa-srv1")},
               {"login", std::string("mau")}};
  Row unknown = known;
  unknown["host"] = std::string("pc7");
  const auto rows = joined({known, unknown});
  EXPECT_EQ(basis(rows[0]), "A1 login");
  EXPECT_EQ(basis(rows[1]), " none");
}

TEST_F(JoinTest, WhatAPersonDecidedWins) {
  const JoinDecisions decisions = {
      {"td|x9", {"a2", "d:2"}}, {"td|mau", {"", "d:3", JoinDecision::Who::nobody}},
      {"td|quầy", {"", "d:4", JoinDecision::Who::several}}};
  const auto rows = joined({account("td", "x9", "Trần Đôi", "sa"),
                            account("td", "mau", "Lý Thị Mẫu", "sa"),
                            account("td", "quầy", "Quầy một cửa", "sa")}, decisions);
  EXPECT_EQ(basis(rows[0]), "A2 decided");
  EXPECT_EQ(basis(rows[1]), " decided");
  EXPECT_EQ(text_of(rows[2], "shared_declared"), "1");
}

TEST_F(JoinTest, ADecisionForNobodyDecidesNothingAndIsToldOf) {
  std::vector<Collection> all = {of("staff", {person("A1", "Lý Thị Mẫu", "mau_sa@x.test", "sa")}),
                                 of("account", {account("td", "mau", "Lý Thị Mẫu", "sa")})};
  const auto errors = join_staff(all, lexicon(), {{"td|mau", {"c99", "d:2"}},
                                                  {"td|khongco", {"a1", "d:3"}}});
  EXPECT_EQ(basis(all[1].tables.at("account").rows[0]), "A1 login");
  ASSERT_EQ(errors.size(), 2U);
  EXPECT_EQ(errors[0].code + errors[0].place, "K1002d:3");
  EXPECT_EQ(errors[1].code + errors[1].place, "K1001d:2");
}

TEST_F(JoinTest, NamesOfOfficesAndOfSeveralPeopleAreSeen) {
  const auto rows = joined({account("td", "VanThu@x.test", "Văn thư Sở A", "sa"),
                            account("td", "lamviec", "Trần Đôi, Lý Thị Mẫu", "sa"),
                            account("td", "vanhung", "Lý Văn Hùng", "sa")});
  EXPECT_EQ(text_of(rows[0], "generic_name") + text_of(rows[0], "several_people"), "10");
  EXPECT_EQ(text_of(rows[1], "generic_name") + text_of(rows[1], "several_people"), "01");
  EXPECT_EQ(text_of(rows[2], "generic_name") + text_of(rows[2], "several_people"), "00");
  EXPECT_EQ(name_key("Hà?Kim Thuý"), name_key("Hà Kim Thúy"));
  EXPECT_EQ(name_key("Hà ?Kim Thuý"), name_key("Hà Kim Thúy"));
  EXPECT_EQ(name_key("TH?ÚY HẠNH"), name_key("THÚY HẠNH"));
  EXPECT_EQ(name_key("Hà Kim Thuý?"), name_key("?Hà Kim Thúy"));
  EXPECT_FALSE(names_several_people("Phòng Hành chính, Quản trị"));
}

// One id of one address; an id two addresses claim is nobody's.
TEST_F(JoinTest, ADirectoryGivesTheIdAStaffListLacks) {
  for (const bool claimed_twice : {false, true}) {
    Row ad = account("ad", "mau.sa", "Ly Thi Mau");
    ad["mail"] = std::string("mau_sa@x.test");
    ad["staff_key"] = std::string("A-100");
    Row other = account("ad", "doi.sa", "");
    other["mail"] = std::string("doi_sa@x.test");
    other["staff_key"] = std::string(claimed_twice ? "a-100" : "A-200");
    std::vector<Collection> all = {
        of("staff", {person("p-0123", "Lý Thị Mẫu", "mau_sa@x.test", "sa"),
                     person("p-4567", "Trần Đôi", "doi_sa@x.test", "sa"),
                     person("A-200", "Người Khác", "khac_sa@x.test", "sa")}),
        of("account", {ad, other})};
    complete_staff(all);
    EXPECT_EQ(text_of(all[0].tables.at("staff").rows[0], "staff_key"),
              claimed_twice ? "p-0123" : "A-100");
    EXPECT_EQ(text_of(all[0].tables.at("staff").rows[1], "staff_key"), "p-4567");
  }
}

TEST_F(JoinTest, ADirectoryGivesTheAddressAStaffListLacks) {
  Row ad = account("ad", "doi3.sa", "");
  ad["mail"] = std::string("DOI3_sa@x.test");
  ad["staff_key"] = std::string("A-103");
  Row taken = account("ad", "doi2.sa", "");
  taken["mail"] = std::string("doi_sa@x.test");  // the list says whose that is
  taken["staff_key"] = std::string("A-102");
  Row mail = account("mail", "doi3_sa@x.test", "Trần Đôi");
  std::vector<Collection> all = {
      of("staff", {person("A-101", "Trần Đôi", "doi_sa@x.test", "sa"),
                   person("A-102", "Trần Đôi", "", "sa"), person("A-103", "Trần Đôi", "", "sa")}),
      of("account", {ad, taken, mail})};
  for (Row& row : all[0].tables["staff"].rows) {
    if (text_of(row, "mail").empty()) row.erase("mail");
  }
  complete_staff(all);
  const auto& staff = all[0].tables.at("staff").rows;
  EXPECT_EQ(text_of(staff[1], "mail") + "|" + text_of(staff[2], "mail"), "|doi3_sa@x.test");
  join_staff(all, lexicon(), {});
  EXPECT_EQ(text_of(all[1].tables.at("account").rows[2], "staff_key"), "A-103");
}

// Agencies number their people from 1 each.
TEST_F(JoinTest, OneIdInTwoAgenciesIsTwoPeople) {
  Row first = account("td", "an", "Trần Thị An", "sa");
  first["staff_key"] = std::string("CB01");
  Row second = account("td", "dung", "Hoàng Văn Dũng", "sb");
  second["staff_key"] = std::string("CB01");
  Row named = account("ad", "dunghv", "Hoàng Văn Dũng");  // no agency: the name decides
  named["staff_key"] = std::string("CB01");
  Row unnamed = account("ad", "x", "");
  unnamed["staff_key"] = std::string("CB01");
  unnamed["mail"] = std::string("dung_sb@x.test");  // says nothing of whose id it is
  std::vector<Collection> all = {of("staff", {person("CB01", "Trần Thị An", "", "sa"),
                                              person("CB01", "Hoàng Văn Dũng", "", "sb")}),
                                 of("account", {first, second, named, unnamed})};
  for (Row& row : all[0].tables["staff"].rows) row.erase("mail");
  complete_staff(all);
  EXPECT_FALSE(all[0].tables["staff"].rows[0].contains("mail"));
  join_staff(all, lexicon(), {});
  const auto& rows = all[1].tables.at("account").rows;
  EXPECT_EQ(basis(rows[0]), "CB01 staff_id");
  EXPECT_EQ(basis(rows[1]), "CB01@sb staff_id");
  EXPECT_EQ(basis(rows[2]), "CB01@sb staff_id");
  EXPECT_EQ(basis(rows[3]), " several");
}

TEST_F(JoinTest, APersonInTwoListsStaysOne) {
  std::vector<Collection> all = {
      of("staff", {person("CB01", "Trần Thị An", "an_sa@x.test", "sa"),
                   person("CB01", "TRAN THI AN", "an_sb@x.test", "sb")})};
  complete_staff(all);
  EXPECT_EQ(text_of(all[0].tables["staff"].rows[1], "staff_key"), "CB01");
}

TEST_F(JoinTest, AnIdAgainstNameAndAddressIsForAPersonToDecide) {
  Row wrong = account("td", "binh", "Trần Đôi", "sa");
  wrong["staff_key"] = std::string("A1");
  wrong["mail"] = std::string("doi_sa@x.test");
  Row renamed = account("td", "ly", "Lý Thị Mẫu Mới", "sa");  // nobody else's name
  renamed["staff_key"] = std::string("A1");
  const auto rows = joined({wrong, renamed});
  EXPECT_EQ(basis(rows[0]), " several");
  EXPECT_EQ(basis(rows[1]), "A1 staff_id");
}

// What a key looks like says nothing: an id may begin as a made key does, and hold an @.
TEST_F(JoinTest, AnIdIsWhatItsColumnSays) {
  Row account_of = account("td", "x", "", "sa");
  account_of["staff_key"] = std::string("p-12@sb");
  Row odd = person("p-12@sb", "Lý Thị Lạ", "la_sa@x.test", "sa");
  odd["staff_id"] = std::string("p-12@sb");
  Row directory = account("ad", "la.sa", "Lý Thị Lạ");
  directory["mail"] = std::string("la_sa@x.test");
  directory["staff_key"] = std::string("A-900");
  std::vector<Collection> all = {of("staff", {odd}), of("account", {account_of, directory})};
  complete_staff(all);
  EXPECT_EQ(text_of(all[0].tables["staff"].rows[0], "staff_key"), "p-12@sb");
  join_staff(all, lexicon(), {});
  EXPECT_EQ(basis(all[1].tables.at("account").rows[0]), "p-12@sb staff_id");
}

// A list of leavers elsewhere has the id: then the number says nothing.
TEST_F(JoinTest, AnIdSomebodyElseHasIsNotTakenFromTheNumber) {
  for (const bool elsewhere : {false, true}) {
    Row shown = person("p-1", "Lý Thị Mới", "", "sa");
    shown["shown_id"] = std::string("A-7");
    std::vector<Collection> all = {of("staff", {shown})};
    if (elsewhere) all.push_back(of("staff", {person("A-7", "Lý Văn Nghỉ", "", "sa")}));
    complete_staff(all);
    EXPECT_EQ(text_of(all[0].tables["staff"].rows[0], "staff_key"), elsewhere ? "p-1" : "A-7");
  }
}

TEST_F(JoinTest, TwoExportsOfOneDirectoryBecomeOneRow) {
  Row flags = account("ad", "MAU.sa", "Lý Thị Mẫu", "sa");
  flags["password_never_expires"] = std::int64_t{1};
  flags["last_login_at"] = std::int64_t{-86'400'000};
  flags["last_login_at_precision"] = std::string("day");
  Row dates = account("ad", "mau.sa", "Ly Thi Mau");
  dates["last_login_at"] = std::int64_t{2000};
  dates["last_login_at_precision"] = std::string("ms");
  dates["mail"] = std::string("mau_sa@x.test");
  std::vector<Collection> all = {of("account", {flags}), of("account", {dates})};
  merge_accounts(all);
  ASSERT_EQ(all[0].tables.at("account").rows.size(), 1U);
  EXPECT_TRUE(all[1].tables.at("account").rows.empty());
  const Row& row = all[0].tables.at("account").rows[0];
  EXPECT_EQ(text_of(row, "mail") + text_of(row, "password_never_expires"), "mau_sa@x.test1");
  EXPECT_EQ(text_of(row, "last_login_at") + text_of(row, "last_login_at_precision"), "2000ms");
  EXPECT_NE(all[1].tables.at("account").detail.find("merged into"), std::string::npos);
}

TEST_F(JoinTest, OneLogInInTwoAgenciesOrOfTwoPeopleStaysTwo) {
  std::vector<Collection> all = {of("account", {account("td", "vanthu", "Văn thư A", "sa")}),
                                 of("account", {account("td", "vanthu", "Văn thư B", "sb")}),
                                 of("account", {account("td", "vanthu", "Văn thư C")})};
  merge_accounts(all);
  for (const Collection& c : all) EXPECT_EQ(c.tables.at("account").rows.size(), 1U);
}

TEST_F(JoinTest, ContactDataServesTheJoinAndIsForgotten) {
  Row staff = person("A1", "Lý Thị Mẫu", "mau_sa@x.test", "sa");
  staff["phone"] = std::string("0000 000 001");
  staff["birth_on"] = std::string("1990-01-02");
  std::vector<Collection> all = {of("staff", {staff})};
  forget_contact_data(all);
  EXPECT_FALSE(all[0].tables.at("staff").rows[0].contains("phone"));
  EXPECT_FALSE(all[0].tables.at("staff").rows[0].contains("birth_on"));
}

}  // namespace
}  // namespace khien
