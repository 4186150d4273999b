// XLSB: every kind of cell, the shapes of its records, and parts made to hurt. A workbook that
// another program wrote is in formats_test.cc.
#include <gtest/gtest.h>

#include <bit>

#include "base/limits.h"
#include "format/table/table.h"
#include "format/table/xlsb_writer.h"

namespace khien {
namespace {

using testing::cell12;
using testing::little;
using testing::make_xlsb;
using testing::record12;
using testing::row12;
using testing::wide12;
using testing::Xlsb;

Table xlsb_ok(const std::string& bytes, const std::string& sheet = "") {
  auto table = read_table_bytes(bytes, "t.xlsb", sheet);
  EXPECT_TRUE(table) << (table ? "" : to_string(table.error()));
  return table ? std::move(*table) : Table{};
}

std::string xlsb_code(const Xlsb& in) {
  const auto table = read_table_bytes(make_xlsb(in), "t.xlsb", "");
  return table ? "" : table.error().code;
}

std::string real(double value) { return little(std::bit_cast<std::uint64_t>(value), 8); }

TEST(TableXlsb, EveryKindOfCellBecomesText) {
  const std::string cells =
      row12(0) + cell12(7, 0, little(1)) + cell12(6, 1, wide12(u"Hoạt động")) +
      cell12(5, 2, real(46082), 1) + cell12(5, 3, real(46082.354166666664), 1) +
      cell12(4, 4, little(1, 1)) + cell12(2, 5, little(12 | 2)) +
      cell12(2, 6, little((1500U << 2) | 3)) + cell12(5, 7, real(46082), 2) +
      cell12(8, 8, wide12(u"giữ") + little(0, 2) + "formula") + cell12(9, 9, real(0.15)) +
      cell12(10, 10, little(0, 1)) + cell12(11, 11, little(0x2A, 1)) + cell12(1, 12, "") +
      cell12(62, 13, little(1, 1) + wide12(u"đậm") + little(0));
  const std::string shared = record12(159, little(2) + little(2)) +
                             record12(19, little(0, 1) + wide12(u"Mã")) +
                             record12(19, little(0, 1) + wide12(u"Họ tên")) + record12(160, "");
  const Table t = xlsb_ok(make_xlsb({.sheet = cells, .shared = shared}));
  ASSERT_EQ(t.rows.size(), 1U);
  EXPECT_EQ(t.format, "xlsb");
  EXPECT_EQ(t.rows[0].cells,
            (std::vector<std::string>{"Họ tên", "Hoạt động", "2026-03-01", "2026-03-01T08:30:00",
                                      "TRUE", "3", "15", "46082", "giữ", "0.15", "FALSE", "#N/A",
                                      "", "đậm"}));
}

TEST(TableXlsb, ShortCellsStandInTheNextColumn) {
  const std::string cells = row12(4) + record12(17, little(0) + wide12(u"a")) +
                            cell12(6, 3, wide12(u"b")) + record12(12, little(0)) +
                            record12(13, little(0) + little(20 | 2)) +
                            record12(16, little(1) + real(46082)) +
                            record12(15, little(0) + little(1, 1)) +
                            record12(14, little(0) + little(7, 1)) +
                            record12(18, little(0) + little(0));
  const Table t = xlsb_ok(
      make_xlsb({.sheet = cells, .shared = record12(19, little(0, 1) + wide12(u"c"))}));
  ASSERT_EQ(t.rows.size(), 1U);
  EXPECT_EQ(t.rows[0].number, 5);
  EXPECT_EQ(t.rows[0].cells, (std::vector<std::string>{"a", "", "", "b", "", "5", "2026-03-01",
                                                       "TRUE", "#N/A", "c"}));
}

TEST(TableXlsb, MergedRangesAndThe1904EpochAreThoseOfXlsx) {
  const std::string cells = row12(0) + cell12(6, 0, wide12(u"Ngày")) + row12(1) +
                            cell12(6, 1, wide12(u"đổi")) + row12(2) +
                            cell12(5, 0, real(44620), 1) +
                            record12(176, little(0) + little(1) + little(0) + little(0));
  const Table t = xlsb_ok(make_xlsb({.sheet = cells, .book_flags = 1}));
  ASSERT_EQ(t.rows.size(), 3U);
  EXPECT_EQ(t.rows[1].cells, (std::vector<std::string>{"Ngày", "đổi"}));
  EXPECT_EQ(t.rows[2].cells[0], "2026-03-01");
}

TEST(TableXlsb, HiddenSheetsAreNamedAndChartsAreNone) {
  const std::string cell = row12(0) + cell12(6, 0, wide12(u"x"));
  Xlsb book{.sheet = cell, .second = cell};
  EXPECT_EQ(xlsb_ok(make_xlsb(book)).hidden, std::vector<std::string>{"H"});
  EXPECT_EQ(xlsb_ok(make_xlsb(book), "h").rows.size(), 1U);
  book.second_state = 2;
  EXPECT_EQ(xlsb_ok(make_xlsb(book)).hidden, std::vector<std::string>{"H"});
  book.second_state = 0;
  EXPECT_EQ(xlsb_ok(make_xlsb(book)).others, std::vector<std::string>{"H"});
  book.second_type = "chartsheet";
  EXPECT_TRUE(xlsb_ok(make_xlsb(book)).others.empty());
}

TEST(TableXlsb, PartsMadeToHurtAreErrors) {
  const std::string row = row12(0);
  EXPECT_EQ(xlsb_code({.sheet = row + cell12(7, 0, little(0))}), "K0476");  // no such string
  EXPECT_EQ(xlsb_code({.sheet = row12(3) + row12(3)}), "K0476");            // twice
  EXPECT_EQ(xlsb_code({.sheet = row12(1'048'576)}), "K0476");
  EXPECT_EQ(xlsb_code({.sheet = cell12(6, 0, wide12(u"x"))}), "K0476");     // in no row
  EXPECT_EQ(xlsb_code({.sheet = row + cell12(6, 0, little(0x7FFFFFFF) + "ab")}), "K0476");
  EXPECT_EQ(xlsb_code({.sheet = row + std::string("\x06\xFF\xFF\xFF\x7F", 5)}), "K0476");
  EXPECT_EQ(xlsb_code({.sheet = row + "\x86"}), "K0476");                   // cut in a kind
  EXPECT_EQ(xlsb_code({.sheet = row + cell12(5, 0, "1234")}), "K0476");     // half a number
  const std::string text = wide12(u"x");
  const auto last = static_cast<std::uint32_t>(limits::table_columns) - 1;
  EXPECT_EQ(xlsb_code({.sheet = row + cell12(6, last, text)}), "");
  EXPECT_EQ(xlsb_code({.sheet = row + cell12(6, last + 1, text)}), "K0452");
  EXPECT_EQ(xlsb_code({.sheet = row + cell12(6, 0xFFFFFFFF, text)}), "K0452");
}

}  // namespace
}  // namespace khien
