// Texts that are no dispatch on the security of information make no measures, and say why.
#include <algorithm>
#include <filesystem>
#include <set>
#include <utility>
#include <vector>

#include "dispatch/testing.h"

namespace khien {
namespace {
namespace fs = std::filesystem;
namespace t = dispatch::testing;

TEST(Subject, NothingIsMadeOfPapersThatOrderNothingOfOurs) {
  const std::set<std::string> reasons = {"other_form", "no_order", "off_subject", "only_tells",
                                         "no_measures"};
  int read = 0;
  for (const auto& entry : fs::directory_iterator("tests/corpus/not_dispatches")) {
    const Order order = t::order_of(t::bytes_of(entry.path().string()));
    EXPECT_TRUE(order.measures.empty()) << entry.path() << "\n" << order.measures.size();
    EXPECT_TRUE(std::any_of(order.warnings.begin(), order.warnings.end(),
                            [&](const Warning& w) { return reasons.contains(w.code); }))
        << entry.path();
    EXPECT_FALSE(order.sentences.empty()) << entry.path();
    ++read;
  }
  EXPECT_GE(read, 30);
}
TEST(Subject, AnOrderWithoutAHeadIsStillAnOrder) {
  const Order order = t::order_of(
      "Đề nghị các phòng, ban đổi mật khẩu thư điện tử công vụ trước ngày 20/6/2025 và quét mã độc "
      "toàn bộ máy tính.");
  EXPECT_NE(t::kind_in(order, "host.malware_scan"), nullptr);
}
TEST(Subject, ATitleOnTheSubjectIsEnoughHoweverTheDemandsAreWorded) {
  std::string paper =
      "UBND XÃ MẪU\nSố: 8/KH-UBND\nMẫu, ngày 02 tháng 3 năm 2026\n\nKẾ HOẠCH\n"
      "Bảo đảm an toàn thông tin mạng năm 2026\n\n";
  for (int i = 1; i <= 30; ++i)
    paper += std::to_string(i) + ". Cử người trông coi thêm buổi tối ở nhà văn hóa số " +
             std::to_string(i) + ".\n\n";
  EXPECT_EQ(t::order_of(paper).measures.size(), 30u);
}
TEST(Subject, OneWordOfTheSubjectIsEnoughInAShortPaper) {
  EXPECT_EQ(t::demand("Rà soát tài khoản của người đã nghỉ việc.").measures.size(), 1u);
}

TEST(Subject, OneDemandAPhraseSaysIsEnoughWithoutATitleBehindABasis) {
  const std::string basis =
      "Thực hiện Công văn số 41/UBND-VX ngày 07/4/2027 của UBND tỉnh, Phòng đề nghị các trường ";
  for (const char* asked : {"rà soát, xóa tài khoản của cán bộ nghỉ việc và báo cáo kết quả",
                            "rà soát, khóa tài khoản của giáo viên nghỉ hưu và báo cáo kết quả",
                            "thu hồi tài khoản của người chuyển công tác và báo cáo kết quả"}) {
    const Order order = t::order_of(
        "PHÒNG GIÁO DỤC\n\nSố: 16/PGD-VP\n\nThử, ngày 09 tháng 4 năm 2027\n\n"
        "Kính gửi: Các trường.\n\n" + basis + asked + " trước ngày 28/4/2027.\n\nTrân trọng./.\n");
    EXPECT_NE(t::kind_in(order, "account.leavers"), nullptr) << asked;
  }
}

std::string letter(const std::string& subject, const std::string& body) {
  return "UBND TỈNH MẪU\nSỞ XÂY DỰNG\nSố: 77/SXD-VP\nV/v " + subject +
         "\nMẫu, ngày 03 tháng 4 năm 2026\n\nKính gửi: Các phòng, đơn vị\n\n" + body + "\n";
}
const char* reason(const Order& order) {
  for (const Warning& w : order.warnings) {
    if (w.code == "only_tells") return "only_tells";
  }
  return "";
}
TEST(Subject, AReportOfResultsAnAnswerOrThanksOrderNothing) {
  for (const auto& [subject, body] : std::vector<std::pair<std::string, std::string>>{
           {"báo cáo kết quả đổi mật khẩu, quét mã độc",
            "Thực hiện Công văn số 12/UBND-NC ngày 02/3/2026 yêu cầu các sở đổi mật khẩu, Sở "
            "báo cáo "
            "kết quả như sau:\n\n1. Đã đổi mật khẩu 88 tài khoản; khóa 6 tài khoản.\n\n2. Đã "
            "quét mã "
            "độc 41 máy tính."},
           {"trả lời về tài khoản thư điện tử",
            "Sở đã khóa 04 tài khoản thư điện tử và đổi mật khẩu 10 tài khoản còn lại."},
           {"cảm ơn phối hợp diễn tập an toàn thông tin",
            "Các đội đã phát hiện mã độc, khôi phục dữ liệu từ bản sao lưu trong 02 giờ."}}) {
    const Order order = t::order_of(letter(subject, body));
    EXPECT_TRUE(order.measures.empty()) << subject;
    EXPECT_STREQ(reason(order), "only_tells") << subject;
  }
  const Order asked = t::order_of(letter(
      "báo cáo kết quả đổi mật khẩu", "Sở yêu cầu các phòng báo cáo kết quả đổi mật khẩu như "
      "sau:\n\n"
      "1. Thống kê tài khoản đã đổi mật khẩu, gửi trước ngày 17/4/2026."));
  EXPECT_EQ(asked.measures.size(), 1u);
}
TEST(Subject, ADraftSentForCommentsOrdersOnlyTheComments) {
  const Order order = t::order_of(letter(
      "góp ý dự thảo Quy định bảo đảm an toàn thông tin",
      "Dự thảo quy định mật khẩu tối thiểu 14 ký tự, xác thực hai lớp với mọi tài khoản.\n\n"
      "Đề nghị các phòng, đơn vị có ý kiến bằng văn bản trước ngày 19/4/2026."));
  ASSERT_EQ(order.measures.size(), 1u);
  EXPECT_EQ(order.measures[0].due_on, "2026-04-19");
  EXPECT_EQ(t::kind_in(order, "account.password_policy"), nullptr);
  EXPECT_EQ(t::kind_in(order, "account.mfa"), nullptr);
}
TEST(Subject, ADefinitionAsksNothing) {
  const Order order = t::order_of(
      "UBND TỈNH MẪU\nSố: 61/QĐ-UBND\nMẫu, ngày 09 tháng 4 năm 2026\n\nQUY ĐỊNH\nQuản lý tài "
      "khoản\n\nĐiều 1. Giải thích từ ngữ\n\n1. Sao lưu là tạo bản sao dữ liệu ra thiết bị "
      "khác.\n\nĐiều 2. Tài khoản\n\n1. Đổi mật khẩu 04 tháng một lần.\n");
  const Node node = to_node(order);
  std::string asks;
  for (const Node& m : node["measures"].items())
    asks += m["id"].text() + (m["asks"].boolean() ? "+ " : "- ");
  EXPECT_EQ(asks, "1- 1.1- 2- 2.1+ ");
}

}  // namespace
}  // namespace khien
