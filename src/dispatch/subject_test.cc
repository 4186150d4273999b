// Texts that are no dispatch on the security of information make no measures, and say why.
#include <algorithm>
#include <filesystem>
#include <set>

#include "dispatch/testing.h"

namespace khien {
namespace {
namespace fs = std::filesystem;
namespace t = dispatch::testing;

TEST(Subject, NothingIsMadeOfPapersThatOrderNothingOfOurs) {
  const std::set<std::string> reasons = {"other_form", "no_order", "off_subject", "no_measures"};
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

}  // namespace
}  // namespace khien
