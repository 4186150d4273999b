// One list of invented accounts, saved by an office program in every format, and hostile files.
#include <gtest/gtest.h>

#include "base/file.h"
#include "base/limits.h"
#include "base/text.h"
#include "format/table/ole_writer.h"
#include "format/table/table.h"
#include "format/table/zip_writer.h"

namespace khien {
namespace {

using testing::make_ole;
using testing::make_record;

const std::string kTables = "src/format/table/testdata/";

std::string bytes_of_case(const std::string& name) {
  const auto bytes = read_file(kTables + name, limits::kMiB);
  EXPECT_TRUE(bytes) << name;
  return bytes ? *bytes : "";
}

std::string lines_of_table(const Table& table) {
  std::string out;
  for (const TableRow& row : table.rows) {
    out += std::to_string(row.number);
    for (const std::string& cell : row.cells) out += "|" + cell;
    out += "\n";
  }
  return out;
}

std::string table_code(std::string_view bytes) {
  const auto table = read_table_bytes(bytes, "t", "");
  return table ? "" : table.error().code;
}

std::string read_lines(std::string_view bytes) {
  const auto table = read_table_bytes(bytes, "t", "");
  return table ? lines_of_table(*table) : to_string(table.error());
}

std::string ods_of(const std::string& rows) {
  return testing::make_zip(
      {{"content.xml",
        "<office:document-content><office:body><office:spreadsheet><table:table "
        "table:name=\"S\">" + rows +
            "</table:table></office:spreadsheet></office:body></office:document-content>"}});
}

class OfficeFormats : public ::testing::TestWithParam<const char*> {};

TEST_P(OfficeFormats, GiveTheSameTable) {
  const std::string format = GetParam();
  const std::string bytes = bytes_of_case("accounts." + format);
  const auto table = read_table_bytes(bytes, "t", "");
  ASSERT_TRUE(table) << to_string(table.error());
  EXPECT_EQ(table->format, format);
  const std::string golden = format == "html" ? "accounts.html.out" : "accounts.out";
  EXPECT_EQ(lines_of_table(*table), bytes_of_case(golden)) << format;
}

TEST_P(OfficeFormats, CutAnywhereAreAnErrorOrATableNeverACrash) {
  const std::string bytes = bytes_of_case("accounts." + std::string(GetParam()));
  for (std::size_t size = 0; size < bytes.size(); size += 61) {
    const auto table = read_table_bytes(std::string_view(bytes).substr(0, size), "t", "");
    if (!table) {
      EXPECT_FALSE(table.error().code.empty());
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Table, OfficeFormats,
                         ::testing::Values("xlsx", "xlsb", "xls", "ods", "xml", "html"));

TEST(TableXls, AWorkbookOfExcel5IsReadInItsCodePage) {
  const std::string sheet =
      make_record(0x809, std::string("\x00\x05\x10\x00\0\0\0\0", 8)) +
      make_record(0x204, std::string("\0\0\0\0\0\0\x03\0T\xEAn", 11)) +
      make_record(0x27E, std::string("\0\0\x01\0\0\0", 6) + std::string("\x06\0\0\0", 4)) +
      make_record(0x205, std::string("\x01\0\0\0\0\0\x01\0", 8)) + make_record(0x0A, "");
  const std::string head = make_record(0x809, std::string("\x00\x05\x05\x00\0\0\0\0", 8)) +
                           make_record(0x42, std::string("\xEA\x04", 2));
  const std::size_t at = head.size() + 4 + 8 + 4;
  std::string bound("\0\0\0\0\0\0\x01S", 8);
  testing::put_little(bound, 0, at, 4);
  const std::string globals = head + make_record(0x85, bound) + make_record(0x0A, "");
  EXPECT_EQ(read_lines(make_ole("Book", globals + sheet)), "1|Tên|1\n2|TRUE\n");
}

TEST(TableXls, PasswordsAndOldVersionsAreNamed) {
  EXPECT_EQ(table_code(make_ole("EncryptedPackage", "x")), "K0457");
  const std::string bof = make_record(0x809, std::string("\x00\x06\x05\x00\0\0\0\0", 8));
  EXPECT_EQ(table_code(make_ole("Workbook", bof + make_record(0x2F, "x"))), "K0457");
  const std::string biff4 = make_record(0x409, std::string("\0\0\x10\0\0\0", 6));
  EXPECT_EQ(table_code(biff4), "K0477");
  EXPECT_EQ(table_code(make_record(0x09, std::string("\x02\0\x10\0", 4)) + "\x0A"), "K0477");
  EXPECT_EQ(table_code(make_ole("WordDocument", "x")), "K0450");
}

TEST(TableXls, HostileContainersAreErrors) {
  std::string loop = make_ole("Workbook", "x");
  testing::put_little(loop, 512 + 8, 2, 4);  // the first sector of the stream points at itself
  EXPECT_EQ(table_code(loop), "K0476");
  std::string far = make_ole("Workbook", "x");
  testing::put_little(far, 48, 0x7FFFFFFF, 4);
  EXPECT_EQ(table_code(far), "K0476");
  std::string many("\0\0\0\0\xFF\xFF\xFF\x7F", 8);
  const std::string bof = make_record(0x809, std::string("\x00\x06\x05\x00\0\0\0\0", 8));
  EXPECT_EQ(table_code(make_ole("Workbook", bof + make_record(0xFC, many))), "K0476");
}

TEST(TableOds, RepeatsMeetTheLimitsAndEmptyOnesCostNothing) {
  const std::string x = "<table:table-cell office:value-type=\"string\"><text:p>x</text:p>"
                        "</table:table-cell>";
  EXPECT_EQ(read_lines(ods_of("<table:table-row table:number-rows-repeated=\"1048000\">"
                              "<table:table-cell table:number-columns-repeated=\"16384\"/>"
                              "</table:table-row><table:table-row>" + x + "</table:table-row>")),
            "1048001|x\n");
  const std::string wide = "<table:table-row><table:table-cell office:value-type=\"boolean\" "
                           "office:boolean-value=\"true\" table:number-columns-repeated=\"257\"/>"
                           "</table:table-row>";
  EXPECT_EQ(table_code(ods_of(wide)), "K0452");
  EXPECT_EQ(table_code(ods_of("<table:table-row table:number-rows-repeated=\"500001\">" + x +
                              "</table:table-row>")),
            "K0451");
  EXPECT_EQ(table_code(testing::make_zip({{"META-INF/manifest.xml", "<m:encryption-data/>"},
                                          {"content.xml", "\x01\x02"}})),
            "K0457");
  EXPECT_EQ(table_code(ods_of("<table:table-row>")), "K0476");
}

TEST(TableHtml, TheLargestTableWinsAndSpansFillTheirCells) {
  EXPECT_EQ(read_lines("<html><table><tr><td>menu</table><TABLE><tr><th rowspan=2>Họ tên<th "
                       "colspan=2>Ngày<tr><th>cấp<th>đổi<tr><td>Lê&nbsp;An<td>1<br>2<td>"
                       "</table></html>"),
            "1|Họ tên|Ngày|Ngày\n2|Họ tên|cấp|đổi\n3|Lê An|1 2\n");
  EXPECT_EQ(table_code("<table><tr><td colspan=999999999 rowspan=999999999>a<tr><td>b</table>"),
            "K0452");
  std::string utf16 = "\xFF\xFE";
  for (const char c : std::string("<table><tr><td>a<td>b</table>")) utf16 += {c, '\0'};
  EXPECT_EQ(read_lines(utf16), "1|a|b\n");
  const std::string tcvn3 = "<table><tr><td>Hä vµ tªn<td>Ngµy sinh</table>";
  EXPECT_EQ(read_lines(tcvn3), "1|Họ và tên|Ngày sinh\n");
  EXPECT_EQ(table_code("<html><p>no table"), "K0450");
  std::string deep = "<table>";
  for (int i = 0; i < 20000; ++i) deep += "<div>";
  EXPECT_EQ(table_code(deep), "K0450");
}

TEST(TableText, PastedTablesAreReadByBarsAndBySpaces) {
  EXPECT_EQ(read_lines("| Họ tên | Tài khoản |\n|---|---|\n| Lê An | anl |\n"),
            "1|Họ tên|Tài khoản\n3|Lê An|anl\n");
  EXPECT_EQ(read_lines("Họ và tên     Tài khoản   Trạng thái\n"
                       "-----------   ---------   ----------\n"
                       "Lê Văn An     anlv        Khóa\n"
                       "Trần Thị Bé               Hoạt động\n"),
            "1|Họ và tên|Tài khoản|Trạng thái\n3|Lê Văn An|anlv|Khóa\n"
            "4|Trần Thị Bé||Hoạt động\n");
  EXPECT_EQ(read_lines("Tên\tSố\nLê  An\t1\n"), "1|Tên|Số\n2|Lê An|1\n");
  EXPECT_EQ(read_lines("a,b\nx  y,1\n"), "1|a|b\n2|x y|1\n");
}

TEST(TableFonts, CellsOfAWorkbookInAnOldFontAreConvertedAndNamed) {
  const std::string rows =
      "<sheetData><row><c t=\"str\"><v>Họ và tên</v></c><c t=\"str\"><v>Đơn vị</v></c></row>"
      "<row><c t=\"str\"><v>NguyÔn V¨n H­ng</v></c><c t=\"str\"><v>Phßng Néi vô</v></c></row>"
      "<row><c t=\"str\"><v>TrÇn ThÞ BÐ</v></c><c t=\"str\"><v>Phßng T­ ph¸p</v></c></row>"
      "</sheetData>";
  const auto table = read_table_bytes(testing::make_xlsx(rows), "t", "");
  ASSERT_TRUE(table) << to_string(table.error());
  EXPECT_EQ(lines_of_table(*table), "1|Họ và tên|Đơn vị\n2|Nguyễn Văn Hưng|Phòng Nội vụ\n"
                                    "3|Trần Thị Bé|Phòng Tư pháp\n");
  EXPECT_EQ(table->encoding, "tcvn3");
}

}  // namespace
}  // namespace khien
