// How clauses are found: markers of every shape, leading lines, sentences, attached documents.
#include "dispatch/anatomy.h"

#include <fmt/format.h>

#include "dispatch/testing.h"

namespace khien {
namespace {
namespace t = dispatch::testing;

constexpr const char* kHead =
    "UBND TỈNH MẪU\nSỞ KHOA HỌC MẪU\nSố: 7/SKHM-CĐS\nMẫu, ngày 02 tháng 3 năm 2026\n\n"
    "Kính gửi: Các phòng, đơn vị.\n\n";

std::string ids(const Order& order) {
  std::vector<std::string> out;
  for (const Measure& m : order.measures) out.push_back(m.id);
  return fmt::format("{}", fmt::join(out, " "));
}
std::string ids_of(const std::string& body) { return ids(t::order_of(kHead + body)); }
// Under a line that leads to demands.
std::string led(const std::string& body) {
  return ids_of("Sở đề nghị các phòng thực hiện:\n\n" + body);
}

TEST(Anatomy, MarkersOfEveryShapeAreItems) {
  EXPECT_EQ(led("1- Rà soát lỗ hổng.\n\n2- Sao lưu dữ liệu.\n"), "1 2");
  EXPECT_EQ(led("1 - Rà soát lỗ hổng.\n\n2 - Sao lưu dữ liệu.\n"), "1 2");
  EXPECT_EQ(led("1/ Rà soát lỗ hổng.\n\n2/Sao lưu dữ liệu.\n"), "1 2");
  EXPECT_EQ(led("1: Rà soát lỗ hổng.\n\n2: Sao lưu dữ liệu.\n"), "1 2");
  EXPECT_EQ(led("(1) Rà soát lỗ hổng.\n\n(2) Sao lưu dữ liệu.\n"), "1 2");
  EXPECT_EQ(led("(i) Rà soát lỗ hổng;\n\n(ii) Sao lưu dữ liệu.\n"), "i ii");
  EXPECT_EQ(led("i) Rà soát lỗ hổng;\n\nii) Sao lưu dữ liệu.\n"), "i ii");
  EXPECT_EQ(led("(a) Rà soát lỗ hổng;\n\n(b) Sao lưu dữ liệu.\n"), "a b");
  EXPECT_EQ(led("A- Rà soát lỗ hổng.\n\nB- Sao lưu dữ liệu.\n"), "A B");
  EXPECT_EQ(led("A1. Rà soát lỗ hổng.\n\nA2. Sao lưu dữ liệu.\n"), "A1 A2");
  EXPECT_EQ(led("Nhiệm vụ 1: Rà soát lỗ hổng.\n\nNhiệm vụ 2: Sao lưu dữ liệu.\n"), "1 2");
  EXPECT_EQ(led("Một là, rà soát lỗ hổng.\n\nHai là, sao lưu dữ liệu.\n"), "1 2");
  EXPECT_EQ(led("1. Rà soát:\n\n1.1. Lỗ hổng.\n\n1.1.1. Máy chủ.\n\n2. Sao lưu.\n"),
            "1 1.1 1.1.1 2");
  EXPECT_EQ(led("I- RÀ SOÁT\n\n1. Lỗ hổng.\n\nII- SAO LƯU\n\n1. Dữ liệu.\n"), "I I.1 II II.1");
  EXPECT_EQ(led("1. Rà soát:\na) Lỗ hổng;\nđ) Máy chủ;\nh) Máy trạm;\ni) Máy in.\n"),
            "1 1.a 1.đ 1.h 1.i");
}
TEST(Anatomy, PartsWithATitleHoldWhatStandsUnderThem) {
  EXPECT_EQ(led("Phần I. CHUNG\n\n1. Rà soát lỗ hổng.\n\nPhần II. RIÊNG\n\n1. Sao lưu dữ liệu.\n"),
            "I I.1 II II.1");
  EXPECT_EQ(led("PHẦN A: MẬT KHẨU\n\n1. Đổi mật khẩu.\n\nPHẦN B: DỮ LIỆU\n\n1. Sao lưu.\n"),
            "A A.1 B B.1");
  EXPECT_EQ(led("1. Rà soát lỗ hổng.\n\nPhần mềm lậu phải gỡ bỏ.\n\n2. Sao lưu dữ liệu.\n"),
            "1 p1 2");
}
TEST(Anatomy, NumbersThatAreNoMarkersStayText) {
  EXPECT_EQ(led("1. Rà soát lỗ hổng của hơn\n6.748 máy chủ và báo cáo Sở trước\n30/4 này.\n"),
            "1");
  EXPECT_EQ(led("1. Thực hiện Công văn số\n20/UBND-VX của UBND tỉnh Mẫu về rà soát lỗ hổng.\n"),
            "1");
}
TEST(Anatomy, ItemsGoOnPastAHundred) {
  std::string body;
  for (int i = 1; i <= 130; ++i) body += fmt::format("{}. Rà soát lỗ hổng máy chủ {}.\n\n", i, i);
  const Order order = t::order_of(kHead + ("Sở đề nghị:\n\n" + body));
  ASSERT_EQ(order.measures.size(), 130u);
  EXPECT_EQ(order.measures.back().id, "130");
}
TEST(Anatomy, ABareNumberAboveATextIsARowAndAloneItIsAPage) {
  EXPECT_EQ(led("STT\nNội dung\n\n1\nRà soát lỗ hổng.\n\n2\nSao lưu dữ liệu.\n"), "1 2");
  const Order order = t::order_of(
      kHead + std::string("Sở đề nghị:\n\n1. Rà soát lỗ hổng trên các máy chủ của đơn vị và\n\n2"
                          "\n\ncủa các đơn vị trực thuộc.\n\n2. Sao lưu dữ liệu.\n"));
  ASSERT_EQ(order.measures.size(), 2u);
  EXPECT_TRUE(order.measures[0].text.ends_with("của các đơn vị trực thuộc."));
}
TEST(Anatomy, EverySentenceThatOrdersIsAMeasure) {
  EXPECT_EQ(ids_of("Sở yêu cầu các phòng đổi mật khẩu. Các phòng phải sao lưu dữ liệu trước khi "
                   "nghỉ. Nghiêm cấm dùng chung tài khoản.\n"),
            "p1 p2 p3");
  EXPECT_EQ(ids_of("Thực hiện Công văn số 9/UBND-NC ngày 01/3/2026 của UBND tỉnh Mẫu, Sở đề nghị "
                   "các phòng rà soát tài khoản và báo cáo trước 20/3/2026.\n\nTrân trọng./.\n"),
            "p1");
}
TEST(Anatomy, WhatFollowsALeadingLineIsAMeasureWhateverItsWords) {
  EXPECT_EQ(led("Giữ liên lạc với các phòng bạn.\n\nDán nhãn máy tính đã vá.\n"), "p1 p2");
  EXPECT_EQ(led("- Giữ liên lạc với các phòng bạn;\n- Dán nhãn máy tính đã vá.\n"), "p1 p2");
}
TEST(Anatomy, AnOrderBeforeTheListCountsAndTheStoryDoesNot) {
  EXPECT_EQ(ids_of("Thời gian qua, tin tặc đã tấn công nhiều cơ quan, đơn vị trên địa bàn tỉnh.\n\n"
                   "Ngày 01/3/2026, Cục Mẫu có Công văn số 3/CM-AT đề nghị các đơn vị rà soát.\n\n"
                   "Sở yêu cầu toàn thể cán bộ đổi mật khẩu định kỳ 03 tháng.\n\n"
                   "Ngoài ra, đề nghị các phòng:\n\n1. Rà soát lỗ hổng.\n\n2. Sao lưu dữ liệu.\n"),
            "p1 1 2");
}
TEST(Anatomy, PurposesAreNoOrders) {
  const Order order = t::order_of(
      kHead + std::string("KẾ HOẠCH\n\nI. MỤC ĐÍCH, YÊU CẦU\n\n1. Mục đích\n\n- Bảo đảm kịp thời "
                          "khắc phục lỗ hổng.\n\n2. Yêu cầu\n\n- Việc rà soát phải kịp thời."
                          "\n\nII. NHIỆM VỤ\n\n1. Sao lưu dữ liệu.\n"));
  EXPECT_EQ(ids(order), "I I.1 I.2 II II.1");
  EXPECT_EQ(t::kind_in(order, "vuln.review"), nullptr);
}
TEST(Anatomy, ClosingsAndListsOfDataAreNone) {
  EXPECT_EQ(led("1. Rà soát lỗ hổng.\n\nĐề nghị các cơ quan, đơn vị quan tâm, phối hợp thực hiện"
                "./.\n"),
            "1");
  EXPECT_EQ(ids_of("Cục Mẫu cảnh báo các lỗ hổng sau:\n\n- CVE-2026-11111 trong Mẫu A;\n"
                   "- CVE-2026-22222 trong Mẫu B.\n\nSở đề nghị:\n\n1. Rà soát lỗ hổng.\n"),
            "1");
}
TEST(Anatomy, ADocumentAttachedAfterTheSignatureIsRead) {
  const std::string decision =
      "UBND TỈNH MẪU\nSố: 5/QĐ-UBND\nMẫu, ngày 02 tháng 3 năm 2026\n\nQUYẾT ĐỊNH\nBan hành Quy chế "
      "mẫu\n\nCHỦ TỊCH\n\nCăn cứ Luật Mẫu;\n\nQUYẾT ĐỊNH:\n\nĐiều 1. Ban hành Quy chế mẫu.\n\n"
      "Điều 2. Các đơn vị chịu trách nhiệm thi hành./.\n\nNơi nhận:\n- Như Điều 2.\n\nCHỦ TỊCH\n\n"
      "QUY CHẾ\nMẪU\n(Ban hành kèm theo Quyết định số 5/QĐ-UBND)\n\n";
  const Order order =
      t::order_of(decision + "Chương I\nMẬT KHẨU\n\nĐiều 3. Mật khẩu\n\n1. Mật khẩu có tối thiểu "
                             "10 ký tự.\n\na) Đổi mật khẩu 06 tháng một lần.\n");
  EXPECT_EQ(ids(order), "1 2 3 3.1 3.1.a");
  EXPECT_EQ(t::parameter(order, "account.password_policy", "min_length"), "10");
  EXPECT_EQ(t::parameter(order, "account.password_rotation", "max_age"), "\"P6M\"");
  const Order twice = t::order_of(decision + "Điều 1. Mật khẩu có tối thiểu 10 ký tự.\n");
  EXPECT_EQ(ids(twice), "1 2 QC.1");
}

}  // namespace
}  // namespace khien
