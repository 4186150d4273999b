// CSV and the common parts of tables.
#include <gtest/gtest.h>

#include "base/limits.h"
#include "format/table/table.h"

namespace khien {
namespace {

std::vector<std::vector<std::string>> cells_of(const Table& table) {
  std::vector<std::vector<std::string>> out;
  for (const TableRow& row : table.rows) out.push_back(row.cells);
  return out;
}

using Cells2 = std::vector<std::vector<std::string>>;

Table csv_ok(std::string_view bytes) {
  auto table = read_csv(bytes, "t.csv");
  EXPECT_TRUE(table) << (table ? "" : to_string(table.error()));
  return table ? std::move(*table) : Table{};
}

std::string csv_code(std::string_view bytes) {
  const auto table = read_table_bytes(bytes, "t.csv", "");
  return table ? "" : table.error().code;
}

TEST(TableCsv, QuotesSeparatorsAndLineEndsAreReadAsRfc4180) {
  const Table t = csv_ok("a,\"b \"\"c\"\", d\",e\r\n1,\"two\nlines\",3\n,,\nlast,x\"y,");
  EXPECT_EQ(cells_of(t), (Cells2{{"a", "b \"c\", d", "e"}, {"1", "two lines", "3"},
                                 {"last", "x\"y"}}));
  EXPECT_EQ(t.rows[2].number, 5);  // the line of the file, after a quoted line end and a blank row
}

TEST(TableCsv, TheSeparatorIsFoundByTheFirstLines) {
  EXPECT_EQ(csv_ok("a;b, c;d\n1;2;3\n").rows[0].cells,
            (std::vector<std::string>{"a", "b, c", "d"}));
  EXPECT_EQ(csv_ok("a\tb\n1\t2\n").rows[1].cells, (std::vector<std::string>{"1", "2"}));
  EXPECT_EQ(csv_ok("sep=;\r\na;b\n").rows[0].cells, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(csv_ok("sep=;\r\na;b\n").rows[0].number, 2);
}

TEST(TableCsv, EncodingsOfOfficesGiveTheSameText) {
  EXPECT_EQ(csv_ok("\xEF\xBB\xBFT\xC3\xAAn,b\n").rows[0].cells[0], "Tên");
  EXPECT_EQ(csv_ok(std::string_view("\xFF\xFET\0\xEA\0n\0,\0b\0\n\0", 14)).rows[0].cells[0], "Tên");
  const Table old = csv_ok("Ho\xCC" "a,T\xEAn\n");  // windows-1258: o + combining grave
  EXPECT_EQ(old.encoding, "windows-1258");
  EXPECT_EQ(old.rows[0].cells[1], "Tên");
  EXPECT_EQ(csv_ok("Ho\xCC\x80" "a\xC2\xA0\xE2\x80\x8B,b\n").rows[0].cells[0], "Hòa");
}

TEST(TableCsv, AnOpenQuoteIsAnErrorWithItsRow) {
  const auto table = read_csv("a,b\nc,\"never closed\nx\n", "t.csv");
  ASSERT_FALSE(table);
  EXPECT_EQ(table.error().code, "K0455");
  EXPECT_EQ(table.error().args.at("row"), "2");
}

TEST(TableLimits, ACellAtTheLimitIsReadOneByteMoreIsNot) {
  const std::string most(limits::table_cell_bytes, 'x');
  EXPECT_EQ(csv_ok(most + ",b\n").rows[0].cells[0].size(), limits::table_cell_bytes);
  EXPECT_EQ(csv_code(most + "x,b\n"), "K0453");
}

TEST(TableLimits, ColumnsAtTheLimitAreReadOneMoreIsNot) {
  const std::string most = std::string(limits::table_columns - 1, ',') + "x";
  EXPECT_EQ(csv_ok(most + "\n").rows[0].cells.size(), limits::table_columns);
  EXPECT_EQ(csv_code("," + most + "\n"), "K0452");
  EXPECT_EQ(csv_code(most + ",,,,\n"), "") << "empty columns beyond the limit do no harm";
}

TEST(TableLimits, RowsAtTheLimitAreReadOneMoreIsNot) {
  std::string most;
  for (std::size_t i = 0; i < limits::table_rows; ++i) most += "x\n";
  EXPECT_EQ(csv_ok(most).rows.size(), limits::table_rows);
  EXPECT_EQ(csv_code(most + "x\n"), "K0451");
}

TEST(TableLimits, TextOfAllCellsIsLimited) {
  Table table;
  TableBuilder builder(table, "t");
  const std::string cell(32'767, 'x');
  int row = 0;
  std::size_t bytes = 0;
  while (bytes + cell.size() + 1 <= limits::table_text_bytes) {
    ASSERT_TRUE(builder.cell(++row, 0, cell));
    bytes += cell.size() + 1;
  }
  const std::size_t left = limits::table_text_bytes - bytes;
  const std::string rest(left - (left > 0), 'y');
  if (!rest.empty()) {
    ASSERT_TRUE(builder.cell(row, 1, rest));
  }
  const auto over = builder.cell(row, 2, "z");
  ASSERT_FALSE(over);
  EXPECT_EQ(over.error().code, "K0454");
}

TEST(TableFormats, BytesDecideAndOthersAreRefusedByName) {
  EXPECT_EQ(csv_code("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 cut"), "K0476");
  EXPECT_EQ(csv_code("%PDF-1.7"), "K0450");
  EXPECT_EQ(csv_code(std::string_view("a\0b\0\0c", 6)), "K0450");
  EXPECT_EQ(csv_code("PK\x03\x04 cut"), "K0456");
  EXPECT_EQ(csv_code(""), "");
}

TEST(TableNode, ATableComesBackFromAWorkerUnchanged) {
  Table t;
  TableBuilder builder(t, "t");
  ASSERT_TRUE(builder.cell(1, 0, "a") && builder.cell(1, 2, "c"));
  ASSERT_TRUE(builder.cell(3, 0, "d") && builder.cell(3, 1, "e\x1F\x1E"));  // its own separators
  const auto back = table_from(to_node(t), "t");
  ASSERT_TRUE(back && back->rows.size() == 2U);
  EXPECT_EQ(cells_of(*back), (Cells2{{"a", "", "c"}, {"d", "e"}}));
  EXPECT_EQ(back->rows[1].number, 3);
  EXPECT_FALSE(table_from(Node::map({{"rows", "x"}}), "t"));
}

TEST(TableJob, AWorkerReadsTheSampleAndReportsABrokenFile) {
  WorkerPool pool({table_job()});
  const auto table = read_table(pool, "a;b\n1;2\n", "t.csv");
  ASSERT_TRUE(table) << to_string(table.error());
  EXPECT_EQ(cells_of(*table), (Cells2{{"a", "b"}, {"1", "2"}}));
  const auto broken = read_table(pool, "PK\x03\x04", "t.xlsx");
  ASSERT_FALSE(broken);
  EXPECT_EQ(broken.error().code, "K0456");
}

}  // namespace
}  // namespace khien
