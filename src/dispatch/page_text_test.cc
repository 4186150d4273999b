// Pages made of placed words: what a reader of the paper sees as one paragraph, column or row comes
// out as one.
#include "dispatch/page_text.h"

#include <gtest/gtest.h>

#include "base/text.h"
#include "dispatch/scan_mend.h"

namespace khien {
namespace {

// Words of one printed line from `x` on, 5 points a letter, spaces of `space` points.
void put(PageWords& page, float x, float y, const std::string& text, float space = 4) {
  std::string_view rest = text;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(' '), rest.size());
    const auto width = 5.0F * static_cast<float>(code_points(rest.substr(0, end)));
    page.words.push_back({x, y, x + width, y + 14, std::string(rest.substr(0, end))});
    x += width + space;
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
}
PageWords page() { return {595, 842, {}}; }

Reading read(std::vector<PageWords> pages) {
  LineWriter writer;
  write_pages(std::move(pages), writer);
  auto reading = writer.finish("test", "K0301");
  EXPECT_TRUE(reading);
  return reading ? std::move(*reading) : Reading{};
}

const std::string kFull =
    "1. Các đơn vị rà soát toàn bộ hệ thống thông tin đang vận hành và cập nhật các bản vá lỗ";

TEST(PageText, AnItemGoesOnOverThePageAndPageNumbersAndRunningHeadsGo) {
  std::vector<PageWords> pages;
  for (int i = 0; i < 3; ++i) {
    pages.push_back(page());
    put(pages.back(), 85, 40, "Tài liệu nội bộ số 7");
    put(pages.back(), 85, 100,
        i == 1 ? "hổng bảo mật mới nhất." : "Đoạn " + std::to_string(i) + " hết.");
    if (i == 0) put(pages.back(), 85, 130, kFull);
    put(pages.back(), 300, 800, std::to_string(i + 1));
  }
  const std::string text = read(pages).text;
  EXPECT_NE(text.find("bản vá lỗ hổng bảo mật mới nhất.\n"), std::string::npos) << text;
  EXPECT_EQ(text.find("nội bộ"), std::string::npos);
  EXPECT_EQ(text.find("\n2\n"), std::string::npos);
}
TEST(PageText, AShortLineEndsItsParagraphAndAMarkerBeginsOne) {
  PageWords p = page();
  put(p, 85, 100, kFull);
  put(p, 85, 116, "hổng.");
  put(p, 85, 132, "a)Đổi mật khẩu ngay sau khi được cấp.");
  EXPECT_EQ(read({p}).text, kFull + " hổng.\na) Đổi mật khẩu ngay sau khi được cấp.\n");
}
TEST(PageText, CellsCloseTogetherAndNumbersInTheMiddleOfTheirRowStillMakeRows) {
  PageWords p = page();
  put(p, 85, 100, kFull);
  put(p, 85, 140, "TT");
  put(p, 120, 140, "Nội dung nhiệm vụ");
  put(p, 340, 140, "Đơn vị chủ trì");
  put(p, 450, 140, "Thời hạn");
  for (int row = 0; row < 2; ++row) {
    const float y = 165.0F + 60.0F * static_cast<float>(row);
    put(p, 85, y + 15, std::to_string(row + 1));  // in the middle of three lines
    put(p, 120, y, "Rà soát các máy chủ và máy trạm của cơ quan");
    put(p, 120, y + 15, "khắc phục các lỗ hổng đã được các đơn vị xx");
    put(p, 120, y + 30, "cảnh báo trong năm");
    put(p, 340, y + 15, "Văn phòng");
    put(p, 450, y + 15, "30/6/2026");
  }
  put(p, 85, 300, kFull);
  const Reading reading = read({p});
  ASSERT_EQ(reading.rows.size(), 3u) << reading.text;
  EXPECT_EQ(reading.rows[1].cells[0], "1");
  EXPECT_EQ(reading.rows[1].cells[1].find("Rà soát các máy"), 0u) << reading.text;
  EXPECT_NE(reading.rows[2].cells[1].find("cảnh báo trong năm"), std::string::npos);
  EXPECT_EQ(reading.rows[2].cells[3], "30/6/2026");
}
// Lines of a cell set in the middle of a row that takes `lines` lines from `y` on.
void put_middle(PageWords& page, float x, float y, int lines,
                const std::vector<std::string>& cell) {
  const float free = 15.0F * static_cast<float>(lines - static_cast<int>(cell.size())) / 2;
  for (std::size_t i = 0; i < cell.size(); ++i)
    put(page, x, y + free + 15.0F * static_cast<float>(i), cell[i]);
}
void put_row(PageWords& page, float y, const std::string& number,
             const std::vector<std::string>& task, const std::vector<std::string>& lead,
             const std::string& day) {
  const int lines = static_cast<int>(task.size());
  put_middle(page, 85, y, lines, {number});
  put_middle(page, 120, y, lines, task);
  put_middle(page, 350, y, lines, lead);
  put_middle(page, 460, y, lines, {day});
}
void put_heading(PageWords& page, float y) {
  put_row(page, y, "TT", {"Nội dung nhiệm vụ"}, {"Đơn vị chủ trì"}, "Thời hạn");
}
TEST(PageText, LinesOfCellsInTheMiddleStandBetweenThoseOfOthersAndRowsStillPart) {
  PageWords p = page();
  put(p, 85, 80, kFull);
  put_heading(p, 120);
  put_row(p, 142, "1", {"Đổi mật khẩu tài khoản của công chức", "định kỳ sáu tháng một lần"},
          {"Phòng Nội vụ"}, "10/3/2027");
  put_row(p, 179, "2", {"Lập danh mục các hệ thống thông tin xx", "đang vận hành của cơ quan"},
          {"Trung tâm", "Chuyển đổi số", "tỉnh"}, "20/4/2027");
  put_row(p, 231, "3", {"Diễn tập xử lý sự cố mất điện"}, {"Văn phòng"}, "30/5/2027");
  const Reading reading = read({p});
  ASSERT_EQ(reading.rows.size(), 4U) << reading.text;
  EXPECT_EQ(reading.rows[1].cells[1],
            "Đổi mật khẩu tài khoản của công chức định kỳ sáu tháng một lần");
  EXPECT_EQ(reading.rows[2].cells[2], "Trung tâm Chuyển đổi số tỉnh");
  EXPECT_EQ(reading.rows[3].cells[3], "30/5/2027");
}
TEST(PageText, ARowGoesOnOverThePageBelowTheHeadingPrintedAgain) {
  PageWords first = page();
  put(first, 85, 80, kFull);
  put_heading(first, 120);
  put_row(first, 142, "1", {"Sao lưu dữ liệu ra thiết bị rời"}, {"Phòng Văn hóa"}, "10/3/2027");
  put_row(first, 164, "2", {"Kiểm tra việc dùng chữ ký số của các"}, {"Văn phòng"}, "20/4/2027");
  PageWords second = page();
  put_heading(second, 60);
  put(second, 120, 82, "phòng chuyên môn");
  put_row(second, 104, "3", {"Tập huấn cho người dùng máy tính xx"}, {"Thanh tra"}, "30/5/2027");
  put_row(second, 126, "4", {"Giám sát hệ thống"}, {"Phòng Y tế"}, "30/6/2027");
  put(second, 85, 200, kFull);
  const Reading reading = read({first, second});
  ASSERT_EQ(reading.rows.size(), 5U) << reading.text;
  EXPECT_EQ(reading.rows[2].cells[1], "Kiểm tra việc dùng chữ ký số của các phòng chuyên môn");
  EXPECT_EQ(reading.rows[3].cells[2], "Thanh tra");
}
TEST(PageText, ANameOverTheColumnsBeginsAGroupAndEndsNoTable) {
  PageWords p = page();
  put(p, 85, 80, kFull);
  put_heading(p, 120);
  put(p, 85, 142, "I. CÔNG TÁC TUYÊN TRUYỀN VÀ TẬP HUẤN");
  put_row(p, 164, "1", {"Phát tờ rơi về lừa đảo trên mạng xx"}, {"Hội Phụ nữ"}, "10/3/2027");
  put(p, 85, 186, "II. GIẢI PHÁP KỸ THUẬT CỦA CÁC ĐƠN VỊ");
  put_row(p, 208, "2", {"Gỡ phần mềm không có bản quyền"}, {"Văn phòng"}, "20/4/2027");
  const Reading reading = read({p});
  ASSERT_EQ(reading.rows.size(), 5U) << reading.text;
  EXPECT_EQ(reading.rows[1].cells[0], "I. CÔNG TÁC TUYÊN TRUYỀN VÀ TẬP HUẤN");
  EXPECT_EQ(reading.rows[4].cells[2], "Văn phòng");
}
TEST(PageText, ACellMergedOverRowsIsOfEachOfThem) {
  PageWords p = page();
  put(p, 85, 80, kFull);
  put_heading(p, 120);
  put_row(p, 142, "1", {"Khóa tài khoản không còn sử dụng xx", "trong sáu tháng qua"}, {},
          "10/3/2027");
  put_row(p, 180, "2", {"Cập nhật bản vá cho máy trạm"}, {}, "20/4/2027");
  put_row(p, 202, "3", {"Rà quét mã độc"}, {"Thanh tra"}, "30/5/2027");
  put(p, 350, 161, "Phòng Kinh tế");  // in the middle of rows 1 and 2
  const Reading reading = read({p});
  ASSERT_EQ(reading.rows.size(), 4U) << reading.text;
  EXPECT_EQ(reading.rows[1].cells[2], "Phòng Kinh tế");
  EXPECT_EQ(reading.rows[2].cells[2], "Phòng Kinh tế");
  EXPECT_EQ(reading.rows[3].cells[2], "Thanh tra");
}
TEST(PageText, TheHalvesOfTheHeadFollowEachOtherUpToTheAddressee) {
  PageWords p = page();
  put(p, 85, 60, "UBND TỈNH MẪU");
  put(p, 300, 60, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT");
  put(p, 85, 76, "Số: 5/SX-VP");
  put(p, 380, 76, "NAM");
  put(p, 85, 92, "V/v bảo đảm an toàn");
  put(p, 320, 94, "Tỉnh Mẫu, ngày 02 tháng 3 năm 2026");
  put(p, 85, 140, "Kính gửi: Các đơn vị");
  EXPECT_EQ(read({p}).text,
            "UBND TỈNH MẪU\nSố: 5/SX-VP\nV/v bảo đảm an toàn\n"
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nTỉnh Mẫu, ngày 02 tháng 3 năm 2026\n\n"
            "Kính gửi: Các đơn vị\n");
}
TEST(PageText, SmallLettersAtTheFootAreNotesAndRaisedNumbersCallThem) {
  PageWords p = page();
  for (int i = 0; i < 6; ++i) put(p, 85, 100.0F + 16.0F * static_cast<float>(i), kFull);
  p.words.push_back({540, 176, 544, 184, "1"});
  p.words[p.words.size() - 2].x1 = 539;
  p.words.push_back({85, 700, 90, 710, "1"});
  p.words.push_back({94, 700, 120, 710, "Chú"});
  p.words.push_back({124, 700, 150, 710, "thích."});
  const std::string text = read({p}).text;
  EXPECT_TRUE(text.ends_with("\n¹ Chú thích.\n")) << text;
}
TEST(ScanMend, OnlyWhatContinuesANumberingIsMended) {
  ScanMender mender;
  EXPECT_EQ(mender.mended("H Công an tỉnh"), "H Công an tỉnh");
  EXPECT_EQ(mender.mended("I. Các sở"), "I. Các sở");
  EXPECT_EQ(mender.mended("1. Rà soát"), "1. Rà soát");
  EXPECT_EQ(mender.mended("H Công an tỉnh"), "II. Công an tỉnh");
  EXPECT_EQ(mender.mended("HI. Sở X"), "III. Sở X");
  EXPECT_EQ(mender.mended("11. Đổi mật khẩu"), "11. Đổi mật khẩu");
  EXPECT_EQ(mender.mended("Số: 55/CNM- KT"), "Số: 55/CNM-KT");
}
TEST(ScanMend, DigitsReadAsLettersAndBlanksInDatesAreMendedInNumbersAlone) {
  ScanMender mender;
  EXPECT_EQ(mender.mended("trước ngày l5/O3/2O27, tối thiểu 1O ký tự"),
            "trước ngày 15/03/2027, tối thiểu 10 ký tự");
  EXPECT_EQ(mender.mended("trước ngày30/ 6/2027 và ngày 05 /7/2027."),
            "trước ngày 30/6/2027 và ngày 05/7/2027.");
  EXPECT_EQ(mender.mended("Cổng IoT, chuẩn SHA-1, mục lO, ISO 27001 và/ hoặc OI"),
            "Cổng IoT, chuẩn SHA-1, mục lO, ISO 27001 và/ hoặc OI");
}

}  // namespace
}  // namespace khien
