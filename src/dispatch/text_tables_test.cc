// Tables as people type them: each gives rows of cells, and nothing else is taken for one.
#include "dispatch/text_tables.h"

#include <gtest/gtest.h>

namespace khien {
namespace {

const std::string kHead =
    "UBND XÃ MẪU                          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
    "Số: 12/UBND-VX                          Độc lập - Tự do - Hạnh phúc\n"
    "                                     Xã Mẫu, ngày 03 tháng 4 năm 2027\n\n";

void expect_rows(const std::string& table) {
  const Reading reading = read_text_tables(kHead + table + "\nNơi nhận: Lưu.\n");
  EXPECT_TRUE(reading.text.starts_with(kHead)) << reading.text;
  ASSERT_EQ(reading.rows.size(), 3U) << reading.text;
  EXPECT_EQ(reading.rows[0].cells[1], "Nội dung nhiệm vụ");
  EXPECT_EQ(reading.rows[1].cells,
            (std::vector<std::string>{"1", "Khóa các cổng mạng không dùng", "Tổ kỹ thuật",
                                      "15/5/2027"}));
  EXPECT_EQ(reading.rows[2].cells[1], "Đổi mật khẩu máy in");
  EXPECT_NE(reading.text.find("\n1 | Khóa các cổng mạng không dùng | Tổ kỹ thuật | 15/5/2027\n"),
            std::string::npos);
}

TEST(TextTables, CellsBetweenBars) {
  expect_rows("TT | Nội dung nhiệm vụ | Chủ trì | Thời hạn\n"
              "1 | Khóa các cổng mạng không dùng | Tổ kỹ thuật | 15/5/2027\n"
              "2. | Đổi mật khẩu máy in | Văn phòng | 20/5/2027\n");
  expect_rows("| TT | Nội dung nhiệm vụ | Chủ trì | Thời hạn |\n|---|---|---|---|\n"
              "| 1 | Khóa các cổng mạng không dùng | Tổ kỹ thuật | 15/5/2027 |\n"
              "| 2 | Đổi mật khẩu máy in | Văn phòng | 20/5/2027 |\n");
}
TEST(TextTables, RulesBetweenRowsTellWhereAWrappedOneEnds) {
  expect_rows("+----+-------------------+-------------+-----------+\n"
              "| TT | Nội dung nhiệm vụ | Chủ trì     | Thời hạn  |\n"
              "+----+-------------------+-------------+-----------+\n"
              "| 1  | Khóa các cổng     | Tổ kỹ thuật | 15/5/2027 |\n"
              "|    | mạng không dùng   |             |           |\n"
              "+----+-------------------+-------------+-----------+\n"
              "| 2  | Đổi mật khẩu      | Văn phòng   | 20/5/2027 |\n"
              "|    | máy in            |             |           |\n"
              "+----+-------------------+-------------+-----------+\n");
}
TEST(TextTables, CellsBetweenTabs) {
  expect_rows("TT\tNội dung nhiệm vụ\tChủ trì\tThời hạn\n"
              "1\tKhóa các cổng mạng không dùng\tTổ kỹ thuật\t15/5/2027\n"
              "2\tĐổi mật khẩu máy in\tVăn phòng\t20/5/2027\n");
}
TEST(TextTables, ColumnsOfAlignedSpaces) {
  expect_rows("TT   Nội dung nhiệm vụ               Chủ trì       Thời hạn\n"
              "1    Khóa các cổng mạng không dùng   Tổ kỹ thuật   15/5/2027\n"
              "2    Đổi mật khẩu máy in             Văn phòng     20/5/2027\n");
  expect_rows("TT   Nội dung nhiệm vụ    Chủ trì       Thời hạn\n\n"
              "1    Khóa các cổng mạng   Tổ kỹ thuật   15/5/2027\n"
              "     không dùng\n\n"
              "2    Đổi mật khẩu         Văn phòng     20/5/2027\n"
              "     máy in\n");
}
TEST(TextTables, TheHeadAndAnAlternativeInASentenceAreNone) {
  const std::string text = kHead + "Các đơn vị báo cáo theo mẫu (có | không) và ký tên.\n\n"
                           "    1. Rà soát tài khoản.\n    2. Đổi mật khẩu.\n";
  EXPECT_EQ(read_text_tables(text).text, text);
  EXPECT_TRUE(read_text_tables(text).rows.empty());
}

}  // namespace
}  // namespace khien
