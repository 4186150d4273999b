// XLSX: every kind of cell, and containers made to hurt.
#include <gtest/gtest.h>

#include "base/file.h"
#include "base/limits.h"
#include "format/table/table.h"
#include "format/table/zip_writer.h"

namespace khien {
namespace {

using testing::make_xlsx;
using testing::make_zip;

Table xlsx_ok(const std::string& bytes, const std::string& sheet = "") {
  auto table = read_xlsx(bytes, "t.xlsx", sheet);
  EXPECT_TRUE(table) << (table ? "" : to_string(table.error()));
  return table ? std::move(*table) : Table{};
}

std::string xlsx_code(const std::string& bytes, const std::string& sheet = "") {
  const auto table = read_xlsx(bytes, "t.xlsx", sheet);
  return table ? "" : table.error().code;
}

std::string sheet_row(const std::string& cells, int number = 1) {
  return "<row r=\"" + std::to_string(number) + "\">" + cells + "</row>";
}
std::string sheet_data(const std::string& rows) { return "<sheetData>" + rows + "</sheetData>"; }

TEST(TableXlsx, EveryKindOfCellBecomesText) {
  const Table t = xlsx_ok(make_xlsx(
      sheet_data(sheet_row("<c r=\"A1\" t=\"s\"><v>0</v></c>"
               "<c r=\"B1\" t=\"inlineStr\"><is><t>Hoạt </t><rPh><t>x</t></rPh></is></c>"
               "<c r=\"C1\" s=\"1\"><v>46082</v></c>"
               "<c r=\"D1\" s=\"1\"><v>46082.354166666664</v></c>"
               "<c r=\"E1\" t=\"b\"><v>1</v></c><c r=\"F1\"><v>3.0</v></c>"
               "<c r=\"G1\"><v>1.5E-1</v></c><c r=\"H1\" s=\"2\"><v>46082</v></c>"
               "<c r=\"I1\" t=\"str\"><f>A1&amp;\"x\"</f><v>kept</v></c>"
               "<c r=\"J1\"><f>NOW()</f></c><c r=\"L1\" t=\"e\"><v>#N/A</v></c>")),
      "<si><r><t>Họ </t></r><r><t>tên</t></r></si>"));
  ASSERT_EQ(t.rows.size(), 1U);
  EXPECT_EQ(t.rows[0].cells,
            (std::vector<std::string>{"Họ tên", "Hoạt", "2026-03-01", "2026-03-01T08:30:00", "TRUE",
                                      "3", "0.15", "46082", "kept", "", "", "#N/A"}));
  EXPECT_EQ(t.uncounted, 1);
}

TEST(TableXlsx, AnEmptyTextIsAValueOfAFormulaAndNoValueIsNone) {
  const Table t = xlsx_ok(make_xlsx(sheet_data(sheet_row(
      "<c r=\"A1\" t=\"str\"><f>IF(B9=\"\",\"\",B9)</f><v></v></c>"
      "<c r=\"B1\" t=\"str\"><f>TRIM(\"\")</f><v/></c>"
      "<c r=\"C1\" t=\"str\"><f>C9&amp;\"\"</f><v xml:space=\"preserve\"></v></c>"
      "<c r=\"D1\" t=\"str\"><v>Văn phòng</v></c>"))));
  EXPECT_EQ(t.uncounted, 0);
  EXPECT_EQ(t.rows.at(0).cells, (std::vector<std::string>{"", "", "", "Văn phòng"}));
  const Table open = xlsx_ok(make_xlsx(sheet_data(sheet_row(
      "<c r=\"A1\" t=\"str\"><f>B9</f></c><c r=\"B1\"><f>B9</f><v></v></c>"
      "<c r=\"C1\"><f>B9</f><v/></c><c r=\"D1\" t=\"str\"><v>Văn phòng</v></c>"))));
  EXPECT_EQ(open.uncounted, 3);
}

TEST(TableXlsx, MergedRangesFillAllTheirCells) {
  const Table t = xlsx_ok(make_xlsx(
      sheet_data(sheet_row("<c r=\"A1\" t=\"str\"><v>Họ tên</v></c>"
                           "<c r=\"B1\" t=\"str\"><v>Ngày</v></c>") +
                 sheet_row("<c r=\"B2\" t=\"str\"><v>cấp</v></c>"
                           "<c r=\"C2\" t=\"str\"><v>đổi</v></c>", 2)) +
      "<mergeCells><mergeCell ref=\"A1:A2\"/><mergeCell ref=\"B1:C1\"/></mergeCells>"));
  EXPECT_EQ(t.rows[0].cells, (std::vector<std::string>{"Họ tên", "Ngày", "Ngày"}));
  EXPECT_EQ(t.rows[1].cells, (std::vector<std::string>{"Họ tên", "cấp", "đổi"}));
}

TEST(TableXlsx, A1904WorkbookCountsFromItsOwnEpoch) {
  const std::string cell = "<c r=\"A1\" s=\"1\"><v>44620</v></c>";
  const Table t = xlsx_ok(make_xlsx(sheet_data(sheet_row(cell)), "",
                                    "<workbookPr date1904=\"1\"/>"));
  EXPECT_EQ(t.rows[0].cells[0], "2026-03-01");
}

TEST(TableXlsx, ASheetIsChosenByNameAndAWrongNameListsTheOthers) {
  const std::string bytes = make_xlsx(sheet_data(sheet_row("<c><v>1</v></c>")));
  EXPECT_EQ(xlsx_ok(bytes, "s").rows[0].cells[0], "1");
  const auto wrong = read_xlsx(bytes, "t.xlsx", "T");
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().code, "K0459");
  EXPECT_EQ(wrong.error().args.at("sheets"), "S");
}

TEST(TableXlsx, ACutFileIsAnErrorWhereverItIsCut) {
  const auto whole = read_file("samples/agency/nguon/tai-khoan-tdoffice.xlsx", limits::kMiB);
  ASSERT_TRUE(whole);
  for (std::size_t size = 4; size < whole->size(); size += 97) {
    EXPECT_EQ(xlsx_code(whole->substr(0, size)), "K0456") << size;
  }
}

TEST(TableXlsx, ABombIsStoppedByItsRatio) {
  const std::string bytes = make_xlsx(std::string(64 * limits::kMiB, ' ') + sheet_data(""));
  ASSERT_LT(bytes.size(), limits::kMiB);
  EXPECT_EQ(xlsx_code(bytes), "K0458");
}

TEST(TableXlsx, EntriesAtTheLimitAreReadOneMoreIsNot) {
  testing::ZipPartsIn parts;
  for (std::size_t i = 0; i < limits::zip_entries; ++i) parts.emplace_back(std::to_string(i), "x");
  EXPECT_EQ(xlsx_code(make_zip(parts)), "K0456");  // no workbook in it, but opened
  parts.emplace_back("one more", "x");
  EXPECT_EQ(xlsx_code(make_zip(parts)), "K0458");
}

TEST(TableXlsx, CharactersWrittenAsNumbersAreThoseCharacters) {
  const auto cell = [](const std::string& written) {
    const auto table = read_table_bytes(
        make_xlsx(sheet_data(sheet_row("<c t=\"inlineStr\"><is><t>" + written + "</t></is></c>"))),
        "t", "");
    return table ? table->rows.at(0).cells.at(0) : to_string(table.error());
  };
  EXPECT_EQ(cell("Hết_x000D_\nhạn"), "Hết hạn");
  EXPECT_EQ(cell("a_x005F_x0041_"), "a_x0041_");
  EXPECT_EQ(cell("_x1EA4_y"), "Ấy");
  for (const char* plain : {"a_x", "_x12_", "_xZZZZ_", "ma_x0041", "_x 041_"}) {
    EXPECT_EQ(cell(plain), plain);
  }
}

TEST(TableXlsx, TheWorkbookIsThePartThePackageNames) {
  const std::string office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  const auto link = [&](const std::string& type, const std::string& target, const char* id) {
    return "<Relationship Id=\"" + std::string(id) + "\" Type=\"" + office + "/" + type +
           "\" Target=\"" + target + "\"/>";
  };
  const testing::ZipPartsIn parts = {
      {"_rels/.rels", "<Relationships>" + link("officeDocument", "/so/b7.xml", "r") +
                          "</Relationships>"},
      {"so/b7.xml", "<workbook xmlns:r=\"" + office + "\"><sheets><sheet name=\"A\" "
                    "sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"},
      {"so/_rels/b7.xml.rels", "<Relationships>" + link("worksheet", "s9.xml", "r1") +
                                   link("sharedStrings", "chu.xml", "r2") + "</Relationships>"},
      {"so/chu.xml", "<sst><si><t>Tên</t></si></sst>"},
      {"so/s9.xml", "<worksheet><sheetData><row><c t=\"s\"><v>0</v></c></row></sheetData>"
                    "</worksheet>"}};
  const auto table = read_table_bytes(make_zip(parts), "t", "");
  ASSERT_TRUE(table) << to_string(table.error());
  EXPECT_EQ(table->rows.at(0).cells.at(0), "Tên");
}

TEST(TableXlsx, ASheetThatIsAChartIsPassedOver) {
  const std::string office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  const std::string rows = sheet_data(sheet_row("<c><v>7</v></c>"));
  const auto table = read_table_bytes(
      make_zip({{"xl/workbook.xml",
                 "<workbook xmlns:r=\"" + office + "\"><sheets><sheet name=\"Biểu đồ\" "
                 "sheetId=\"1\" r:id=\"r1\"/><sheet name=\"Số liệu\" sheetId=\"2\" "
                 "r:id=\"r2\"/></sheets></workbook>"},
                {"xl/_rels/workbook.xml.rels",
                 "<Relationships><Relationship Id=\"r1\" Type=\"" + office + "/chartsheet\" "
                 "Target=\"chartsheets/sheet1.xml\"/><Relationship Id=\"r2\" Type=\"" + office +
                 "/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"},
                {"xl/chartsheets/sheet1.xml", "<chartsheet><drawing/></chartsheet>"},
                {"xl/worksheets/sheet1.xml", "<worksheet>" + rows + "</worksheet>"}}),
      "t", "");
  ASSERT_TRUE(table) << to_string(table.error());
  EXPECT_EQ(table->sheet, "Số liệu");
  EXPECT_TRUE(table->others.empty());
}

TEST(TableXlsx, HostileSheetsAreErrors) {
  EXPECT_EQ(xlsx_code(make_xlsx(sheet_data(sheet_row("<c t=\"s\"><v>7</v></c>")))), "K0456");
  const std::string one = "<c><v>1</v></c>";
  EXPECT_EQ(xlsx_code(make_xlsx(sheet_data(sheet_row(one, 2) + sheet_row(one, 1)))), "K0456");
  EXPECT_EQ(xlsx_code(make_xlsx(sheet_data(sheet_row("<c><v>1</v></c>", 1'048'577)))), "K0456");
  EXPECT_EQ(xlsx_code(make_xlsx(sheet_data(sheet_row("<c r=\"IW1\"><v>1</v></c>")))), "K0452");
  EXPECT_EQ(xlsx_code(make_xlsx(sheet_data(sheet_row("<c r=\"IV1\"><v>1</v></c>")))), "");
  EXPECT_EQ(xlsx_code(make_zip({{"word/document.xml", "<x/>"}})), "K0456");
  const std::string dtd = "<!DOCTYPE x [<!ENTITY a \"b\">]><workbook/>";
  EXPECT_EQ(xlsx_code(make_zip({{"xl/workbook.xml", dtd}})), "K0456");
  EXPECT_EQ(xlsx_code(make_xlsx(sheet_data("<row"))), "K0456");
}

TEST(TableXlsx, ASharedTextRepeatedWithoutEndMeetsTheLimitOfText) {
  const std::string si = "<si><t>" + std::string(32'000, 'x') + "</t></si>";
  std::string rows;
  for (int i = 1; i <= 2000; ++i) rows += sheet_row("<c t=\"s\"><v>0</v></c>", i);
  EXPECT_EQ(xlsx_code(make_xlsx(sheet_data(rows), si)), "K0454");
}

}  // namespace
}  // namespace khien
