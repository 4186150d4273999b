// Dates to act by, days to watch, and what is neither.
#include "dispatch/deadlines.h"

#include "dispatch/date_cues.h"
#include "dispatch/testing.h"

namespace khien {
namespace {
namespace t = dispatch::testing;

// The paper of these tests is of 02/3/2024.
std::string deadline(const std::string& text) { return t::demand(text).measures.at(0).due_on; }
std::string deadlines(const std::string& body) {
  const Order order = t::order_of(
      "Số: 5/SX-VP\nTỉnh Mẫu, ngày 02 tháng 3 năm 2024\n\nKính gửi: Các đơn vị\n\n"
      "Sở X đề nghị các đơn vị thực hiện các nội dung sau:\n\n" + body);
  std::string out;
  for (const Measure& m : order.measures) out += m.id + "=" + m.due_on + " ";
  return out + "paper=" + order.dispatch.due_on;
}

TEST(Deadlines, BeforeAPeriodIsTheEndOfThePeriodBefore) {
  EXPECT_EQ(deadline("Rà soát xong tài khoản trước quý III/2025."), "2025-06");
  EXPECT_EQ(deadline("Rà soát xong tài khoản trước quý I năm 2025."), "2024-12");
  EXPECT_EQ(deadline("Cập nhật bản vá trước tháng 01/2025."), "2024-12");
  EXPECT_EQ(deadline("Cập nhật bản vá trước tháng 8 năm 2024."), "2024-07");
  EXPECT_EQ(deadline("Cập nhật bản vá trước năm 2026."), "2025-12");
  EXPECT_EQ(deadline("Cập nhật bản vá trước cuối tháng 8/2024."), "2024-08");
  EXPECT_EQ(deadline("Cập nhật bản vá chậm nhất trong tháng 8/2024."), "2024-08");
  EXPECT_EQ(deadline("Hoàn thành rà soát trong quý III/2025."), "2025-09");
  EXPECT_EQ(deadline("Hoàn thành rà soát trong quý III, IV/2025."), "2025-12");
  EXPECT_EQ(deadline("Hoàn thành rà soát trong tháng 5, 6 và 7/2024."), "2024-07");
  EXPECT_EQ(deadline("Rà soát xong tài khoản trước tháng 3/2024."), "2024-02");
}
TEST(Deadlines, ADateOfTheObjectIsNone) {
  EXPECT_EQ(deadline("Rà soát các tài khoản được cấp trước ngày 15/8/2024."), "");
  EXPECT_EQ(deadline("Rà soát các tài khoản đã tạo trước ngày 15/8/2024."), "");
  EXPECT_EQ(deadline("Cập nhật bản vá do hãng phát hành trước ngày 11/5/2024."), "");
  EXPECT_EQ(deadline("Cập nhật các bản vá được công bố trước ngày 11/5/2024."), "");
  EXPECT_EQ(deadline("Rà soát các chứng thư số hết hạn ngày 11/5/2024."), "");
  EXPECT_EQ(deadline("Các đơn vị đã báo cáo trước ngày 09/4/2024 rà soát lại tài khoản."), "");
  EXPECT_EQ(deadline("Tài khoản phải được cấp trước ngày 15/8/2024."), "2024-08-15");
  EXPECT_EQ(deadline("Mọi máy chủ phải được vá lỗ hổng trước ngày 15/8/2024."), "2024-08-15");
}
TEST(Deadlines, ADayThatComesAgainIsNone) {
  EXPECT_EQ(deadline("Báo cáo kết quả trước ngày 14/9 hằng năm."), "");
  EXPECT_EQ(deadline("Hằng năm báo cáo kết quả trước ngày 14/9."), "");
  EXPECT_EQ(deadline("Mỗi quý kiểm tra một lần; báo cáo kết quả trước ngày 14/9."), "2024-09-14");
  EXPECT_EQ(deadline("Hằng năm rà soát, lần đầu xong trước ngày 14/9/2024."), "2024-09-14");
}
TEST(Deadlines, ADayBeforeThePapersOwnIsNone) {
  EXPECT_EQ(deadline("Rà soát tài khoản trước ngày 01/3/2024."), "");
  EXPECT_EQ(deadline("Rà soát tài khoản trước ngày 02/3/2024."), "2024-03-02");
  EXPECT_EQ(deadline("Rà soát tài khoản trong tháng 3/2024."), "2024-03");
  EXPECT_EQ(deadline("Rà soát tài khoản trong tháng 02/2024."), "");
}
TEST(Deadlines, EverydayWordings) {
  EXPECT_EQ(deadline("Diễn tập ứng cứu sự cố vào ngày 14/6/2024."), "2024-06-14");
  EXPECT_EQ(deadline("Rà soát xong tài khoản trong ngày 14/6/2024."), "2024-06-14");
  EXPECT_EQ(deadline("Rà soát tài khoản, không muộn hơn ngày 14/6/2024."), "2024-06-14");
  EXPECT_EQ(deadline("Rà soát tài khoản không chậm hơn 16h00 ngày 14/6/2024."), "2024-06-14");
  EXPECT_EQ(deadline("Rà soát tài khoản, không quá ngày 14/6/2024."), "2024-06-14");
  EXPECT_EQ(deadline("Rà soát tài khoản trước 14/6/24."), "2024-06-14");
  EXPECT_EQ(deadline("Báo cáo kết quả chậm nhất 10h15, thứ Sáu (14/6/2024)."), "2024-06-14");
  EXPECT_EQ(deadline("Báo cáo kết quả trước 15g30 Chủ nhật, ngày 16/6."), "2024-06-16");
  EXPECT_EQ(deadline("Báo cáo kết quả trước cuối giờ làm việc ngày 14/6/2024."), "2024-06-14");
  EXPECT_EQ(deadline("Gia hạn báo cáo sang ngày 14/6/2024."), "2024-06-14");
  EXPECT_EQ(deadline("Hoàn thành nâng cấp trong 6 tháng đầu năm 2025."), "2025-06");
  EXPECT_EQ(deadline("Hoàn thành nâng cấp trong 6 tháng cuối năm 2025."), "2025-12");
}
TEST(Deadlines, CellsHoldDaysAndRanges) {
  EXPECT_EQ(deadline("Rà soát tài khoản | Văn phòng | 14-19/6/2024"), "2024-06-19");
  EXPECT_EQ(deadline("Rà soát tài khoản | Văn phòng | từ 05/6 đến 19/6/2024 | "), "2024-06-19");
  EXPECT_EQ(deadline("Rà soát tài khoản | Văn phòng | 19/6/2024"), "2024-06-19");
}
TEST(Deadlines, ACellUnderDueIsReadAsAClauseAndNeedsNoCue) {
  const auto due = [](const char* cell) {
    return due_of_cell(t::vocabulary(), cell, "2024-03-02");
  };
  EXPECT_EQ(due("Trước quý III/2025"), "2025-06");
  EXPECT_EQ(due("trước tháng 9/2024"), "2024-08");
  EXPECT_EQ(due("Quý III/2025"), "2025-09");
  EXPECT_EQ(due("Quý I, II/2025"), "2025-06");
  EXPECT_EQ(due("Quý II - Quý III năm 2025"), "2025-09");
  EXPECT_EQ(due("Tháng 5 - 6/2024"), "2024-06");
  EXPECT_EQ(due("20/5/2024"), "2024-05-20");
  EXPECT_EQ(due("Từ 01/4/2024 đến 20/5/2024"), "2024-05-20");
  EXPECT_EQ(due("Từ ngày 01/4/2024"), "");
  EXPECT_EQ(due("Đợt 2: 20/11/2024; đợt 1: trước 20/5/2024"), "2024-05-20");
  EXPECT_EQ(due("Thường xuyên"), "");
  EXPECT_EQ(due("Trước ngày 15/12 hằng năm"), "");
  EXPECT_EQ(due("Năm 2025"), "2025-12");
  EXPECT_EQ(due(""), "");
}
TEST(Deadlines, TheStrictestOfSeveralIsKept) {
  EXPECT_EQ(deadline("Nâng cấp phần mềm xong trong quý II/2025; riêng máy chủ xong trong tháng "
                "9/2024."), "2024-09");
  EXPECT_EQ(deadline("Diễn tập lần 2 trước ngày 20/11/2024, lần 1 trước ngày 20/5/2024."),
            "2024-05-20");
  EXPECT_EQ(deadline("Rà soát xong trước ngày 20/11/2024, riêng máy chủ trong tháng 11/2024."),
            "2024-11-20");
}
TEST(Deadlines, WhatAnotherPaperOrderedIsNone) {
  const auto elsewhere = [](std::u32string_view text) {
    const std::u32string f = fold(text);
    return ordered_elsewhere(t::vocabulary().date_words(), f, 0, f.size());
  };
  EXPECT_TRUE(elsewhere(U"UBND tỉnh có Công văn số 311/UBND-KSTT yêu cầu các sở báo cáo trước "));
  EXPECT_TRUE(elsewhere(U"[2] Công văn số 311/UBND-KSTT đề nghị các đơn vị báo cáo trước "));
  EXPECT_TRUE(elsewhere(U"Đã ghi: “mật khẩu tối thiểu 9 ký tự, báo cáo trước "));
  EXPECT_FALSE(elsewhere(U"Công văn số 311/UBND-KSTT có ý kiến, Sở đề nghị các đơn vị gửi trước "));
  EXPECT_EQ(deadline("Thực hiện Công văn số 311/UBND-KSTT, các đơn vị báo cáo trước ngày "
                     "18/5/2024."),
            "2024-05-18");
}
TEST(Deadlines, AHeadingsDeadlineGoesToItsItems) {
  const std::string all = deadlines(
      "I. NHIỆM VỤ HOÀN THÀNH TRƯỚC NGÀY 17/6/2024\n\n1. Đổi mật khẩu.\n\n"
      "2. Rà soát lỗ hổng trước ngày 10/6/2024.\n\n"
      "3. Sao lưu dữ liệu hằng tuần.\n\nII. NHIỆM VỤ KHÁC\n\n1. Quét mã độc.\n");
  EXPECT_NE(all.find("I.1=2024-06-17 I.2=2024-06-10 I.3= "), all.npos) << all;
  EXPECT_NE(all.find("II.1= "), all.npos) << all;
}
TEST(Deadlines, TheSentenceThatClosesAListSpeaksOfItsItems) {
  const std::string all = deadlines("1. Đổi mật khẩu.\n\n2. Quét mã độc trước ngày 20/4/2024.\n\n"
                               "Các nội dung trên hoàn thành trước ngày 22/5/2024.\n");
  EXPECT_TRUE(all.starts_with("1=2024-05-22 2=2024-04-20 ")) << all;
  EXPECT_TRUE(all.ends_with("paper=2024-05-22")) << all;
}
TEST(Deadlines, BodiesMayHaveDaysOfTheirOwnInOneSentence) {
  const auto days = [](const std::string& text) {
    const Order order = t::demand(text);
    std::string out;
    for (const DueFor& d : order.measures.at(0).deadlines) out += d.actor + "=" + d.due_on + " ";
    return out;
  };
  EXPECT_EQ(days("Các sở, ban, ngành gửi báo cáo an toàn thông tin trước ngày 14/6/2024; UBND "
                 "các xã, phường gửi báo "
                 "cáo trước ngày 19/6/2024."),
            "Các sở, ban, ngành=2024-06-14 UBND các xã, phường=2024-06-19 ");
  EXPECT_EQ(days("Báo cáo kết quả đổi mật khẩu trước ngày 14/6/2024 đối với các sở, ban, ngành "
                 "và trước ngày "
                 "19/6/2024 đối với UBND các xã, phường."),
            "các sở, ban, ngành=2024-06-14 UBND các xã, phường=2024-06-19 ");
  EXPECT_EQ(days("Gửi kế hoạch rà quét mã độc trước ngày 14/6/2024, báo cáo kết quả trước ngày "
                 "19/6/2024."), "=2024-06-14 =2024-06-19 ");
  EXPECT_EQ(days("Công an tỉnh báo cáo lỗ hổng trước ngày 14/6/2024."), "");
}
TEST(Deadlines, ThePaperIsDueWhenItsRecipientsReportAndNotWhenOneBodySumsUp) {
  const std::string text =
      "Các sở, ban, ngành gửi báo cáo kết quả rà quét mã độc trước ngày 14/6/2024.\n\n"
      "Thanh tra tỉnh báo cáo kết quả kiểm tra an toàn thông tin trước ngày 28/6/2024.\n";
  EXPECT_EQ(t::demand(text).dispatch.due_on, "2024-06-14");
  EXPECT_EQ(t::demand("Thanh tra tỉnh báo cáo kết quả kiểm tra an toàn thông tin trước ngày "
                      "28/6/2024.").dispatch.due_on, "2024-06-28");
}
TEST(Deadlines, DaysToWatchAreReadFromListsAndRanges) {
  const auto windows = [](const std::string& text) {
    std::string out;
    for (const WatchWindow& w : t::demand(text).watch_windows) out += w.from + ".." + w.to + " ";
    return out;
  };
  EXPECT_EQ(windows("Tổ chức trực 24/7 từ ngày 18 - 21/9/2024."), "2024-09-18..2024-09-21 ");
  EXPECT_EQ(windows("Tổ chức trực 24/7 từ ngày 18-21/9/2024."), "2024-09-18..2024-09-21 ");
  EXPECT_EQ(windows("Tổ chức trực 24/7 từ ngày 18 đến ngày 21/9/2024."),
            "2024-09-18..2024-09-21 ");
  EXPECT_EQ(windows("Tổ chức trực 24/7 các ngày 18, 19, 20/9/2024."), "2024-09-18..2024-09-20 ");
  EXPECT_EQ(windows("Tổ chức trực 24/7 các ngày 18 và 25/9/2024."),
            "2024-09-18..2024-09-18 2024-09-25..2024-09-25 ");
  EXPECT_EQ(windows("Tổ chức trực 24/7 từ 18/9 đến 21/9/2024."), "2024-09-18..2024-09-21 ");
  EXPECT_EQ(windows("Tổ chức trực 24/7 trước ngày 21/9/2024."), "");
}
TEST(Deadlines, TheHeadsDateMayBeInFigures) {
  const Order order = t::order_of(
      "UBND TỈNH MẪU\nSỞ X\n\nSố: 5/SX-VP\nTỉnh Mẫu, 02/3/2024\n\nKính gửi: Các đơn vị\n\n"
      "Sở X đề nghị các đơn vị:\n\n1. Báo cáo kết quả trước 17g00 ngày 21/4.\n");
  EXPECT_EQ(order.dispatch.issued_on, "2024-03-02");
  EXPECT_EQ(order.dispatch.due_on, "2024-04-21");
}

}  // namespace
}  // namespace khien
