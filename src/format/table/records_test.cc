// Texts of one property a line, JSON, columns under a rule. Everybody is invented.
#include <gtest/gtest.h>

#include "format/errors.h"
#include "format/table/table.h"

namespace khien {
namespace {

// "a|b;c|d": cells by |, rows by ;
std::string shown(const Result<Table>& table) {
  if (!table) return table.error().code;
  std::string out;
  for (const TableRow& row : table->rows) {
    out += out.empty() ? "" : ";";
    for (std::size_t i = 0; i < row.cells.size(); ++i) out += (i == 0 ? "" : "|") + row.cells[i];
  }
  return out;
}

std::string read(const std::string& text, const std::string& sheet = "") {
  return shown(read_table_bytes(text, "t", sheet));
}

TEST(Records, FormatListIsOneRowAnObjectAndLongValuesGoOn) {
  EXPECT_EQ(read("\n\nName    : Lý Mẫu\nEnabled : True\nOU      : phòng\n          một\n\n"
                 "Name    : Đỗ Thử\nEnabled : False\nOU      :\n\n"),
            "Name|Enabled|OU;Lý Mẫu|True|phòng một;Đỗ Thử|False");
}

TEST(Records, OneRecordCountsWhereItsFormIsPlainAndSettingsDoNot) {
  const std::string one = "Login     : a\nName      : b\nEnabled   : True\nCreated   : 1\n"
                          "Changed   : 2\nLastLogon : 3\n";
  EXPECT_EQ(read(one), "Login|Name|Enabled|Created|Changed|LastLogon;a|b|True|1|2|3");
  const auto settings = read_records("Host Name:   PC\nOS Name:     W\nOS Version:  1\nOwner:   a\n"
                                     "Domain:  b\nModel:  c\n", "t");
  ASSERT_TRUE(settings);
  EXPECT_FALSE(*settings);
}

TEST(Records, ValuesOfOnePropertyAreJoinedAndNoiseIsNoRecord) {
  EXPECT_EQ(read("-------------\n2 users matched\n-------------\n"
                 "  User login: an\n  Class: a\n  Class: b\n  Disabled: False\n\n"
                 "  User login: bi\n  Class: a\n  Disabled: True\n"
                 "----------------------------\nNumber of entries returned 2\n"
                 "----------------------------\n"),
            "User login|Class|Disabled;an|a; b|False;bi|a|True");
}

TEST(Records, WmicListsAndExpandedDatabasesAreRecords) {
  EXPECT_EQ(read("\nDisabled=FALSE\nName=an\n\n\nDisabled=TRUE\nName=bi\n"),
            "Disabled|Name;FALSE|an;TRUE|bi");
  EXPECT_EQ(read("-[ RECORD 1 ]---\nlogin | an\nname  | An\n-[ RECORD 2 ]---\nlogin | bi\n"
                 "name  | Bi\n"),
            "login|name;an|An;bi|Bi");
}

std::string net_user(const std::string& login, const std::string& active) {
  std::string out = "The request will be processed at a domain controller for domain mau.test.\n\n";
  for (const auto& [label, value] :
       std::vector<std::pair<std::string, std::string>>{{"User name", login},
                                                        {"Full Name", "Lý Thị " + login},
                                                        {"Comment", ""},
                                                        {"Account active", active},
                                                        {"Account expires", "Never"},
                                                        {"Password last set", "2/20/2026 8:00 AM"},
                                                        {"Logon script", ""},
                                                        {"Last logon", "Never"}}) {
    out += label + (value.empty() ? "" : std::string(29 - label.size(), ' ') + value) + "\n";
  }
  return out + "The command completed successfully.\n\n";
}

TEST(Records, NetUserHasItsValuesInOneColumn) {
  const std::string all = read(net_user("an", "Yes") + net_user("bi", "No"));
  EXPECT_EQ(all, "User name|Full Name|Comment|Account active|Account expires|Password last set|"
                 "Logon script|Last logon;"
                 "an|Lý Thị an||Yes|Never|2/20/2026 8:00 AM||Never;"
                 "bi|Lý Thị bi||No|Never|2/20/2026 8:00 AM||Never");
  EXPECT_NE(read(net_user("an", "Yes")).find("an|Lý Thị an"), std::string::npos);
}

TEST(Records, BracketsAroundAValueAreNoneOfIt) {
  EXPECT_EQ(read("User Name : [an.lt]\nFullname  : [Lý An]\nExpired   : [false]\n\n"
                 "User Name : [bi]\nFullname  : []\nExpired   : [true]\n"),
            "User Name|Fullname|Expired;an.lt|Lý An|false;bi||true");
  EXPECT_EQ(read("Name : an\nFlags : [DU         ]\nTags : [a][b]\n\n"
                 "Name : bi\nFlags : [U]\nTags : x\n"),
            "Name|Flags|Tags;an|DU|[a][b];bi|U|x");
}

TEST(Records, TheListOfNetUserIsNamesAlone) {
  const auto table = read_table_bytes(
      "\nUser accounts for \\\\MAY-01\n\n" + std::string(79, '-') + "\n"
      "an                       bi duc                   chi                      \n"
      "dung                     \nThe command completed successfully.\n\n", "t", "");
  EXPECT_EQ(shown(table), "User name;an;bi duc;chi;dung");
  EXPECT_EQ(table->format, "names");
}

TEST(JsonTable, TheLongestListIsTheTableAndTheOthersAreSheets) {
  const std::string text =
      "{\"realm\": \"mau\", \"roles\": [{\"name\": \"r\"}], \"users\": ["
      "{\"username\": \"an\", \"enabled\": true, \"attributes\": {\"unit\": [\"P1\", \"P2\"]},"
      " \"credentials\": [{\"type\": \"password\", \"createdDate\": 1}]},"
      "{\"username\": \"bi\", \"enabled\": false}]}";
  const auto table = read_table_bytes(text, "t", "");
  ASSERT_TRUE(table);
  EXPECT_EQ(table->sheet, "users");
  EXPECT_EQ(table->others, std::vector<std::string>{"roles"});
  const std::string cells = shown(table);
  for (const char* part : {"attributes.unit", "credentials.password.createdDate", "P1; P2",
                           "enabled", "false", "bi"}) {
    EXPECT_NE(cells.find(part), std::string::npos) << part;
  }
  EXPECT_EQ(read(text, "roles"), "name;r");
  EXPECT_EQ(read(text, "x"), err::sheet_unknown);
}

TEST(JsonTable, ObjectsKeptByNameHaveItAsTheirKey) {
  EXPECT_EQ(read("{\"an\": {\"enabled\": true}, \"bi\": {\"enabled\": false}}"),
            "key|enabled;an|true;bi|false");
  EXPECT_EQ(read("{\"an\": \"Lý An\", \"bi\": \"Lý Bi\"}"), err::table_unknown);
  EXPECT_EQ(read("{\"an\": [1,"), "K0011");
}

TEST(JsonTable, ObjectsOneALineAreAList) {
  EXPECT_EQ(read("{\"login\": \"an\", \"on\": true}\n\n{\"login\": \"bi\", \"on\": false}\n"),
            "login|on;an|true;bi|false");
  EXPECT_EQ(read("{\"login\": \"an\"}\n{\"login\": \n"), "K0011");
}

TEST(Csv, ATableDrawnWithLinesIsOneOfBars) {
  EXPECT_EQ(read("┌───────┬─────┐\n│ login │ on  │\n╞═══════╪═════╡\n│ an@a  │ 1   │\n"
                 "├───────┼─────┤\n│ bi@a  │     │\n└───────┴─────┘\n"),
            "login|on;an@a|1;bi@a");
  EXPECT_EQ(read("login;ghi chú\nan;a │ b\n"), "login|ghi chú;an|a │ b");  // within a cell it stays
}

TEST(Columns, ARuleShowsThemThoughOneSpaceHoldsThemApart) {
  EXPECT_EQ(read("SamAccountName Name        Enabled\n-------------- ----        -------\n"
                 "an             Lý Thị An   True\nbi             Đỗ Văn Bi   False\n"),
            "SamAccountName|Name|Enabled;an|Lý Thị An|True;bi|Đỗ Văn Bi|False");
}

TEST(Columns, SumsBelowATableAreNoRowsAndAnotherTableIsAnError) {
  const std::string accounts = "   account      status\n------------   --------\n"
                               "an@mau.test      active\nbi@mau.test      closed\n\n"
                               "          domain summary\n\n";
  EXPECT_EQ(read(accounts + "domain     active  closed\n--------   ------  ------\n"
                            "mau.test        1       1\n"),
            "account|status;an@mau.test|active;bi@mau.test|closed");
  EXPECT_EQ(read(accounts + "host       owner\n--------   ------\nmay-01     chi\n"),
            err::table_broken);
}

TEST(Csv, AQuoteAfterASpaceStillOpensACell) {
  EXPECT_EQ(read("\"Email\", \"Name\", \"X\"\n\"a@m.test\", \"Lý, An\",1\n"),
            "Email|Name|X;a@m.test|Lý, An|1");
}

}  // namespace
}  // namespace khien
