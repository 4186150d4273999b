// Several papers in one file; the text that begins right under a head; items past the last number.
#include "dispatch/papers.h"

#include <fmt/format.h>

#include "dispatch/testing.h"

namespace khien {
namespace {
namespace t = dispatch::testing;

const Warning* warned_of(const Order& order, std::string_view code) {
  for (const Warning& w : order.warnings) {
    if (w.code == code) return &w;
  }
  return nullptr;
}
std::string paper_ids(const Order& order) {
  std::vector<std::string> out;
  for (const Measure& m : order.measures) out.push_back(m.id);
  return fmt::format("{}", fmt::join(out, " "));
}
std::string sent_to(const Order& order) {
  return fmt::format("{}", fmt::join(order.dispatch.recipients, "; "));
}

const std::string kFirstPaper =
    "UBND TỈNH MẪU\nSỞ Y TẾ\nSố: 14/SYT-VP\nMẫu, ngày 06 tháng 5 năm 2026\nV/v an toàn thông tin\n"
    "\nKính gửi: Các bệnh viện.\n\n1. Đổi mật khẩu trước 25/5/2026.\n\nNơi nhận:\n- Như trên;\n"
    "- Lưu: VT.\n\nGIÁM ĐỐC\n\nLê Văn Mẫu\n\n";
const std::string kSecondPaper =
    "UBND TỈNH MẪU\nVĂN PHÒNG\nSố: 39/VP-NC\nMẫu, ngày 07 tháng 6 năm 2026\nV/v sao lưu dữ liệu\n\n"
    "Kính gửi: Các phòng.\n\n1. Sao lưu dữ liệu trước 28/6.\n2. Cài phần mềm diệt virus.\n\n"
    "Nơi nhận:\n- Như trên.\n\nCHÁNH VĂN PHÒNG\n\nTrần Văn Mẫu\n";

TEST(Papers, EveryPaperOfAFileIsReadAndNamed) {
  const Order order = t::order_of(kFirstPaper + kSecondPaper);
  EXPECT_EQ(paper_ids(order), "1 VB2.1 VB2.2");
  EXPECT_EQ(order.dispatch.number, "14/SYT-VP");
  EXPECT_EQ(order.dispatch.signing_capacity, "GIÁM ĐỐC");
  EXPECT_EQ(order.dispatch.due_on, "2026-06-28") << "of all papers";
  EXPECT_EQ(order.measures[1].due_on, "2026-06-28");
  const Warning* several = warned_of(order, "several_papers");
  ASSERT_NE(several, nullptr);
  EXPECT_EQ(several->args.at("count"), "2");
  EXPECT_EQ(several->args.at("places"), "19 (39/VP-NC)");
  const Measure& m = order.measures[1];
  const std::u32string text = to_u32(order.text);
  EXPECT_EQ(to_utf8(text.substr(static_cast<std::size_t>(m.span_from),
                                static_cast<std::size_t>(m.span_to - m.span_from))),
            "1. Sao lưu dữ liệu trước 28/6.");
  int sentences = 0;
  for (const Sentence& s : order.sentences) sentences += s.measure.starts_with("VB2.") ? 1 : 0;
  EXPECT_EQ(sentences, 2);
}
TEST(Papers, AnAnnexTemplateIsNoPaper) {
  const Order order = t::order_of(
      kFirstPaper + "PHỤ LỤC\nMẪU BÁO CÁO\n\nTÊN ĐƠN VỊ\nSố:      /BC-...\n"
               "Mẫu, ngày ... tháng ... năm 2026\n\nKính gửi: Sở Y tế.\n");
  EXPECT_EQ(warned_of(order, "several_papers"), nullptr);
  EXPECT_EQ(warned_of(t::order_of(kFirstPaper), "several_papers"), nullptr);
}
TEST(Papers, TheTextMayBeginRightUnderTheRecipients) {
  const std::string head = "SỞ Y TẾ\nSố: 14/SYT-VP\nMẫu, ngày 06 tháng 5 năm 2026\n\n";
  const Order glued = t::order_of(
      head + "Kính gửi: Các bệnh viện, trung tâm y tế\nSở Y tế yêu cầu các đơn vị khóa tài khoản "
             "người nghỉ việc trước 25/5/2026.\n1. Đổi mật khẩu.\n2. Rà quét mã độc.\n");
  EXPECT_EQ(sent_to(glued), "Các bệnh viện, trung tâm y tế");
  EXPECT_EQ(paper_ids(glued), "p1 1 2");
  EXPECT_EQ(glued.measures[0].due_on, "2026-05-25");
  const Order comma = t::order_of(
      head + "Kính gửi các anh chị,\n\nPhòng Tin học nhờ mọi người đổi mật khẩu máy tính trước "
             "ngày 25/5/2026.\n");
  EXPECT_EQ(sent_to(comma), "các anh chị");
  const Order wrapped = t::order_of(
      head + "Kính gửi: Các bệnh viện, trung tâm y tế, Chi cục An toàn thực phẩm,\nTrường Cao đẳng "
             "Y tế.\n\n1. Đổi mật khẩu.\n");
  EXPECT_EQ(sent_to(wrapped),
            "Các bệnh viện, trung tâm y tế, Chi cục An toàn thực phẩm, Trường Cao đẳng Y tế");
}
TEST(Papers, TheTextMayBeginRightUnderTheSubject) {
  const Order order = t::order_of(
      "SỞ Y TẾ\nSố: 14/TB-SYT\nMẫu, ngày 06 tháng 5 năm 2026\nTHÔNG BÁO\nV/v sử dụng máy tính\n"
      "Từ ngày 01/6/2026 các phòng phải đổi mật khẩu 02 tháng một lần.\n");
  EXPECT_EQ(order.dispatch.subject_line, "sử dụng máy tính");
  EXPECT_NE(t::kind_in(order, "account.password_rotation"), nullptr);
  EXPECT_FALSE(order.sentences.empty());
}
TEST(Papers, AListGoesOnPastItsThousandthItem) {
  std::string body = kFirstPaper.substr(0, kFirstPaper.find("1. Đổi"));
  for (int i = 1; i <= 1203; ++i) {
    if (i != 1007) body += fmt::format("{}. Đổi mật khẩu máy {}.\n", i, i);
  }
  const Order order = t::order_of(body);
  ASSERT_EQ(order.measures.size(), 1202u);
  EXPECT_EQ(order.measures.back().id, "1203");
}
TEST(Papers, AYearAtTheStartOfALineIsNoItem) {
  std::string body = kFirstPaper.substr(0, kFirstPaper.find("1. Đổi"));
  body += "1. Đổi mật khẩu máy tính theo Kế hoạch năm\n2026. Văn phòng tổng hợp.\n"
          "2. Quét mã độc.\n";
  EXPECT_EQ(paper_ids(t::order_of(body)), "1 2");
}
TEST(Papers, ADemandOfALaterPaperIsOrderedOfThoseItWasSentTo) {
  const Order order = t::order_of(kFirstPaper + kSecondPaper);
  ASSERT_EQ(order.measures.size(), 3u);
  EXPECT_EQ(order.measures[0].actor, "");
  EXPECT_EQ(order.measures[1].actor, "Các phòng");
  EXPECT_EQ(sent_to(order), "Các bệnh viện");
  std::string same = kSecondPaper;
  same.replace(same.find("Các phòng"), std::string("Các phòng").size(), "Các bệnh viện");
  EXPECT_EQ(t::order_of(kFirstPaper + same).measures[1].actor, "");
}

}  // namespace
}  // namespace khien
