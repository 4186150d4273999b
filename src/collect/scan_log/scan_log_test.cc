// Scan logs of four kinds; names that contradict each other are errors.
#include "collect/scan_log/scan_log.h"

#include <gtest/gtest.h>

#include <fstream>

#include "base/calendar.h"
#include "base/file.h"
#include "collect/scan_log/errors.h"
#include "collect/testing.h"

namespace khien {
namespace {

const scan::Words& scan_words() {
  static const auto words = scan::Words::load(
      *parse_yaml(*read_file("content/headers/scan.yaml", limits::kMiB), "scan.yaml"));
  return *words;
}

Result<std::vector<Row>> scan_text(std::string_view text) {
  return scan::read_scan_text(text, scan_words(), "t.log");
}

Result<std::vector<Row>> scan_table(std::string_view csv) {
  return scan::read_scan_table(*read_csv(csv, "t.csv"), scan_words(), "t.csv");
}

std::string cell_of(const Row& row, const char* column) {
  return text_of(row, column, "-");
}

std::string at_of(int day, int hour, int minute) {
  return std::to_string(start_of_day_ms({2026, 11, day}) +
                        (hour * 60 + minute) * std::int64_t{60'000});
}

TEST(ScanLog, ClamscanIsCountedWithWhatItRemoved) {
  const auto rows = scan_text(
      "/a: X FOUND\n/a: Removed.\n/b: X FOUND\n/b: moved to '/q/b'\n/c: X FOUND\n"
      "----------- SCAN SUMMARY -----------\nScanned files: 120\nInfected files: 3\n"
      "Start Date: 2026:11:18 08:00:00\nEnd Date:   2026:11:18 08:10:00\n"
      "----------- SCAN SUMMARY -----------\nScanned files: 5\nInfected files: 0\n");
  ASSERT_TRUE(rows) << to_string(rows.error());
  ASSERT_EQ(rows->size(), 2U);
  EXPECT_EQ(cell_of((*rows)[0], "scanned_count"), "120");
  EXPECT_EQ(cell_of((*rows)[0], "infected_count"), "3");
  EXPECT_EQ(cell_of((*rows)[0], "removed_count"), "2");
  EXPECT_EQ(cell_of((*rows)[0], "finished_at"), at_of(18, 8, 10));
  EXPECT_EQ(cell_of((*rows)[0], "scope"), "-");
  EXPECT_EQ(cell_of((*rows)[1], "finished_at"), "-");
}

TEST(ScanLog, AScanThatCouldNotReadEverythingIsNoWholeScan) {
  const std::string summary = "----------- SCAN SUMMARY -----------\nScanned files: 9\n"
                              "Infected files: 0\nEnd Date:   2026:11:18 08:10:00\n";
  const auto result = [](const std::string& text) {
    const auto rows = scan_text(text);
    return rows ? cell_of(rows->at(0), "result") + " " + cell_of(rows->at(0), "errors_count")
                : to_string(rows.error());
  };
  EXPECT_EQ(result(summary), "finished -");
  EXPECT_EQ(result(summary + "Total errors: 0\n"), "finished -");
  EXPECT_EQ(result(summary + "Total errors: 7\n"), "stopped 7");
  EXPECT_EQ(result("WARNING: Can't open file /x: Permission denied\n/y: Access denied. ERROR\n" +
                   summary), "stopped 2");
  EXPECT_EQ(result("Máy: PC-01\nSố tệp nhiễm: 0\nKết quả: hoàn thành\nSố tệp lỗi: 3\n"),
            "stopped 3");
  EXPECT_EQ(result("Máy: PC-01\nSố tệp nhiễm: 0\nKết quả: xong nhưng bỏ sót\n"), "other -");
}

TEST(ScanLog, DefenderLogTellsScopeAndThreats) {
  const auto rows = scan_text(
      "MpCmdRun: Command Line: \"C:\\x\\MpCmdRun.exe\" -SignatureUpdate\n"
      "MpCmdRun: End Time: Wed Nov 18 2026 07:00:00\n"
      "MpCmdRun: Command Line: \"C:\\x\\MpCmdRun.exe\" -Scan -ScanType 2\n"
      " Start Time: \xE2\x80\x8EWed \xE2\x80\x8ENov \xE2\x80\x8E""18 \xE2\x80\x8E""2026 08:00:00\n"
      "Scanning C:\\ found 2 threats.\nMpCmdRun: End Time: Wed Nov 18 2026 09:30:00\n");
  ASSERT_TRUE(rows) << to_string(rows.error());
  ASSERT_EQ(rows->size(), 1U);
  EXPECT_EQ(cell_of((*rows)[0], "scope"), "full");
  EXPECT_EQ(cell_of((*rows)[0], "infected_count"), "2");
  EXPECT_EQ(cell_of((*rows)[0], "started_at"), at_of(18, 8, 0));
  EXPECT_EQ(cell_of((*rows)[0], "finished_at"), at_of(18, 9, 30));
}

TEST(ScanLog, NamedLinesInVietnameseWithAndWithoutMarks) {
  const auto rows = scan_text(
      "KẾT QUẢ QUÉT MÃ ĐỘC\nTên máy: PC-01\nBắt đầu: 08:00 18/11/2026\n"
      "Kết thúc: 09:30 18/11/2026\nPhạm vi quét: Toàn bộ máy\nSố tệp đã quét: 1.234.567\n"
      "Số tệp nhiễm: 3\nĐã xóa: 1\nCách ly: 2\n"
      "Ten may: PC-02\nSo tep nhiem: 0\n");
  ASSERT_TRUE(rows) << to_string(rows.error());
  ASSERT_EQ(rows->size(), 2U);
  EXPECT_EQ(cell_of((*rows)[0], "host"), "PC-01");
  EXPECT_EQ(cell_of((*rows)[0], "scope"), "full");
  EXPECT_EQ(cell_of((*rows)[0], "scanned_count"), "1234567");
  EXPECT_EQ(cell_of((*rows)[0], "removed_count"), "3");
  EXPECT_EQ(cell_of((*rows)[1], "host"), "PC-02");
}

TEST(ScanLog, TwoNamesOfOneNumberAreAnErrorThatNamesThem) {
  const auto rows = scan_text("Tên máy: a\nSố tệp nhiễm: 0\nSố mã độc: 4\n");
  ASSERT_FALSE(rows);
  EXPECT_EQ(rows.error().code, err::scan_twice);
  EXPECT_EQ(rows.error().args.at("second"), "Số mã độc");
  EXPECT_EQ(scan_table("Máy,Số virus,Phát hiện\nPC-1,0,4\n").error().code, err::scan_twice);
}

TEST(ScanLog, WhatIsNoNumberDateOrLogIsRefused) {
  for (const char* text : {"Số tệp nhiễm: vài tệp\n", "Số tệp nhiễm: 1.23\n", "Infected: -1\n",
                           "Số tệp nhiễm: 0\nKết thúc: hôm qua\n"}) {
    EXPECT_EQ(scan_text(text).error().code, err::scan_value) << text;
  }
  for (const char* text : {"", "một lá thư\n", "Máy: PC-01\n", "MpCmdRun\n"}) {
    EXPECT_EQ(scan_text(text).error().code, err::scan_unknown) << text;
  }
}

TEST(ScanLog, HoldsItsLimitOfRuns) {
  const auto text = [](std::size_t count) {
    std::string out;
    for (std::size_t i = 0; i < count; ++i) out += "Infected: 0\n";
    return out;
  };
  EXPECT_EQ(scan_text(text(scan::kRuns))->size(), scan::kRuns);
  EXPECT_EQ(scan_text(text(scan::kRuns + 1)).error().code, err::scan_count);
}

TEST(ScanTable, ConsoleExportsAreReadByTheLexicon) {
  const auto rows = scan_table(
      "Báo cáo quét,,,,\nTên máy,Loại quét,Thời gian kết thúc,Số virus phát hiện,Đã diệt\n"
      "PC-1,Quét toàn bộ,18/11/2026 09:00,2,2\nPC-2,Quét nhanh,18/11/2026 09:10,0,0\nTổng,,,,\n");
  ASSERT_TRUE(rows) << to_string(rows.error());
  ASSERT_EQ(rows->size(), 2U);
  EXPECT_EQ(cell_of((*rows)[0], "scope"), "full");
  EXPECT_EQ(cell_of((*rows)[0], "removed_count"), "2");
  EXPECT_EQ(cell_of((*rows)[1], "scope"), "quick");
}

TEST(ScanTable, DefenderStateAndDetectionsByTheirOwnNames) {
  const auto state = scan_table(
      "PSComputerName,FullScanStartTime,FullScanEndTime,QuickScanEndTime\n"
      "PC-1,11/18/2026 8:00:00 AM,11/18/2026 9:30:00 AM,\n");
  ASSERT_TRUE(state) << to_string(state.error());
  ASSERT_EQ(state->size(), 1U);
  EXPECT_EQ(cell_of((*state)[0], "finished_at"), at_of(18, 9, 30));
  EXPECT_EQ(cell_of((*state)[0], "infected_count"), "-");
  const auto unclear = scan_table("FullScanEndTime\n11/10/2026 9:30:00 AM\n");
  EXPECT_EQ(unclear.error().code, err::scan_value);
  const auto found = scan_table("PSComputerName,ThreatID,ActionSuccess\nPC-1,1,True\n"
                                "PC-1,2,False\n");
  EXPECT_EQ(cell_of(found->at(0), "infected_count"), "2");
  EXPECT_EQ(cell_of(found->at(0), "removed_count"), "1");
}

TEST(ScanSource, HostAndScopeComeFromTheAgencyWhereTheLogIsSilent) {
  AgencySource source;
  source.type = "scan_log";
  source.path = "samples/agency/nguon/quet-ma-doc";
  source.written = "quet-ma-doc";
  source.fields = Node::map({{"scope", "full"}});
  ReadingForTests reading;
  const auto all = scan::read_scan_log(source, reading.get());
  ASSERT_TRUE(all) << to_string(all.error());
  EXPECT_TRUE(reading.problems.empty());
  const Row& row = all->at(0).tables.at("scan_run").rows.at(0);
  EXPECT_EQ(cell_of(row, "host"), "MAYCHU-TEP");
  EXPECT_EQ(cell_of(row, "scope"), "full");
  EXPECT_EQ(cell_of(row, "infected_count"), "1");
}

// A folder of what consoles and PowerShell write, whatever the files are called.
TEST(ScanSource, TextsOfPowerShellAndPagesCalledXlsAreTables) {
  auto made = TempFolder::make();
  ASSERT_TRUE(made);
  const std::filesystem::path folder = made->path();
  std::ofstream(folder / "MAY-7.txt")
      << "\n\nAMServiceEnabled   : True\nFullScanEndTime    : 11/18/2026 9:30:00 AM\n"
         "FullScanStartTime  : 11/18/2026 8:00:00 AM\nQuickScanEndTime   :\n"
         "ComputerState      : 0\nFullScanAge        : 3\n";
  std::ofstream(folder / "BaoCao.xls")
      << "<html><table><tr><th>Tên máy tính</th><th>Số virus phát hiện</th>"
         "<th>Lần quét cuối</th></tr>"
         "<tr><td>MAY-8</td><td>0</td><td>19/11/2026 17:30</td></tr></table></html>";
  std::ofstream(folder / "ghi-chu.txt") << "Ngày mai quét lại.\n";
  AgencySource source;
  source.type = "scan_log";
  source.path = folder;
  source.written = "quet";
  ReadingForTests reading;
  const auto all = scan::read_scan_log(source, reading.get());
  ASSERT_TRUE(all) << to_string(all.error());
  ASSERT_EQ(all->size(), 3U);
  const Row& page = all->at(0).tables.at("scan_run").rows.at(0);
  EXPECT_EQ(cell_of(page, "host"), "MAY-8");
  EXPECT_EQ(cell_of(page, "finished_at"), at_of(19, 17, 30));
  const Row& state = all->at(1).tables.at("scan_run").rows.at(0);
  EXPECT_EQ(cell_of(state, "host"), "MAY-7");
  EXPECT_EQ(cell_of(state, "scope"), "full");
  EXPECT_EQ(cell_of(state, "finished_at"), at_of(18, 9, 30));
  ASSERT_EQ(reading.problems.size(), 1U);  // the note is named
  EXPECT_EQ(reading.problems.at(0).code, err::scan_unknown);
}

}  // namespace
}  // namespace khien
