// Exports to facts: a golden pair for each kind, then the rules one by one.
#include "collect/accounts/accounts.h"
#include "people/join.h"

#include <gtest/gtest.h>

#include "base/calendar.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/testing.h"

namespace khien {
namespace {

const std::string kCases = "src/collect/accounts/testdata/";

const Lexicon& lexicon_of_content() {
  static const Lexicon lexicon = [] {
    const auto content = Content::open(built_in_content());
    auto loaded = Lexicon::load(*content);
    EXPECT_TRUE(loaded) << (loaded ? "" : to_string(loaded.error()));
    return std::move(*loaded);
  }();
  return lexicon;
}

Table table_of(const std::string& text) {
  auto table = read_csv(text, "t.csv");
  EXPECT_TRUE(table);
  return std::move(*table);
}

ImportSpec spec_of(const std::string& app = "App") {
  ImportSpec spec;
  spec.source = "t.csv";
  spec.app = app;
  return spec;
}

void check_golden(const Collection& collection, const std::string& name) {
  const std::string got = to_json(to_node(collection), 1) + "\n";
  expect_golden(kCases + name, got);
}

Result<Import> accounts(const std::string& text) {
  return import_accounts(table_of(text), spec_of(), lexicon_of_content());
}

std::string accounts_code(const std::string& text) {
  const auto out = accounts(text);
  return out ? "" : out.error().code;
}

std::string cell_of(const Row& row, const std::string& column) {
  return text_of(row, column, "NULL");
}

TEST(AccountFile, AnExportAndAStaffListGiveTheGoldenCollections) {
  const auto app = read_file(kCases + "app.in.csv", limits::kMiB);
  const auto staff = read_file(kCases + "staff.in.csv", limits::kMiB);
  ASSERT_TRUE(app && staff);
  auto accounts_read = import_accounts(table_of(*app), spec_of("TDOffice"), lexicon_of_content());
  auto staff_read = import_staff(table_of(*staff), spec_of(), lexicon_of_content());
  ASSERT_TRUE(accounts_read && staff_read);
  std::vector<Collection> both = {accounts_read->collection, staff_read->collection};
  join_staff(both, lexicon_of_content());
  check_golden(both[0], "app.out.json");
  check_golden(both[1], "staff.out.json");
}

TEST(AccountFile, WhatTheWriterOfFactsAcceptsIsWhatWeWrite) {
  const auto content = Content::open(built_in_content());
  const auto schema = FactSchema::load(*content);
  ASSERT_TRUE(schema);
  const auto db = Database::in_memory();
  ASSERT_TRUE(db && db->execute(schema->ddl()));
  const auto app = read_file(kCases + "app.in.csv", limits::kMiB);
  const auto imported = accounts(*app);
  ASSERT_TRUE(imported);
  const auto written = write_collection(*db, *schema, imported->collection);
  EXPECT_TRUE(written) << to_string(written.error());
}

TEST(AccountFile, TheMappingIsStatedForTheReader) {
  const auto out = accounts("STT,Ten dang nhap,TRẠNG THÁI,Ngày đổi MK gần nhất *:,Lạ\n1,a,1,,\n");
  ASSERT_TRUE(out);
  ASSERT_EQ(out->mapping.size(), 3U);
  EXPECT_EQ(out->mapping[0].field + out->mapping[0].how, "loginno_marks");
  EXPECT_EQ(out->mapping[1].field + out->mapping[1].how, "enabledexact");
  EXPECT_EQ(out->mapping[2].column, 4);
  EXPECT_EQ(out->mapping[2].header, "Ngày đổi MK gần nhất *:");
  EXPECT_EQ(out->mapping[2].field, "password_changed_at");
}

TEST(AccountFile, AStatedColumnWinsAndAmbiguityIsAsked) {
  ImportSpec spec = spec_of();
  const std::string twice = "Tài khoản,Trạng thái,Tình trạng,Email\na,1,0,x\n";
  EXPECT_EQ(accounts_code(twice), "K0463");
  spec.columns["Mã vào"] = "login";
  const auto out = import_accounts(table_of("Mã vào,Email\na,x\n"), spec, lexicon_of_content());
  ASSERT_TRUE(out) << to_string(out.error());
  EXPECT_EQ(out->mapping[0].how, "stated");
}

TEST(AccountFile, TwoRowsOfHeadingsAreOneHeader) {
  const std::string text =
      "DANH SÁCH TÀI KHOẢN,,,,\n"
      "STT,Họ và tên,Tài khoản,,Mật khẩu\n"
      ",,Tên đăng nhập,Trạng thái,Ngày đổi\n"
      "1,Lê Văn An,anlv,Hoạt động,25/01/2024\n"
      "2,,binhtt,,\n";
  const auto out = accounts(text);
  ASSERT_TRUE(out) << to_string(out.error());
  ASSERT_EQ(out->mapping.size(), 4U);
  EXPECT_EQ(out->mapping[0].field, "display_name");
  EXPECT_EQ(out->mapping[1].field, "login");
  EXPECT_EQ(out->mapping[2].field, "enabled");
  EXPECT_EQ(out->mapping[3].field, "password_changed_at");
  EXPECT_EQ(out->mapping[3].header, "Mật khẩu / Ngày đổi");
  EXPECT_EQ(out->collection.tables.at("account").rows.size(), 2U);
}

TEST(AccountFile, AColumnOfUsDatesIsReadMonthFirst) {
  const auto out = accounts("SamAccountName,PasswordLastSet,LastLogonDate,Created\n"
                            "a,01/02/2024 12:00:00 AM,02/01/2024 8:00:00 AM,05/06/2023\n"
                            "b,01/23/2024 12:00:00 AM,,\n"
                            "c,23/01/2024 12:00:00 AM,,\n");
  ASSERT_TRUE(out);
  const std::vector<Row>& rows = out->collection.tables.at("account").rows;
  EXPECT_FALSE(rows[0].contains("password_changed_at")) << "both orders in one column";
  EXPECT_FALSE(rows[0].contains("created_at")) << "a file with both orders proves none";
  EXPECT_FALSE(rows[0].contains("last_login_at")) << "English times, no order shown";
  const auto us = accounts("SamAccountName,PasswordLastSet,LastLogonDate\n"
                           "a,01/02/2024 12:00:00 AM,02/01/2024 12:00:00 AM\n"
                           "b,01/23/2024 12:00:00 AM,\n");
  ASSERT_TRUE(us);
  const Row& first = us->collection.tables.at("account").rows[0];
  EXPECT_EQ(cell_of(first, "password_changed_at"), std::to_string(start_of_day_ms({2024, 1, 2})));
  EXPECT_EQ(cell_of(first, "last_login_at"), std::to_string(start_of_day_ms({2024, 2, 1})));
}

TEST(AccountFile, TablesWithoutAHeaderOrKeyAreErrors) {
  EXPECT_EQ(accounts_code(""), "K0460");
  EXPECT_EQ(accounts_code("1,2,3\n4,5,6\n"), "K0461");
  EXPECT_EQ(accounts_code("Họ và tên,Trạng thái\na,1\n"), "K0462");
  EXPECT_EQ(accounts_code("Ngày cấp CCCD,Tài khoản ngân hàng\na,1\n"), "K0461");
}

TEST(AccountFile, AnEmptyCellIsUnknownNeverADefault) {
  const auto out = accounts("Tài khoản,Trạng thái,Vai trò,Ngày đổi mật khẩu,Đăng nhập cuối,OTP\n"
                            "a,,,,,\n");
  ASSERT_TRUE(out);
  const Row& row = out->collection.tables.at("account").rows.at(0);
  for (const char* column : {"enabled", "locked", "role", "privileged", "password_changed_at",
                             "last_login_at", "never_logged_in", "mfa"}) {
    EXPECT_FALSE(row.contains(column)) << column;
  }
}

TEST(AccountFile, NeverChangedIsTheInstantOfIssueOrAGap) {
  const auto out = accounts("Tài khoản,Ngày cấp,Ngày đổi mật khẩu\na,05/01/2024,Chưa đổi\n"
                            "b,,chua doi\n");
  ASSERT_TRUE(out);
  const TableFacts& facts = out->collection.tables.at("account");
  EXPECT_EQ(cell_of(facts.rows[0], "password_changed_at"), cell_of(facts.rows[0], "issued_at"));
  EXPECT_EQ(cell_of(facts.rows[1], "password_changed_at"), "NULL");
  EXPECT_EQ(facts.gaps.at("password_changed_at"), "reason.accounts.never_changed_no_issue");
}

TEST(AccountFile, AColumnTheExportLacksIsAGap) {
  const auto out = accounts("Tài khoản,Trạng thái\na,1\n");
  ASSERT_TRUE(out);
  const TableFacts& facts = out->collection.tables.at("account");
  EXPECT_EQ(facts.gaps.at("password_changed_at"), "reason.accounts.no_column");
  EXPECT_FALSE(facts.gaps.contains("enabled"));
  EXPECT_EQ(facts.status, TableFacts::Status::complete);
}

Collection staff_of(const std::string& text) {
  auto out = import_staff(table_of(text), spec_of(), lexicon_of_content());
  EXPECT_TRUE(out);
  return std::move(out->collection);
}

std::vector<std::string> joined(const std::string& staff, const std::string& account_text) {
  auto imported = accounts(account_text);
  EXPECT_TRUE(imported);
  std::vector<Collection> all = {std::move(imported->collection), staff_of(staff)};
  join_staff(all, lexicon_of_content());
  std::vector<std::string> out;
  for (const Row& row : all[0].tables.at("account").rows) out.push_back(cell_of(row, "staff_key"));
  return out;
}

TEST(AccountJoin, TheOrderIsIdThenMailThenLoginThenUniqueName) {
  const std::string staff = "Mã cán bộ,Họ và tên,Phòng,Email\n"
                            "S1,Lê Thị Mẫu,P1,mau@x.test\nS2,Hoà Văn Thử,P1,thu@x.test\n"
                            "S3,Trần Đôi,P1,doi1@x.test\nS4,Trần Đôi,P2,doi2@x.test\n";
  EXPECT_EQ(joined(staff, "Mã cán bộ,Tài khoản,Họ tên,Email,Phòng\n"
                          "S2,mau,Lê Thị Mẫu,mau@x.test,\n"    // the id against all else: nobody
                          "S2,u1,Tên Khác,mau@x.test,\n"       // against the address alone: the id
                          ",u2,ai đó,THU@X.TEST,\n"            // mail
                          ",doi1,,,\n"                         // local part
                          ",doi2@x.test,,,\n"                  // the address as log-in
                          ",u5,HÒA VĂN THỬ,,\n"                // name, other case and tone place
                          ",u6,Trần Đôi,,P2\n"                 // homonyms told apart by unit
                          ",u7,Trần Đôi,,P9\n"                 // not told apart: nobody
                          "S9,u8,Không Ai,,\n"),               // an id nobody has
            (std::vector<std::string>{"NULL", "S2", "S2", "S3", "S4", "S2", "S4", "NULL", "NULL"}));
}

TEST(AccountJoin, WithoutAStaffListTheColumnIsAGap) {
  auto imported = accounts("Mã cán bộ,Tài khoản\nS1,a\n");
  ASSERT_TRUE(imported);
  std::vector<Collection> all = {std::move(imported->collection)};
  join_staff(all, lexicon_of_content());
  const TableFacts& facts = all[0].tables.at("account");
  EXPECT_EQ(facts.gaps.at("staff_key"), "reason.accounts.no_staff_list");
  EXPECT_EQ(cell_of(facts.rows[0], "staff_key"), "NULL");
}

TEST(StaffList, FunctionsAreReadFromTitlesByTheLexicon) {
  const Lexicon& lexicon = lexicon_of_content();
  EXPECT_EQ(lexicon.function_of("Phó Giám đốc Sở"), "lanh_dao");
  EXPECT_EQ(lexicon.function_of("VĂN THƯ - lưu trữ"), "van_thu");
  EXPECT_EQ(lexicon.function_of("Chuyên viên chính"), "chuyen_vien");
  EXPECT_EQ(lexicon.function_of("Quản trị mạng"), "quan_tri");
  EXPECT_EQ(lexicon.function_of("Lái xe"), "khac");
}

TEST(StaffList, RowsThatHeadAGroupAreNobody) {
  const auto out = import_staff(
      table_of("STT,Họ và tên,Đơn vị,Chức vụ,Tình trạng\nI,Ban Giám đốc,,,\n"
               "1,Trần Thị Lan,Ban Giám đốc,Giám đốc,Đang công tác\n2,Phòng Một cửa,,,\n"
               "3,Lê Văn Bình,Văn phòng,Chuyên viên,Đang công tác\n4,Ngô Thị Sáu,,,\n"
               "5,Vũ Thị Hà,Văn phòng,Văn thư,Đang công tác\n"
               "6,Đỗ Văn Tư,Văn phòng,Kế toán,Đang công tác\n"),
      spec_of(""), lexicon_of_content());
  ASSERT_TRUE(out);
  const TableFacts& staff = out->collection.tables.at("staff");
  std::string names;
  for (const Row& row : staff.rows) names += cell_of(row, "full_name") + ";";
  EXPECT_EQ(names, "Trần Thị Lan;Lê Văn Bình;Ngô Thị Sáu;Vũ Thị Hà;Đỗ Văn Tư;");
  EXPECT_NE(staff.detail.find("group rows: 2"), std::string::npos) << staff.detail;
}

TEST(StaffList, StatesAreReadByTheirBeginningAndLeaveIsNoLeaving) {
  for (const auto& [written, wanted] : std::map<std::string, std::string>{
           {"Nghỉ việc từ 01/03/2026", "left 2026-03-01"}, {"Từ trần", "left "},
           {"Đã nghỉ chế độ", "left "}, {"Nghỉ chế độ từ 01/02/2026", "left 2026-02-01"},
           {"Thôi việc từ tháng 3", "left "}, {"Nghỉ hưu (NĐ 178)", "left "},
           {"Chuyển sang Sở B", "transferred "}, {"Chuyển sang phòng Tổ chức", " "},
           {"Nghỉ việc riêng", "working "}, {"Nghỉ phép", "working "}, {"Nghỉ ốm", "working "},
           {"Nghỉ chế độ thai sản", "long_leave "}, {"Nghỉ thai sản từ 01/09/2026", "long_leave "},
           {"Nghỉ giữa giờ", " "}}) {
    const auto out = import_staff(table_of("Họ và tên,Chức vụ,Tình trạng\nA,B," + written + "\n"),
                                  spec_of(""), lexicon_of_content());
    ASSERT_TRUE(out);
    const Row& row = out->collection.tables.at("staff").rows.at(0);
    const auto text = [&](const char* c) { return row.contains(c) ? cell_of(row, c) : ""; };
    EXPECT_EQ(text("status") + " " + text("status_on"), wanted) << written;
  }
}

TEST(AccountFile, WithdrawnIsNotEnabledAndDisplayNameIsAName) {
  const auto out = accounts("SamAccountName,DisplayName,Enabled\na,Lê Bình,Đã xóa\n"
                            "b,Lê Bình,Đã thu hồi\nc,Lê Bình,Đã hủy\n");
  ASSERT_TRUE(out);
  for (const Row& row : out->collection.tables.at("account").rows) {
    EXPECT_EQ(cell_of(row, "enabled") + cell_of(row, "display_name"), "0Lê Bình");
  }
}

TEST(PasswordRules, ATableAndYamlGiveTheSameRule) {
  const auto table = import_password_rules(
      table_of("Phần mềm,Độ dài tối thiểu,Chữ số,Ký tự đặc biệt,Nguồn\nTD,8,có,không,ảnh 1\n"),
      spec_of(), lexicon_of_content());
  const auto yaml = password_rules_from_yaml("password_rules:\n  - {app: TD, min_length: 8, "
                                             "need_digit: true, need_special: false, "
                                             "source: ảnh 1}\n",
                                             "r.yaml", spec_of());
  ASSERT_TRUE(table && yaml);
  EXPECT_EQ(to_json(to_node(table->collection)["tables"]["password_rule"]["rows"]),
            to_json(to_node(*yaml)["tables"]["password_rule"]["rows"]));
  EXPECT_FALSE(yaml->tables.at("password_rule").rows[0].contains("history"));
}

TEST(PasswordRules, AWrongYamlNamesItsLine) {
  const auto unknown = password_rules_from_yaml("password_rules:\n  - app: a\n    length: 8\n",
                                                "r.yaml", spec_of());
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().code + " " + unknown.error().place, "K0015 r.yaml:3");
  const auto typed = password_rules_from_yaml("password_rules:\n  - app: a\n    min_length: dài\n",
                                              "r.yaml", spec_of());
  ASSERT_FALSE(typed);
  EXPECT_EQ(typed.error().code + " " + typed.error().place, "K0014 r.yaml:3");
}

// A list of ten ids "CB-01" to "CB-12", of which one has none. `number`: its running number.
std::string staff_list(const std::string& number, const std::string& fourth = "4") {
  std::string out = "STT,Họ và tên,Mã cán bộ,Chức vụ\n";
  for (int i = 1; i <= 11; ++i) {
    const std::string n = std::to_string(i);
    if (i == 7) out += number + ",Người Mới,,Văn thư\n";
    else
      out +=
          (i == 4 ? fourth : n) + ",Người " + n + ",CB-" + (i < 10 ? "0" : "") + n + ",Văn thư\n";
  }
  return out;
}

std::string key_of_the_new_one(const std::string& text) {
  const auto out = import_staff(table_of(text), spec_of(), lexicon_of_content());
  EXPECT_TRUE(out);
  if (!out) return "";
  std::vector<Collection> all = {std::move(out->collection)};
  complete_staff(all);
  const auto& rows = all[0].tables.at("staff").rows;
  EXPECT_EQ(rows.size(), 11U);
  EXPECT_FALSE(rows[10].contains("shown_id"));
  for (const Row& row : rows) {
    if (cell_of(row, "full_name") == "Người Mới") return cell_of(row, "staff_key");
  }
  return "";
}

TEST(Staff, IdsLeftOutComeFromTheRunningNumberWhereItAlwaysAgrees) {
  EXPECT_EQ(key_of_the_new_one(staff_list("7")), "CB-07");
  for (const std::string& list : {staff_list("7", "5"), staff_list("8"), staff_list(""),
                                  staff_list("bảy"), staff_list("100"), staff_list("12"),
                                  staff_list("99999999999")}) {
    EXPECT_TRUE(key_of_the_new_one(list).starts_with("p-")) << list;
  }
}

}  // namespace
}  // namespace khien
