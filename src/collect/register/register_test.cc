// Every register's definition against the fact tables, and what the importer says of good, bad and
// missing cells.
#include "collect/register/register.h"

#include "collect/register/list.h"
#include "collect/register/long_duty.h"
#include "collect/register/office_time.h"

#include <gtest/gtest.h>

#include "base/calendar.h"
#include "collect/register/errors.h"
#include "format/errors.h"

namespace khien {
namespace {

class RegisterTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(content_ && registers_ && lexicon_);
    systems_ = registers_->find("systems");
    duty_ = registers_->find("duty");
    ASSERT_NE(systems_, nullptr);
    ASSERT_NE(duty_, nullptr);
  }
  Result<RegisterImport> import(const Register& r, const std::string& csv) {
    const auto table = read_csv(csv, "so.csv");
    if (!table) return pass_on(table.error());
    return import_register(r, *table, "so.csv", *lexicon_);
  }
  const TableFacts& facts(const RegisterImport& i, const Register& r) {
    return i.collection.tables.at(r.table);
  }
  Result<Content> content_ = Content::open(built_in_content());
  Result<Registers> registers_ = Registers::load(*content_);
  Result<Lexicon> lexicon_ = Lexicon::load(*content_);
  const Register* systems_ = nullptr;
  const Register* duty_ = nullptr;
};

TEST_F(RegisterTest, EveryColumnIsAColumnOfItsFactTableAndEveryExampleIsRead) {
  const auto schema = FactSchema::load(*content_);
  ASSERT_TRUE(schema);
  EXPECT_GE(registers_->all().size(), 20U);
  for (const Register& r : registers_->all()) {
    const FactTable* table = schema->find(r.table);
    ASSERT_NE(table, nullptr) << r.name;
    Table rows;
    TableBuilder builder(rows, r.name);
    for (std::size_t i = 0; i < r.columns.size(); ++i) {
      const RegisterColumn& c = r.columns[i];
      ASSERT_NE(table->find(c.field), nullptr) << r.name << "." << c.field;
      ASSERT_TRUE(builder.cell(1, i, c.vi));
      for (const RegisterChoice& choice : c.choices) {
        EXPECT_EQ(choice.words[0].find(','), std::string::npos) << r.name << "." << c.field;
        EXPECT_EQ(choice.words[1].find(','), std::string::npos) << r.name << "." << c.field;
      }
    }
    for (std::size_t i = 0; i < r.columns.size(); ++i) {
      if (!r.columns[i].example.empty()) {
        ASSERT_TRUE(builder.cell(2, i, r.columns[i].example));
      }
    }
    const auto imported = import_register(r, rows, r.name, *lexicon_);
    ASSERT_TRUE(imported) << r.name << " " << to_string(imported.error());
    EXPECT_EQ(imported->problem_count, 0U)
        << r.name << " " << to_string(imported->problems.front());
    const auto db = Database::in_memory();
    ASSERT_TRUE(db && db->execute(schema->ddl()));
    const auto written = write_collection(*db, *schema, imported->collection);
    EXPECT_TRUE(written) << r.name << " " << to_string(written.error());
  }
}

TEST_F(RegisterTest, TitleRowsMarksOfNeedAndLostDiacriticsAreUnderstood) {
  const auto i = import(*systems_,
                        "SỔ HỆ THỐNG\n\nTT,Ten he thong (*),MỨC QUAN TRỌNG *,Cấp độ an toàn\n"
                        "1,TDOffice,quan trong,3\n2,Cổng,Thông thường,\n");
  ASSERT_TRUE(i) << to_string(i.error());
  const TableFacts& f = facts(*i, *systems_);
  ASSERT_EQ(f.rows.size(), 2U);
  EXPECT_EQ(f.status, TableFacts::Status::complete);
  EXPECT_EQ(to_text(f.rows[0].at("importance")), "important");
  EXPECT_EQ(to_text(f.rows[0].at("security_grade")), "3");
  EXPECT_FALSE(f.rows[1].contains("security_grade"));
  EXPECT_EQ(f.gaps.at("owned_by"), "reason.register.no_column");
}

TEST_F(RegisterTest, TheExampleRowIsNoData) {
  const auto i = import(*systems_, "TT,Tên hệ thống,Mức quan trọng\nVí dụ,X,Quan trọng\n");
  ASSERT_TRUE(i);
  EXPECT_TRUE(facts(*i, *systems_).rows.empty());
  EXPECT_EQ(facts(*i, *systems_).status, TableFacts::Status::partial);
  EXPECT_EQ(facts(*i, *systems_).reason, "reason.register.no_rows");
}

TEST_F(RegisterTest, NothingHappenedIsAWholeRegisterWithoutRows) {
  const Register* requests = registers_->find("requests");
  ASSERT_NE(requests, nullptr);
  const auto i = import(*requests, "TT,Yêu cầu,Nhận lúc\n1,Không phát sinh,\n");
  ASSERT_TRUE(i);
  EXPECT_EQ(facts(*i, *requests).status, TableFacts::Status::complete);
  EXPECT_TRUE(facts(*i, *requests).rows.empty());
  const auto both = import(*requests, "Yêu cầu,Nhận lúc\nKhông có,\nx,10/11/2026 08:00\n");
  ASSERT_TRUE(both);
  EXPECT_EQ(facts(*both, *requests).status, TableFacts::Status::partial);
}

TEST_F(RegisterTest, ABadCellIsNamedByRowAndColumnAndTheTableIsPartial) {
  const auto i = import(*systems_,
                        "Tên hệ thống,Mức quan trọng,Cấp độ,Ngày phê duyệt cấp độ,"
                        "Phục vụ lãnh đạo điều hành\nA,Quan trọng,ba,31/02/2026,có lẽ\n"
                        "B,rất,3,,\n,Quan trọng,1,,\n");
  ASSERT_TRUE(i);
  const TableFacts& f = facts(*i, *systems_);
  EXPECT_EQ(f.rows.size(), 1U);  // A, without what could not be read; B and the nameless are out
  EXPECT_EQ(i->left_out, 2U);
  EXPECT_EQ(i->problem_count, 5U);
  EXPECT_EQ(f.status, TableFacts::Status::partial);
  EXPECT_EQ(f.reason, "reason.register.rows_left_out");
  const auto has = [&](Code code, const std::string& row, const std::string& column) {
    return std::any_of(i->problems.begin(), i->problems.end(), [&](const Error& e) {
      return e.code == code && e.args.at("row") == row && e.args.at("column") == column;
    });
  };
  EXPECT_TRUE(has(err::register_number, "2", "Cấp độ"));
  EXPECT_TRUE(has(err::register_date, "2", "Ngày phê duyệt cấp độ"));
  EXPECT_TRUE(has(err::register_word, "2", "Phục vụ lãnh đạo điều hành"));
  EXPECT_TRUE(has(err::register_word, "3", "Mức quan trọng"));
  EXPECT_TRUE(has(err::register_empty, "4", "Tên hệ thống"));
  EXPECT_EQ(f.gaps.at("security_grade"), "reason.register.bad_cells");
}

TEST_F(RegisterTest, WrongHeadingsStopTheFile) {
  const auto code = [&](const std::string& csv) {
    const auto i = import(*systems_, csv);
    return i ? std::string("read") : i.error().code;
  };
  EXPECT_EQ(code("Tên hệ thống,Mức quan trọng,Màu\nA,Quan trọng,đỏ\n"), err::register_column);
  EXPECT_EQ(code("Tên hệ thống,Mức quan trọng,Hệ thống\nA,Quan trọng,B\n"), err::register_twice);
  EXPECT_EQ(code("Tên hệ thống,Cấp độ\nA,3\n"), err::register_lacks);
  EXPECT_EQ(code("a,b\nc,d\n"), err::register_header);
  EXPECT_EQ(code("\n"), err::table_empty);
}

TEST_F(RegisterTest, ADayWithoutHoursIsItsMidnightOnlyInTheRoster) {
  const auto i = import(*duty_, "Người trực,Từ,Đến\nA,30/04/2026 19:00,01/05/2026\n");
  ASSERT_TRUE(i);
  const Row& row = facts(*i, *duty_).rows.at(0);
  EXPECT_EQ(std::get<std::int64_t>(row.at("to_at")), start_of_day_ms({2026, 5, 1}));
  EXPECT_EQ(to_text(row.at("to_at_precision")), "ms");
  const Register* requests = registers_->find("requests");
  const auto other = import(*requests, "Yêu cầu,Nhận lúc\nx,01/05/2026\n");
  ASSERT_TRUE(other);
  EXPECT_EQ(to_text(facts(*other, *requests).rows.at(0).at("received_at_precision")), "day");
}

TEST_F(RegisterTest, HoursAreReadAsPeopleWriteThemAndMidnightEndsTheDay) {
  const auto at = [](const char* text, bool ends = false) {
    const auto moment = parse_office_moment(text, ends);
    return moment ? to_iso_instant(moment->at_ms).substr(0, 16) : std::string("none");
  };
  EXPECT_EQ(at("30/04/2026 24:00"), "2026-05-01T00:00");
  EXPECT_EQ(at("24h00 ngày 30/04/2026"), "2026-05-01T00:00");
  EXPECT_EQ(at("30/04/2026 0h"), "2026-04-30T00:00");
  EXPECT_EQ(at("7h30 ngày 30/04/2026"), "2026-04-30T07:30");
  EXPECT_EQ(at("19 giờ 30 phút ngày 30/4/2026"), "2026-04-30T19:30");
  EXPECT_EQ(at("Thứ Năm, 30/4/2026, 19 giờ"), "2026-04-30T19:00");
  EXPECT_EQ(at("18g15 ngày 5 tháng 1 năm 2027"), "2027-01-05T18:15");
  EXPECT_EQ(at("30/04/2026 23:59", true), "2026-05-01T00:00");
  EXPECT_EQ(at("30/04/2026 23:59"), "2026-04-30T23:59");
  EXPECT_EQ(at("30/04/2026 12:00 SA"), "2026-04-30T00:00");
  for (const char* bad : {"30/04 07:00", "7h30", "25h00 30/04/2026", "24:30 30/04/2026", "sáng", "",
                          "30/04/2026 7h75"}) {
    EXPECT_EQ(at(bad), "none") << bad;
  }
}

TEST_F(RegisterTest, AShiftThatWasNotReadWholeStaysAndTheRosterIsPartial) {
  const auto i = import(*duty_, "Người trực,Từ,Đến\nA,30/04/2026 07:00,30/04 19:00\n"
                                ",30/04/2026 19:00,01/05/2026 07:00\n");
  ASSERT_TRUE(i);
  const TableFacts& f = facts(*i, *duty_);
  ASSERT_EQ(f.rows.size(), 2U);
  EXPECT_EQ(f.status, TableFacts::Status::partial);
  EXPECT_FALSE(f.rows[0].contains("to_at"));
  EXPECT_FALSE(f.rows[1].contains("person"));
}

TEST_F(RegisterTest, WhoIsOnDutyForMoreThanADayIsNamed) {
  const auto i = import(*duty_, "Người trực,Từ,Đến\nA,30/04/2026 00:00,01/05/2026 00:00\n"
                                "A,01/05/2026 00:00,02/05/2026 01:00\n"
                                "B,30/04/2026 00:00,01/05/2026 00:00\n");
  ASSERT_TRUE(i);
  const auto found = long_duties(facts(*i, *duty_).rows);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].person, "A");
  EXPECT_EQ(found[0].hours, 49);
}

TEST_F(RegisterTest, AShiftThatEndsBeforeItBeginsIsNamed) {
  const auto i = import(*duty_, "Người trực,Từ,Đến\nA,30/04/2026 18:00,30/04/2026 07:00\n"
                                "B,30/04/2026 07:00,30/04/2026 18:00\n");
  const auto found = backward_shifts(facts(*i, *duty_).rows);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].person, "A");
}

TEST_F(RegisterTest, AYamlListIsTheSameRegister) {
  const auto table = register_table_from_yaml(
      "- {name: A, importance: Quan trọng, serves_leadership: true}\n"
      "- {name: B, importance: normal, security_grade: 2}\n", "so.yaml");
  ASSERT_TRUE(table) << to_string(table.error());
  const auto i = import_register(*systems_, *table, "so.yaml", *lexicon_);
  ASSERT_TRUE(i) << to_string(i.error());
  ASSERT_EQ(facts(*i, *systems_).rows.size(), 2U);
  EXPECT_EQ(to_text(facts(*i, *systems_).rows[0].at("serves_leadership")), "1");
  EXPECT_FALSE(register_table_from_yaml("a: 1\n", "so.yaml"));
}

TEST_F(RegisterTest, ManyBadCellsAreCountedAndTheFirstOnesNamed) {
  for (const std::size_t n : {kRegisterProblems, kRegisterProblems + 1}) {
    std::string csv = "Tên hệ thống,Mức quan trọng,Cấp độ\n";
    for (std::size_t k = 0; k < n; ++k) csv += "A,Quan trọng,x\n";
    const auto i = import(*systems_, csv);
    ASSERT_TRUE(i);
    EXPECT_EQ(i->problem_count, n);
    EXPECT_EQ(i->problems.size(), kRegisterProblems);
    EXPECT_EQ(facts(*i, *systems_).rows.size(), n);
  }
}

TEST_F(RegisterTest, AnUnknownNameSaysWhichThereAre) {
  const auto r = registers_->need("may-bay", "agency.yaml:3");
  ASSERT_FALSE(r);
  EXPECT_EQ(r.error().code, err::register_unknown);
  EXPECT_NE(r.error().args.at("allowed").find("systems"), std::string::npos);
}

TEST_F(RegisterTest, BothNamesOfARegisterFindItAndNoNameIsThatOfTwo) {
  std::set<std::string> names;
  for (const Register& r : registers_->all()) {
    EXPECT_TRUE(names.insert(r.name).second) << r.name;
    EXPECT_TRUE(names.insert(r.name_vi).second) << r.name_vi;
    EXPECT_EQ(registers_->find(r.name), &r);
    EXPECT_EQ(registers_->find(r.name_vi), &r);
  }
  EXPECT_EQ(registers_->find("Văn bản"), registers_->find("orders"));
  EXPECT_EQ(registers_->find("van ban"), registers_->find("orders"));
  EXPECT_EQ(registers_->find("khong-co"), nullptr);
  EXPECT_EQ(registers_->need("trucc", "x").error().args.at("near"), "truc");
  EXPECT_EQ(registers_->need("qqqqqqq", "x").error().args.at("near"), "none");
}

TEST_F(RegisterTest, HeadingsOfBlankListsAreThoseAnExportIsReadBy) {
  const auto lists = blank_lists(*content_);
  ASSERT_TRUE(lists) << to_string(lists.error());
  ASSERT_EQ(lists->size(), 3U);
  const std::map<std::string, std::string> kinds = {
      {"staff", "staff"}, {"accounts", "account"}, {"password_rules", "password_rule"}};
  for (const Register& list : *lists) {
    for (const bool vi : {true, false}) {
      Table table;
      TableBuilder builder(table, list.name);
      for (std::size_t i = 0; i < list.columns.size(); ++i) {
        const RegisterColumn& c = list.columns[i];
        ASSERT_TRUE(builder.cell(1, i, (vi ? c.vi : c.en) + (c.required ? " (*)" : "")));
      }
      builder.finish();
      const auto header = lexicon_->find_header(table, kinds.at(list.name), {}, list.name);
      ASSERT_TRUE(header) << list.name << vi << to_string(header.error());
      for (std::size_t i = 0; i < list.columns.size(); ++i) {
        const int column = static_cast<int>(i) + 1;
        const auto at = std::find_if(header->columns.begin(), header->columns.end(),
                                     [&](const auto& m) { return m.column == column; });
        ASSERT_NE(at, header->columns.end()) << list.name << "." << list.columns[i].field << vi;
        EXPECT_EQ(at->field, list.columns[i].field) << list.name << vi;
      }
    }
  }
}

TEST_F(RegisterTest, AListIsReadWithTheNumbersOfItsRows) {
  const auto list = find_list(*content_, "cơ quan");
  ASSERT_TRUE(list && *list);
  EXPECT_EQ(registers_->find("agencies"), nullptr);  // it fills no fact table
  const auto read = import(**list, "Mã,Tên,Điện thoại trực\nH1,Sở A,0900.000.111\n,,\n"
                                   "H2,,\nH3,Sở C,\n");
  ASSERT_TRUE(read) << read.error().code;
  const auto& rows = facts(*read, **list).rows;
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(text_of(rows[0], "contact_phone"), "0900.000.111");
  EXPECT_EQ(text_of(rows[0], "row"), "2");
  EXPECT_EQ(text_of(rows[1], "row"), "5");
  ASSERT_EQ(read->problems.size(), 1U);
  EXPECT_EQ(read->problems[0].args.at("row"), "4");
}

}  // namespace
}  // namespace khien
