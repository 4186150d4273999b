// Headings of products and of offices, names in parts, order of dates. Everybody is invented.
#include <gtest/gtest.h>

#include "base/content.h"
#include "format/heading/cells.h"

namespace khien {
namespace {

const Lexicon& lexicon() {
  static const Lexicon out = [] {
    const auto content = Content::open(built_in_content());
    return std::move(*Lexicon::load(*content));
  }();
  return out;
}

Table table_of(const std::string& text) { return *read_csv(text, "t.csv"); }

// "login=1 display_name=2+3"
std::string mapped(const std::string& text, const std::string& kind) {
  const Table table = table_of(text);
  auto header = lexicon().find_header(table, kind, {}, "t.csv");
  if (!header) return header.error().code;
  complete_names(*header, table);
  std::map<std::string, std::string> fields;
  for (const MappedColumn& c : header->columns) {
    std::string columns = std::to_string(c.column);
    for (const int more : c.joined) columns += "+" + std::to_string(more);
    fields[c.field] = columns;
  }
  std::string out;
  for (const auto& [field, columns] : fields) {
    out += (out.empty() ? "" : " ") + field + "=" + columns;
  }
  return out;
}

TEST(Headings, LogInsAndStatesOfProductsAreKnown) {
  EXPECT_EQ(mapped("userPrincipalName,displayName,accountEnabled,state,createdDateTime\n",
                   "account"),
            "created_at=5 display_name=2 enabled=3 login=1");
  EXPECT_EQ(mapped("User principal name,Block credential,When created\n", "account"),
            "created_at=3 disabled=2 login=1");
  EXPECT_EQ(mapped("user_login,user_email,user_registered,roles\n", "account"),
            "created_at=3 login=1 mail=2 role=4");
  EXPECT_EQ(mapped("User login,UID,Account disabled,krblastpwdchange\n", "account"),
            "disabled=3 login=1 password_changed_at=4");
  EXPECT_EQ(mapped("primaryEmail,name.givenName,name.familyName,suspended,lastLoginTime,"
                   "isEnrolledIn2Sv\n", "account"),
            "disabled=4 display_name=3+2 first_name=2 last_login_at=5 last_name=3 login=1 mail=1 "
            "mfa=6");
  EXPECT_EQ(mapped("username,state,last_sign_in_at,last_activity_on,created_at\n", "account"),
            "created_at=5 enabled=2 last_login_at=3 login=1");
  EXPECT_EQ(mapped("Tên đăng nhập hệ thống,Trạng thái sử dụng,Lần truy cập gần nhất\n", "account"),
            "enabled=2 last_login_at=3 login=1");
}

TEST(Headings, AnIdOfNumbersIsNoLogInWhereAnotherColumnHoldsThose) {
  EXPECT_EQ(mapped("uid,name,mail,roles,user_status\n1,quantri,a@x.test,administrator,1\n"
                   "2,an.lv,b@x.test,,0\n", "account"),
            "enabled=5 login=2 mail=3 role=4");
  EXPECT_EQ(mapped("User ID,Login,Full name\n31,an.lv,Lý An\n32,bi.lv,Lý Bì\n", "account"),
            "display_name=3 login=2");
  EXPECT_EQ(mapped("uid,name,status,created,login\n3,an.lv,1,1600000000,1790000000\n", "account"),
            "created_at=4 enabled=3 last_login_at=5 login=2");
  // Numbers people log in with: no other column holds log-ins.
  EXPECT_EQ(mapped("Username,Name,Enabled\n100231,Lý Văn An,1\n100232,Lý Thị Bì,0\n", "account"),
            "display_name=2 enabled=3 login=1");
  EXPECT_EQ(mapped("uid,login\n3,4\n", "account"), "K0463");
}

TEST(Headings, OfTwoColumnsThatSayNearlyTheSameTheOneThatSaysMoreIsMeant) {
  EXPECT_EQ(mapped("Tên đăng nhập,Họ tên,Đơn vị,Phòng ban\n", "account"),
            "display_name=2 login=1 unit=4");
  EXPECT_EQ(mapped("Tài khoản,Tên đăng nhập,Tên hiển thị,Họ và tên,Email,Email công vụ\n",
                   "account"),
            "display_name=4 login=2 mail=6");
  EXPECT_EQ(mapped("Username,Last login,Last activity,Kích hoạt,Trạng thái\n", "account"),
            "activated=4 enabled=5 last_login_at=2 login=1");
  EXPECT_EQ(mapped("Họ và tên,Chức vụ,Chức danh,Đơn vị công tác,Phòng,Email,Thư công vụ\n",
                   "staff"),
            "full_name=1 mail=7 title=2+3 unit=5");
  EXPECT_EQ(mapped("Mã số,Mã CBCC,Họ tên,Tên cán bộ\n", "staff"), "full_name=3 staff_id=2");
  // Neither says more: asked about.
  EXPECT_EQ(mapped("Tên đăng nhập,Trạng thái,Tình trạng\n", "account"), "K0463");
  EXPECT_EQ(mapped("Mã cán bộ,Số hiệu công chức,Họ tên\n", "staff"), "K0463");
}

TEST(Headings, NamesOfColumnsInDatabasesAreHeadingsWithoutSpacesAndMarks) {
  EXPECT_EQ(mapped("MA_NV,HO_TEN,TEN_KHOA,TEN_DANG_NHAP,NHOM_QUYEN,KHOA,NGAY_TAO,NGAY_DOI_MK\n"
                   "1,Lý An,Nội,an.lv,a,0,01/02/2020,\n2,Lý Bì,Ngoại,bi.lv,b,1,01/02/2020,\n",
                   "account"),
            "created_at=7 disabled=6 display_name=2 login=4 password_changed_at=8 role=5 "
            "staff_id=1 unit=3");
  EXPECT_EQ(mapped("Tên đăng nhập,Họ tên,Khoa\nan.lv,Lý An,Khoa Nội\nbi.lv,Lý Bì,Khoa Ngoại\n",
                   "account"),
            "display_name=2 login=1 unit=3");
}

TEST(Headings, NameIsTheLogInWhereAnotherColumnHoldsTheName) {
  EXPECT_EQ(mapped("Enabled,FullName,Name,LastLogon\n", "account"),
            "display_name=2 enabled=1 last_login_at=4 login=3");
  EXPECT_EQ(mapped("SamAccountName,Name,Enabled\n", "account"),
            "display_name=2 enabled=3 login=1");
}

TEST(Headings, ADirectorysManyColumnsClaimNoFieldTwice) {
  EXPECT_EQ(mapped("SamAccountName,DisplayName,Name,CN,Surname,sn,GivenName,Company,Organization,"
                   "Enabled,State,Created,whenCreated,createTimeStamp,LastLogonDate,lastLogon,"
                   "PasswordLastSet,pwdLastSet,OfficePhone,HomePhone,mobile\n", "account"),
            "agency=8 created_at=12 display_name=2 enabled=10 first_name=7 last_login_at=15 "
            "last_name=5 login=1 password_changed_at=17 phone=21");
}

TEST(Headings, GroupsOfTwoKindsAreOneRole) {
  EXPECT_EQ(mapped("User name,Local Group Memberships,Global Group memberships\n", "account"),
            "login=1 role=2+3");
}

TEST(Headings, PartsOfANameAreOneName) {
  EXPECT_EQ(mapped("STT,Họ,Tên đệm,Tên,Chức vụ\n", "staff"),
            "first_name=4 full_name=2+3+4 last_name=2 middle_name=3 title=5");
  EXPECT_EQ(mapped("STT,Họ và tên đệm,Tên,Chức vụ\n", "staff"),
            "first_name=3 full_name=2+3 last_name=2 title=4");
  EXPECT_EQ(mapped("STT,Họ và tên,Họ và tên,Chức vụ\n1,Lý Thị,Mẫu,x\n", "staff"),
            "full_name=2+3 title=4");
  EXPECT_EQ(mapped("STT,Họ và tên,Tên,Chức vụ\n1,Lý Thị,Mẫu,x\n", "staff"),
            "first_name=3 full_name=2+3 title=4");
  EXPECT_EQ(mapped("STT,Họ và tên,Tên,Chức vụ\n1,Lý Thị Mẫu,Mẫu,x\n", "staff"),
            "first_name=3 full_name=2 title=4");
}

TEST(Headings, AColumnWithoutAHeadingIsTheRestOfANameOnlyWhereItHoldsNames) {
  EXPECT_EQ(mapped("STT,Họ và tên,,Chức vụ\n1,Lý Thị,Mẫu,x\n2,Đỗ Văn,Thử,x\n", "staff"),
            "full_name=2+3 title=4");
  EXPECT_EQ(mapped("STT,Họ và tên,,Chức vụ\n1,Lý Thị Mẫu,12,x\n2,Đỗ Văn Thử,nữ,x\n", "staff"),
            "full_name=2 title=4");
}

TEST(Headings, ANameIsReadOfItsParts) {
  const Table table = table_of("Họ,Tên đệm,Tên,Chức vụ\nLý,Thị,Mẫu,x\nLý,,Mẫu,x\n");
  const auto header = lexicon().find_header(table, "staff", {}, "t");
  Problems problems;
  EXPECT_EQ(Cells(*header, table.rows[1], lexicon(), problems).text("full_name"), "Lý Thị Mẫu");
  EXPECT_EQ(Cells(*header, table.rows[2], lexicon(), problems).text("full_name"), "Lý Mẫu");
}

DayOrder order_of(const std::string& rows, const std::string& field) {
  const Table table = table_of("Login,Created,Last login\n" + rows);
  Header header = *lexicon().find_header(table, "account", {}, "t");
  decide_dates(header, table);
  return header.find(field)->order;
}

TEST(DateOrders, OneColumnProvesTheOrderOfTheFileAndContradictionsAreUnknown) {
  EXPECT_EQ(order_of("a,3/2/2026 8:00,4/22/2026 9:00\n", "created_at"), DayOrder::mdy);
  EXPECT_EQ(order_of("a,3/2/2026 8:00,22/4/2026 9:00\n", "created_at"), DayOrder::dmy);
  EXPECT_EQ(order_of("a,13/2/2026,4/22/2026\n", "created_at"), DayOrder::dmy);
  EXPECT_EQ(order_of("a,3/2/2026,4/5/2026\n", "created_at"), DayOrder::unclear);
  const Table table = table_of("Login,Created,Last login,Ngày cấp\n"
                               "a,13/2/2026,4/22/2026,1/2/2026\n");
  Header header = *lexicon().find_header(table, "account", {}, "t");
  decide_dates(header, table);
  EXPECT_EQ(header.find("issued_at")->order, DayOrder::mixed);
}

TEST(Titles, OfListsSayWhoHasLeft) {
  for (const char* left : {"Đã nghỉ việc", "DANH SÁCH CÁN BỘ NGHỈ HƯU, THÔI VIỆC",
                           "ds-nghi-huu-2025", "Chuyển công tác"}) {
    EXPECT_EQ(lexicon().status_of_title(left), "left") << left;
  }
  EXPECT_EQ(lexicon().status_of_title("Đang làm việc"), "working");
  for (const char* nothing : {"Danh sách CBCC", "Dự kiến nghỉ hưu 2027", "Chuyển công tác nội bộ",
                              "Cán bộ đang làm việc, nghỉ hưu"}) {
    EXPECT_EQ(lexicon().status_of_title(nothing), "") << nothing;
  }
}

TEST(Names, OfPeopleLoseWhatIsNoName) {
  const auto name = [](const char* written) { return lexicon().name_of_person(written); };
  for (const char* written : {"Lý Thị Mẫu", "Lý Thị Mẫu (VP)", "Lý Thị Mẫu - Văn thư",
                              "Bà Lý Thị Mẫu", "GĐ. Lý Thị Mẫu", "Lý Thị Mẫu_KH",
                              "Đ/c Lý Thị Mẫu [Sở A]"}) {
    EXPECT_EQ(name(written), "Lý Thị Mẫu") << written;
  }
  EXPECT_EQ(name("Bà"), "Bà");
  EXPECT_EQ(name(""), "");
}

}  // namespace
}  // namespace khien
