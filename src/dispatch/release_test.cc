// Orders taken back, acts forbidden, facts told: none of them is the order itself.
#include "dispatch/release.h"

#include <fmt/format.h>

#include "dispatch/testing.h"

namespace khien {
namespace {
namespace t = dispatch::testing;

std::string all_kinds_of(const Order& order) {
  std::vector<std::string> out;
  for (const Measure& m : order.measures) {
    for (const KindMatch& k : m.kinds) out.push_back(k.kind);
  }
  return fmt::format("{}", fmt::join(out, " "));
}
// Under a head of its own, without a number.
Order prose(const std::string& text) {
  return t::order_of("SỞ NỘI VỤ MẪU\nSố: 61/SNV-VP\nMẫu, ngày 04 tháng 8 năm 2026\n"
                     "V/v an toàn thông tin mạng\n\nKính gửi: Các phòng, đơn vị.\n\n" + text +
                     "\n");
}
void taken_back(const char* kind, const std::string& text) {
  for (const Order& order : {t::demand(text), prose(text)}) {
    EXPECT_EQ(t::kind_in(order, kind), nullptr) << kind << ": " << text;
    EXPECT_NE(t::kind_in(order, "other.manual"), nullptr) << text << ": " << all_kinds_of(order);
  }
}
void stays(const char* kind, const std::string& text) {
  const Order order = t::demand(text);
  EXPECT_NE(t::kind_in(order, kind), nullptr) << text << ": " << all_kinds_of(order);
}

TEST(Release, ADutyLiftedOrRepealedIsNoOrderOfIt) {
  taken_back("directive.report_back", "Không phải báo cáo kết quả hằng quý.");
  taken_back("directive.report_back", "Các phòng được miễn báo cáo kết quả tháng 9.");
  taken_back("account.password_rotation", "Không bắt buộc thay đổi mật khẩu định kỳ.");
  taken_back("account.password_rotation", "Không yêu cầu đổi mật khẩu định kỳ 45 ngày.");
  taken_back("account.password_rotation", "Bãi bỏ quy định đổi mật khẩu 02 tháng một lần.");
  taken_back("account.mfa", "Bãi bỏ yêu cầu bật xác thực hai lớp cho thư điện tử.");
  taken_back("host.antivirus", "Từ nay các phòng không cần cài đặt phần mềm diệt virus.");
  taken_back("backup.contingency", "Hủy bỏ nhiệm vụ sao lưu dữ liệu hằng tuần.");
}
TEST(Release, AnActStoppedOrForbiddenIsNoOrderOfIt) {
  taken_back("host.patching", "Tạm dừng cài đặt bản vá KB4990001 do gây lỗi.");
  taken_back("host.patching", "Không cập nhật bản vá trên máy chủ bầu cử.");
  taken_back("incident.isolate", "Không tự ý ngắt kết nối máy chủ.");
  taken_back("backup.contingency", "Tạm ngừng việc sao lưu dữ liệu lên máy chủ cũ.");
  const Order logs = t::demand("Không lưu nhật ký quá 18 tháng.");
  EXPECT_EQ(to_json(to_node(logs)).find("P18M"), std::string::npos);
}
TEST(Release, WhatIsTakenBackKeepsItsWordsAndHasNoDeadlineNorNumbers) {
  const Order order = t::demand("Bãi bỏ quy định đổi mật khẩu 02 tháng một lần trước ngày 15/4.");
  ASSERT_EQ(order.measures.size(), 1u);
  const Measure& m = order.measures[0];
  EXPECT_EQ(all_kinds_of(order), "other.manual");
  EXPECT_TRUE(m.kinds[0].phrase.starts_with("Bãi bỏ quy định")) << m.kinds[0].phrase;
  EXPECT_TRUE(m.kinds[0].parameters.pairs().empty());
  EXPECT_EQ(m.due_on, "");
}
TEST(Release, OnlyWhatTheWordsGovernGoes) {
  const Order both = t::demand("Không yêu cầu đổi mật khẩu định kỳ nhưng phải bật xác thực hai "
                               "lớp cho tài khoản thư.");
  EXPECT_EQ(t::kind_in(both, "account.password_rotation"), nullptr);
  EXPECT_NE(t::kind_in(both, "account.mfa"), nullptr);
  stays("account.password_policy", "Mật khẩu có ít nhất 11 ký tự, không bắt buộc đổi định kỳ.");
  stays("host.patching", "Cập nhật bản vá cho máy trạm. Không phải báo cáo kết quả.");
}
TEST(Release, ProhibitionsStayOrders) {
  stays("account.shared", "Không dùng chung tài khoản.");
  stays("host.browser_credentials", "Không lưu mật khẩu trên trình duyệt.");
  stays("mail.phishing", "Không mở thư điện tử lạ, không bấm đường dẫn trong thư.");
  stays("host.licensed_software", "Không cài đặt phần mềm không có bản quyền.");
  stays("info.state_secret", "Không soạn thảo, gửi văn bản mật qua mạng Internet.");
  stays("account.weak_or_default_password", "Không đặt mật khẩu mặc định, dễ đoán.");
}
TEST(Release, ARefusalThatSaysWhenTheActIsWrongIsNone) {
  stays("directive.report_back", "Không báo cáo kết quả chậm, muộn so với ngày 20/4.");
  stays("account.leavers", "Khóa tài khoản không cần dùng của cán bộ đã nghỉ việc.");
}
TEST(Release, WhatIsOnlyToldIsNoOrder) {
  for (const char* told : {"Hiện nay, 37% máy tính chưa cập nhật bản vá.",
                           "Sở đã cài đặt phần mềm diệt virus tập trung cho các phường.",
                           "Trung tâm Mẫu đang rà quét mã độc trên máy chủ.",
                           "Đơn vị đã đổi mật khẩu chưa?"}) {
    EXPECT_TRUE(prose(told).measures.empty()) << told << all_kinds_of(prose(told));
    EXPECT_EQ(all_kinds_of(t::demand(told)), "other.manual") << told;
  }
  stays("host.antivirus", "Đơn vị đã cài đặt phần mềm diệt virus phải cập nhật mẫu mỗi ngày.");
  stays("host.patching", "Hiện nay 37% máy tính chưa cập nhật bản vá, đề nghị cập nhật ngay.");
}
TEST(Release, BareCommandsUnderTheRecipientsAreMeasures) {
  const Order list = prose("Đổi mật khẩu 02 tháng một lần\nKhông cắm USB lạ\n"
                           "Cài đặt Windows có bản quyền\nNghiêm cấm dùng chung tài khoản");
  EXPECT_EQ(list.measures.size(), 4u) << all_kinds_of(list);
  const Order headed = prose("Quản lý tài khoản\n\nCác phòng phải đổi mật khẩu định kỳ.");
  EXPECT_EQ(headed.measures.size(), 1u) << all_kinds_of(headed);
}

TEST(Release, APaperWithdrawnOrdersNothingAnyMore) {
  for (const auto& [kind, text] : std::vector<std::pair<const char*, const char*>>{
           {"account.leavers", "Thu hồi Công văn số 82/SNV-VP ngày 11/5/2026 của Sở Nội vụ về việc "
                               "khóa tài khoản người nghỉ việc."},
           {"host.malware_scan",
            "Hủy Kế hoạch số 17/KH-SNV ngày 06/3/2026 về rà quét mã độc."}}) {
    const Order order = t::demand(std::string(text) + "\n2. Đổi mật khẩu 03 tháng một lần.");
    EXPECT_EQ(t::kind_in(order, kind), nullptr) << all_kinds_of(order);
    EXPECT_EQ(order.measures.size(), 2u) << "what it says stays to be looked at";
  }
  stays("account.leavers", "Thu hồi tài khoản của người nghỉ việc.");
}
TEST(Release, TheOldWordingOfAPaperThatIsCorrectedAsksNothing) {
  const Order order = t::demand(
      "Tại mục 3, đã ghi: “mật khẩu tối thiểu 7 ký tự, báo cáo trước ngày 14/5/2024”, nay sửa lại: "
      "“mật khẩu tối thiểu 13 ký tự, báo cáo trước ngày 29/5/2024”.");
  EXPECT_EQ(t::parameter(order, "account.password_policy", "min_length"), "13");
  EXPECT_EQ(order.measures.at(0).due_on, "2024-05-29");
  const Order words = t::demand("Thay cụm từ “xác thực hai lớp” bằng cụm từ “mật khẩu mạnh tối "
                                "thiểu 15 ký tự”.");
  EXPECT_EQ(t::kind_in(words, "account.mfa"), nullptr) << all_kinds_of(words);
  EXPECT_EQ(t::parameter(words, "account.password_policy", "min_length"), "15");
  const Order alone = t::demand("Đã ghi: “rà quét mã độc trước ngày 14/5/2024”.");
  EXPECT_EQ(all_kinds_of(alone), "other.manual");
  EXPECT_EQ(alone.measures.at(0).due_on, "");
  stays("host.malware_scan", "Rà quét mã độc trên các máy đã ghi trong danh sách kèm theo.");
}

}  // namespace
}  // namespace khien
