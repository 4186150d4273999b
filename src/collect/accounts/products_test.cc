// Exports as products and offices write them, to facts. Everybody is invented.
#include <gtest/gtest.h>

#include "base/calendar.h"
#include "base/content.h"
#include "collect/accounts/accounts.h"

namespace khien {
namespace {

const Lexicon& product_words() {
  static const Lexicon out = [] {
    const auto content = Content::open(built_in_content());
    return std::move(*Lexicon::load(*content));
  }();
  return out;
}

ImportSpec product_spec(const std::string& source) {
  ImportSpec spec;
  spec.source = source;
  spec.app = "App";
  return spec;
}

Import product_accounts(const std::string& text) {
  auto out = import_accounts(*read_table_bytes(text, "t", ""), product_spec("t"), product_words());
  EXPECT_TRUE(out) << (out ? "" : to_string(out.error()));
  return out ? std::move(*out) : Import{};
}

Import product_staff(const std::string& text, const std::string& source = "cb.csv") {
  auto out = import_staff(*read_table_bytes(text, source, ""), product_spec(source),
                          product_words());
  EXPECT_TRUE(out) << (out ? "" : to_string(out.error()));
  return out ? std::move(*out) : Import{};
}

// "an:1 bi:0 chi:-"
std::string product_told(const Import& import, const char* table, const char* name,
                         const char* column) {
  std::string out;
  for (const Row& row : import.collection.tables.at(table).rows) {
    out += (out.empty() ? "" : " ") + text_of(row, name) + ":" + text_of(row, column, "-");
  }
  return out;
}

std::string product_states(const std::string& text) {
  return product_told(product_accounts(text), "account", "login", "enabled");
}

TEST(States, AColumnThatSaysTheOppositeIsTurnedRound) {
  EXPECT_EQ(product_states("Username,Suspended\nan,0\nbi,1\nchi,\n"), "an:1 bi:0 chi:-");
  EXPECT_EQ(product_states("User principal name,Block credential\nan@m.test,False\n"
                           "bi@m.test,True\n"),
            "an@m.test:1 bi@m.test:0");
  EXPECT_EQ(product_states("Username,Authorised,IsDeleted\nan,True,False\nbi,True,True\n"
                           "chi,False,False\n"),
            "an:1 bi:0 chi:0");
}

TEST(States, ViewsOfDatabasesAreListsOfAccounts) {
  EXPECT_EQ(product_states("rolname,rolsuper,rolcanlogin\nan,f,t\nbi,t,f\n"), "an:1 bi:0");
  const Import users = product_accounts("usename | usesysid | usesuper\n---+---+---\n"
                                        "an | 10 | t\nbi | 16401 | f\n(2 rows)\n");
  EXPECT_EQ(product_told(users, "account", "login", "privileged"), "an:1 bi:0");
  const Import oracle = product_accounts(
      "USERNAME,ACCOUNT_STATUS,CREATED,PASSWORD_CHANGE_DATE\n"
      "AN,OPEN,03-JUN-19,04-MAY-26\nBI,EXPIRED & LOCKED,03-JUN-19,\n"
      "CHI,LOCKED(TIMED),03-JUN-19,\n"
      "DUNG,EXPIRED(GRACE),03-JUN-19,\n");
  EXPECT_EQ(product_told(oracle, "account", "login", "enabled"), "AN:1 BI:0 CHI:0 DUNG:1");
  EXPECT_EQ(product_told(oracle, "account", "login", "created_at").find('-'), std::string::npos);
}

TEST(States, LogInsOfSqlServerHaveTheNameForALogInAndRolesAreNone) {
  const Import import = product_accounts(
      "name,type_desc,is_disabled,create_date,PasswordLastSetTime\n"
      "----,---------,-----------,-----------,-------------------\n"
      "sa,SQL_LOGIN,1,2003-04-08 09:10:35.460,2026-01-02 08:00:00.000\n"
      "public,SERVER_ROLE,0,2009-04-13 12:59:06.030,NULL\n"
      "##MS_Ky##,CERTIFICATE_MAPPED_LOGIN,0,2009-04-13 12:59:06.030,NULL\n"
      "SA\\Quan tri CSDL,WINDOWS_GROUP,0,2009-04-13 12:59:06.030,NULL\n"
      "NT SERVICE\\MSSQL,WINDOWS_LOGIN,0,2022-10-08 06:31:58.990,NULL\n"
      "qlvb_app,SQL_LOGIN,0,2022-10-08 06:31:58.990,2026-02-03 04:05:06.000\n(6 rows affected)\n");
  EXPECT_EQ(product_told(import, "account", "login", "enabled"), "sa:0 MSSQL:1 qlvb_app:1");
  EXPECT_NE(import.collection.tables.at("account").detail.find("roles, groups, computers: 3"),
            std::string::npos);
}

TEST(States, ObjectsOfADirectoryAndClaimsOfSharePointThatAreNoAccountsAreLeftOut) {
  const Import objects = product_accounts(
      "Name,ObjectClass,SamAccountName,Enabled\nLý Văn An,user,anlv,True\nKy thuat,group,kythuat,\n"
      "MAY-1,computer,MAY-1$,True\nNha thau,contact,,\n");
  EXPECT_EQ(product_told(objects, "account", "login", "enabled"), "anlv:1");
  EXPECT_EQ(objects.collection.tables.at("account").status, TableFacts::Status::complete);
  const Import claims = product_accounts(
      "Account,Name,Is Site Admin\ni:0#.w|SOTHU\\anlv,Lý Văn An,Yes\n"
      "i:0#.f|membership|bi@sothu.test,Lý Bì,No\nc:0(.s|true,Everyone,No\n");
  EXPECT_EQ(product_told(claims, "account", "login", "privileged"), "anlv:1 bi@sothu.test:0");
}

TEST(States, UsersOfDrupalHaveTheNameForALogInAndItsGuestIsNone) {
  const Import import = product_accounts(
      "uid,name,mail,status,created,access,login\n0,,,0,1600000000,0,0\n"
      "1,quantri,qt@sothu.test,1,1600000000,1790000000,1790000000\n"
      "2,an.lv,an@sothu.test,0,1600000000,1700000000,0\n");
  EXPECT_EQ(product_told(import, "account", "login", "enabled"), "quantri:1 an.lv:0");
  EXPECT_EQ(product_told(import, "account", "login", "never_logged_in"), "quantri:0 an.lv:1");
  EXPECT_EQ(import.collection.tables.at("account").status, TableFacts::Status::complete);
  // An open account without a name is one that was not understood.
  const Import open = product_accounts("uid,name,mail,status\n7,,,1\n8,an.lv,a@sothu.test,1\n"
                                       "9,bi.lv,b@sothu.test,1\n");
  EXPECT_EQ(open.collection.tables.at("account").status, TableFacts::Status::partial);
}

TEST(States, OfTwoColumnsWhatShutsTheAccountIsBelieved) {
  EXPECT_EQ(product_states("Tên đăng nhập,Kích hoạt,Trạng thái\nan,Có,Hoạt động\nbi,Có,Đã khóa\n"
                           "chi,Không,Hoạt động\ndu,Có,Lơ lửng\ngia,,Hoạt động\n"),
            "an:1 bi:0 chi:0 du:- gia:1");
}

TEST(States, ALockAfterWrongPasswordsIsLessThanADisabledAccount) {
  EXPECT_EQ(product_states("Username,is_disabled,IsLocked\nan,0,1\nbi,1,0\n"), "an:1 bi:0");
  EXPECT_EQ(product_states("Username,IsLocked\nan,0\nbi,1\n"), "an:1 bi:0");
}

TEST(States, ANameStandsForALogInOnlyWhereAccountsAreToldOf) {
  EXPECT_EQ(product_states("Name,Enabled,Description\nan.nv,True,\nbi,False,x\n"),
            "an.nv:1 bi:0");
  for (const char* other : {"Name,Status,StartType\nwuauserv,Running,Manual\n",
                            "Name,Enabled,Description\nLý Văn An,True,\nLý Bì,False,x\n"}) {
    const auto none = import_accounts(*read_table_bytes(other, "t", ""), product_spec("t"),
                                      product_words());
    EXPECT_FALSE(none) << other;
  }
}

TEST(States, AttributesOfPsqlAndFlagsOfSambaTellTheState) {
  const Import roles = product_accounts(
      "                List of roles\n Role name |      Attributes       | Member of \n"
      "-----------+-----------------------+-----------\n"
      " an        |                       | {}\n bi        | Cannot login          | {}\n"
      " chi       | Superuser, Create DB +| {}\n           | Password valid until 2027 | \n"
      " dung      | Superuser             | {van_thu}\n");
  EXPECT_EQ(product_told(roles, "account", "login", "enabled"), "an:1 bi:0 chi:- dung:1");
  EXPECT_EQ(product_told(roles, "account", "login", "privileged"), "an:0 bi:0 chi:1 dung:1");
  const Import samba = product_accounts(
      "Unix username:        an\nAccount Flags:        [UX         ]\nFull Name:            Lý An\n"
      "Logon time:           0\nPassword last set:    Tue, 03 Feb 2026 04:05:06 +07\n"
      "---------------\n"
      "Unix username:        bi\nAccount Flags:        [DU         ]\nFull Name:            Lý Bì\n"
      "Logon time:           0\nPassword last set:    0\n");
  EXPECT_EQ(product_told(samba, "account", "login", "enabled"), "an:1 bi:0");
  EXPECT_EQ(product_told(samba, "account", "login", "password_never_expires"), "an:1 bi:0");
}

TEST(Staff, OneBirthDayUnderTwoHeadingsIsThePersonsOwn) {
  const Import list = product_staff(
      "Số hiệu CBCCVC,Họ và tên khai sinh,Ngày sinh,Ngày sinh,Tình trạng hoạt động\n"
      "M1,Lý Văn An,04/05/1980,,Đang công tác\nM2,Lý Thị Bì,,06/07/1981,Nghỉ hưu\n"
      "M3,Lý Chi,04/05/1980,06/07/1981,Đang công tác\n");
  EXPECT_EQ(product_told(list, "staff", "staff_key", "birth_on"),
            "M1:1980-05-04 M2:1981-07-06 M3:-");
  EXPECT_EQ(product_told(list, "staff", "staff_key", "status"), "M1:working M2:left M3:working");
}

TEST(States, TheBitsOfADirectoryGiveStateAndHabitsOfThePassword) {
  const Import import = product_accounts("sAMAccountName,userAccountControl\nan,512\nbi,514\n"
                                    "chi,4260512\ndung,x\n");
  EXPECT_EQ(product_told(import, "account", "login", "enabled"), "an:1 bi:0 chi:1 dung:-");
  const Row& chi = import.collection.tables.at("account").rows[2];
  for (const char* flag : {"password_not_required", "password_reversible",
                           "password_never_expires", "preauth_not_required"}) {
    EXPECT_EQ(text_of(chi, flag), "1") << flag;
  }
}

TEST(States, WordsOfOfficesAreKnownAndOthersAreQuoted) {
  const Import import = product_accounts("Tên đăng nhập,Trạng thái\na,Ngưng sử dụng\nb,Hiệu lực\n"
                                    "c,Hoạt động (đã kích hoạt)\nd,Bị khóa bởi quản trị\n"
                                    "e,Đang xem xét\nf,xK7!matma\ng,Khóa do nhập sai mật khẩu\n");
  EXPECT_EQ(product_told(import, "account", "login", "enabled"), "a:0 b:1 c:1 d:0 e:- f:- g:-");
  ASSERT_EQ(import.problems.size(), 1U);
  EXPECT_EQ(import.problems[0].code, "K1020");
  const std::string all = to_string(import.problems[0]);
  EXPECT_NE(all.find("\"Đang xem xét\" (1)"), std::string::npos) << all;
  EXPECT_NE(all.find("… (1)"), std::string::npos) << all;
  EXPECT_EQ(all.find("matma"), std::string::npos) << "what may be a secret is not printed";
}

TEST(Passwords, RequiredAndExpiresAreRead) {
  const Import import = product_accounts("Name,FullName,Enabled,PasswordRequired,PasswordExpires\n"
                                    "an,Lý An,True,False,\nbi,Đỗ Bi,True,True,FALSE\n"
                                    "chi,Hồ Chi,True,True,3/4/2026 8:00:00 AM\n");
  EXPECT_EQ(product_told(import, "account", "login", "password_not_required"), "an:1 bi:0 chi:0");
  EXPECT_EQ(product_told(import, "account", "login", "password_never_expires"), "an:- bi:1 chi:0");
}

TEST(Times, CountersZeroesAndBracketsAreRead) {
  const Import import = product_accounts("username,suspended,lastaccess\na,0,1707877800\nb,0,0\n"
                                    "c,0,1707877800000\nd,0,133523514000000000\n"
                                    "e,0,(02/14/2024 09:30)\nf,0,01/01/1601 00:00:00\n"
                                    "g,0,14.02.24\nh,0,9223372036854775807\n"
                                    "i,0,/Date(1707877800000)/\n");
  const std::string day = std::to_string(start_of_day_ms({2024, 2, 14}));
  const std::string half_past_nine =
      std::to_string(start_of_day_ms({2024, 2, 14}) + 34'200'000);
  EXPECT_EQ(product_told(import, "account", "login", "last_login_at"),
            "a:" + half_past_nine + " b:- c:" + half_past_nine + " d:" + half_past_nine +
                " e:- f:- g:" + day + " h:- i:" + half_past_nine);  // e: both orders in the file
  EXPECT_EQ(product_told(import, "account", "login", "never_logged_in"),
            "a:0 b:1 c:0 d:0 e:- f:1 g:0 h:1 i:0");
}

TEST(Roles, TheNameOfATypeIsNoRole) {
  const Import import = product_accounts("SamAccountName,Enabled,MemberOf\n"
                                    "an,True,Microsoft.Sample.PropertyValueCollection\n"
                                    "bi,True,CN=Domain Admins\n");
  EXPECT_EQ(product_told(import, "account", "login", "role"), "an:- bi:CN=Domain Admins");
  EXPECT_EQ(product_told(import, "account", "login", "privileged"), "an:- bi:1");
  EXPECT_EQ(product_told(product_accounts("Username,IsSuperUser,Authorised\nan,True,True\n"
                                          "bi,False,True\n"),
                         "account", "login", "privileged"),
            "an:1 bi:0");
}

TEST(LogIns, OfADirectoryMayBeTwoWeeksLate) {
  EXPECT_EQ(product_told(product_accounts("SamAccountName,Enabled,lastLogonTimestamp\n"
                                          "an,True,133523514000000000\nbi,True,\n"),
                         "account", "login", "last_login_lag_days"),
            "an:14 bi:-");
  EXPECT_EQ(product_told(product_accounts("Username,Enabled,Last login\nan,True,2026-02-01\n"),
                         "account", "login", "last_login_lag_days"),
            "an:-");
}

TEST(LogIns, LoseTheirDomain) {
  EXPECT_EQ(product_states("Login,Enabled\nMAU\\an,True\n"), "an:1");
}

TEST(Groups, AMergedLineHeadsAGroupThoughItIsOneWord) {
  const std::string row(",Khác,Khác,Khác,Khác,Khác\n");
  EXPECT_EQ(product_states("STT,Họ tên,Tên đăng nhập,Email,Trạng thái,Ngày tạo\n"
                    "1,Lý An,an,an@m.test,Hoạt động,01/02/2026\n" + row +
                    "2,Đỗ Bi,bi,bi@m.test,Khóa,01/02/2026\n"),
            "an:1 bi:0");
}

std::string product_statuses(const Import& import) {
  return product_told(import, "staff", "full_name", "status") + "|" +
         product_told(import, "staff", "full_name", "status_on");
}

TEST(Leavers, ADayOfLeavingSaysWhoLeavesWithoutAColumnOfStates) {
  EXPECT_EQ(product_statuses(product_staff("Họ và tên,Đơn vị,Ngày nghỉ hưu\nLý An,P1,01/02/2026\n"
                              "Đỗ Bi,P1,01/03/2041\nHồ Chi,P2,\n")),
            "Lý An:left Đỗ Bi:left Hồ Chi:working|"
            "Lý An:2026-02-01 Đỗ Bi:2041-03-01 Hồ Chi:-");
}

TEST(Leavers, TheTitleOfAListTheNameOfItsFileAndAReasonSayIt) {
  EXPECT_EQ(product_statuses(product_staff("DANH SÁCH CÁN BỘ NGHỈ HƯU, THÔI VIỆC,,\n"
                                           "Họ và tên,Đơn vị,Lý do\n"
                              "Lý An,P1,Nghỉ hưu\nĐỗ Bi,P1,Chuyển công tác\nHồ Chi,P2,\n")),
            "Lý An:left Đỗ Bi:transferred Hồ Chi:left|Lý An:- Đỗ Bi:- Hồ Chi:-");
  const std::string plain = "Họ và tên,Đơn vị\nLý An,P1\n";
  EXPECT_EQ(product_statuses(product_staff(plain, "hr/nghi-viec-2025.csv")), "Lý An:left|Lý An:-");
  EXPECT_EQ(product_statuses(product_staff(plain, "hr/can-bo.csv")), "Lý An:-|Lý An:-");
}

TEST(Leavers, AColumnOfStatesIsBelievedFirstAndArrivalsStay) {
  EXPECT_EQ(product_statuses(product_staff("Họ và tên,Đơn vị,Tình trạng,Ngày nghỉ\n"
                              "Lý An,P1,Đang công tác,\nĐỗ Bi,P1,Nghỉ thai sản,01/02/2026\n"
                              "Hồ Chi,P2,Điều động đến,\nVõ Dung,P2,Chuyển công tác nội bộ,\n"
                              "Bùi Em,P2,Hưu trí,01/03/2026\nTạ Giang,P2,Hết hạn hợp đồng,\n",
                              "hr/nghi-viec.csv")),
            "Lý An:working Đỗ Bi:long_leave Hồ Chi:working Võ Dung:working Bùi Em:left "
            "Tạ Giang:left|"
            "Lý An:- Đỗ Bi:2026-02-01 Hồ Chi:- Võ Dung:- Bùi Em:2026-03-01 Tạ Giang:-");
}

TEST(Leavers, AMoveToSomewhereIsAskedAbout) {
  const Import import = product_staff("Họ và tên,Tình trạng\nLý An,Điều động đến nơi khác\n");
  EXPECT_EQ(product_statuses(import), "Lý An:-|Lý An:-");
  ASSERT_EQ(import.problems.size(), 1U);
  EXPECT_EQ(import.problems[0].code, "K1020");
}

}  // namespace
}  // namespace khien
