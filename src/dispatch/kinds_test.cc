// Phrases and the model together, the account of sentences, and corrections that are kept.
#include <algorithm>
#include <filesystem>
#include <set>

#include "dispatch/corrections.h"
#include "dispatch/kinds.h"
#include "dispatch/testing.h"

namespace khien {
namespace {
namespace fs = std::filesystem;
namespace t = dispatch::testing;

bool has(const Order& order, std::string_view kind) { return t::kind_in(order, kind) != nullptr; }

TEST(Kinds, WordingsThatNoPhraseHasAreRead) {
  EXPECT_TRUE(has(t::demand("Ai rời cơ quan thì quyền vào các phần mềm bị cắt ngay trong ngày."),
                  "account.leavers"));
  EXPECT_TRUE(has(t::demand("Dữ liệu chuyên ngành mỗi tuần chép một bản ra ổ cứng cất riêng, không "
                            "nối mạng."),
                  "backup.contingency"));
  EXPECT_TRUE(has(t::demand("Cắt quyền vào phần mềm của người đã rời cơ quan ngay trong ngày."),
                  "account.leavers"));
  EXPECT_TRUE(has(t::demand("Mỗi tuần chép dữ liệu chuyên ngành ra ổ cứng ngoại tuyến, cất tại nơi "
                            "khác."),
                  "backup.contingency"));
  EXPECT_TRUE(has(t::demand("Máy nào nghi có vi rút thì rút dây mạng, để nguyên hiện trạng."),
                  "incident.isolate"));
}
TEST(Kinds, OtherMattersGetNoKindOfOurs) {
  const Order order = t::demand("Đăng ký suất ăn trưa trên phần mềm nội bộ trước 9 giờ hằng ngày.");
  ASSERT_EQ(order.measures.size(), 1u);
  EXPECT_EQ(order.measures[0].kinds[0].kind, "other.manual");
}
TEST(Kinds, ConfidenceIsAProbabilityAboveTheThreshold) {
  const Order order = t::order_of(t::bytes_of("tests/corpus/dispatches/01-cong-van-so.txt"));
  ASSERT_FALSE(order.measures.empty());
  for (const Measure& m : order.measures) {
    for (const KindMatch& k : m.kinds) {
      EXPECT_GE(k.confidence, 0.38) << k.kind;
      EXPECT_LE(k.confidence, 1.0) << k.kind;
    }
  }
}
TEST(Kinds, WhatIsOrderedOfATelecomFirmSaysSo) {
  const Order order = t::demand(
      "Các doanh nghiệp viễn thông:\n\na) Phân công trực 24/7 giám sát hệ thống thông tin.\n\n"
      "b) Sao lưu cấu hình máy chủ.\n\n2. Văn phòng Sở bố trí trực 24/7.");
  ASSERT_EQ(order.measures.size(), 4u);
  const auto telecom = [](const Measure& m) {
    return std::any_of(m.kinds.begin(), m.kinds.end(),
                       [](const KindMatch& k) { return k.kind == "provider.telecom"; });
  };
  EXPECT_TRUE(telecom(order.measures[1]));
  EXPECT_TRUE(telecom(order.measures[2]));
  EXPECT_FALSE(telecom(order.measures[3]));
}
TEST(Kinds, AWordWithItsMarksIsNoOtherWord) {
  EXPECT_FALSE(has(t::demand("Lập danh sách máy tính và phần mềm đang dùng."), "host.patching"));
  EXPECT_FALSE(has(t::demand("Thường trực Đảng ủy chủ trì họp giao ban về công nghệ thông tin."),
                   "duty.roster_24x7"));
}
TEST(Kinds, EverySentenceOfTheBodyIsAccountedFor) {
  const Order order = t::order_of(
      "Số: 5/SX-VP\nTỉnh Mẫu, ngày 02 tháng 3 năm 2024\nV/v an toàn thông tin\n\nKính gửi: Các đơn "
      "vị\n\nThời gian qua đã xảy ra nhiều vụ lộ mật khẩu. Sở X đề nghị các đơn vị thực hiện các "
      "nội "
      "dung sau:\n\n1. Đổi mật khẩu thư điện tử công vụ.\n\n2. Quét mã độc toàn bộ máy "
      "tính.\n\nNếu "
      "có vướng mắc, liên hệ Văn phòng Sở, điện thoại [sđt].\n\nNơi nhận:\n- Như trên;\n");
  ASSERT_EQ(order.measures.size(), 2u);
  int measures = 0;
  int rest = 0;
  std::int64_t at = 0;
  for (const Sentence& s : order.sentences) {
    EXPECT_GE(s.span_from, at);
    at = s.span_to;
    (s.role == "measure" ? measures : rest) += s.count;
  }
  EXPECT_EQ(measures, 2);
  EXPECT_EQ(rest, 3);
  EXPECT_EQ(to_node(order)["sentences"]["contact"].integer(), 1);
}

std::string paper_to(const std::string& recipients) {
  return "Số: 5/SX-VP\nTỉnh Mẫu, ngày 02 tháng 3 năm 2024\nV/v an toàn thông tin\n\nKính gửi: " +
         recipients +
         "\n\nSở X đề nghị thực hiện các nội dung sau:\n\n1. Phân công người trực 24/7 trong "
         "những ngày diễn ra hội nghị.\n\n2. Báo cáo kết quả về Sở trước ngày 20/3/2024.\n";
}
TEST(Kinds, APaperSentToTelecomFirmsOnlyOrdersTelecomFirms) {
  const Order firms = t::order_of(paper_to("Viễn thông tỉnh Mẫu; Viettel chi nhánh Mẫu"));
  ASSERT_EQ(firms.measures.size(), 2u);
  const auto kinds = [](const Measure& m) {
    std::set<std::string> out;
    for (const KindMatch& k : m.kinds) out.insert(k.kind);
    return out;
  };
  EXPECT_TRUE(kinds(firms.measures[0]).contains("provider.telecom"));
  EXPECT_TRUE(kinds(firms.measures[0]).contains("duty.roster_24x7"));
  EXPECT_FALSE(kinds(firms.measures[1]).contains("provider.telecom"));  // merely to report
  const Order mixed = t::order_of(paper_to("Các sở, ban, ngành; Viettel chi nhánh Mẫu"));
  EXPECT_FALSE(has(mixed, "provider.telecom"));
}
TEST(Kinds, AHeadingTakesTheKindsOfItsOwnWords) {
  const Order order = t::order_of(
      "Số: 5/QĐ-SX\nTỉnh Mẫu, ngày 02 tháng 3 năm 2024\n\nQUY CHẾ\nBảo đảm an toàn thông tin\n\n"
      "Điều 4. Sao lưu, phục hồi dữ liệu\n\n1. Mỗi tuần chép dữ liệu ra ổ cứng rời.\n\n"
      "Điều 5. Tổ chức thực hiện\n\n1. Văn phòng đôn đốc, tổng hợp báo cáo.\n");
  ASSERT_EQ(order.measures.size(), 4u);
  EXPECT_EQ(order.measures[0].kinds[0].kind, "backup.contingency");
  EXPECT_EQ(order.measures[2].kinds[0].kind, "other.manual");
}
TEST(Kinds, TheRivalOfAKindIsTheStrongestOfTheOthers) {
  const std::vector<std::string> columns = {"a.one", "a.two", "a.three", "role.measure"};
  const Sight sight = merge({{0.5F, -1.0F, 0.25F, 2.0F}}, columns);
  EXPECT_EQ(sight.rival, (std::vector<float>{0.25F, 0.5F, 0.5F, 0.5F}));
}
TEST(Kinds, AFaintKindOfAClauseMayLeadAPartOfIt) {
  const std::vector<std::string> columns = {"a.one", "a.two", "a.three", "role.measure"};
  const Sight sight = merge({{0.0F, -1.0F, -0.5F, 2.0F},
                             {-0.25F, 0.5F, -1.0F, 2.0F},
                             {0.75F, -0.25F, 0.5F, 2.0F}},
                            columns);
  EXPECT_EQ(sight.views, 3u);
  const auto two = signs_of(sight, 1, false, true, {});
  EXPECT_EQ(two.whole, -1);
  EXPECT_EQ(two.lead, -1);         // behind a.one
  EXPECT_EQ(two.in_part, 0.5);
  EXPECT_EQ(two.part_lead, 0.75);  // before a.one in its own part
  EXPECT_TRUE(two.beside);
  const auto three = signs_of(sight, 2, true, true, {});
  EXPECT_EQ(three.part_lead, -0.25);
  EXPECT_FALSE(three.beside);
  const Sight alone = merge({{0.5F, -1.0F, 0.25F, 2.0F}}, columns);
  EXPECT_EQ(alone.in_part, alone.whole);
  EXPECT_EQ(alone.part_lead, alone.lead);
}

class OwnExamples : public testing::Test {
 protected:
  fs::path folder = fs::temp_directory_path() / "khien_own_examples";
  void SetUp() override { fs::create_directories(folder / "measures/examples"); }
  void TearDown() override { fs::remove_all(folder); }
  Vocabulary with(const std::string& yaml) {
    EXPECT_TRUE(write_file(folder / kOwnExamples, yaml));
    contents.push_back(
        std::make_unique<Content>(Content::open(built_in_content(), folder).value()));
    return Vocabulary::load(*contents.back()).value();
  }
  std::vector<std::unique_ptr<Content>> contents;
};

const char* const kPaper =
    "Số: 5/SX-VP\nTỉnh Mẫu, ngày 02 tháng 3 năm 2024\n\nKính gửi: Các đơn vị\n\nSở X đề nghị các "
    "đơn "
    "vị thực hiện các nội dung sau:\n\n1. Niêm phong cổng cắm của máy tính phòng một cửa trước "
    "ngày "
    "15/3/2024.\n\n2. Quét mã độc toàn bộ máy tính.\n";

TEST_F(OwnExamples, WhatWasCorrectedIsReadRightTheNextTime) {
  const auto document = document_from_text(kPaper, "a.txt");
  const Order before = compile(*document, t::vocabulary()).value();
  Order after = before;
  ASSERT_TRUE(apply_corrections(after,
                                "measures:\n- {id: '1', kinds: [host.secure_device]}\n"
                                "- {id: '2', drop: true}\n",
                                "c.yaml", "Nguyễn Văn Mẫu", t::vocabulary()));
  const Remembered kept = remember(before, after, "");
  EXPECT_EQ(kept.count, 2);
  EXPECT_EQ(remember(before, after, kept.yaml).count, 0);
  const Vocabulary taught = with(kept.yaml);
  std::string other = kPaper;
  other.replace(other.find("15/3"), 4, "28/4");
  const Order next = compile(*document_from_text(other, "b.txt"), taught).value();
  ASSERT_FALSE(next.measures.empty());
  ASSERT_EQ(next.measures[0].kinds.size(), 1u);
  EXPECT_EQ(next.measures[0].kinds[0].kind, "host.secure_device");
  EXPECT_GE(next.measures[0].kinds[0].confidence, 0.9);
  EXPECT_FALSE(has(next, "host.malware_scan"));
}
TEST_F(OwnExamples, AnUnknownKindIsAnErrorWithItsLine) {
  ASSERT_TRUE(write_file(folder / kOwnExamples, "\n- {text: \"x\", kinds: [host.secure]}\n"));
  const Content content = Content::open(built_in_content(), folder).value();
  const auto made = Vocabulary::load(content);
  ASSERT_FALSE(made);
  EXPECT_NE(to_string(made.error()).find("own.yaml:2"), std::string::npos);
}
TEST(Corrections, AnsweredWarningsGo) {
  Order order = t::demand("Treo băng rôn tại cổng cơ quan, dùng phần mềm thiết kế.");
  const auto open = [](const Warning& w) { return w.code == "kind_open"; };
  ASSERT_TRUE(std::any_of(order.warnings.begin(), order.warnings.end(), open));
  ASSERT_TRUE(apply_corrections(order, "measures:\n- {id: '1', kinds: [awareness.training]}\n",
                                "c.yaml", "Nguyễn Văn Mẫu", t::vocabulary()));
  EXPECT_FALSE(std::any_of(order.warnings.begin(), order.warnings.end(), open));
}
TEST(Corrections, DaysAndDeadlineOfThePaperCanBeSet) {
  Order order = t::demand("Quét mã độc toàn bộ máy tính.");
  ASSERT_TRUE(apply_corrections(
      order,
      "watch_windows: [{from: 2024-04-30, to: 2024-05-01, why: april_may}]\n"
      "due_on: 2024-05-05\n",
      "c.yaml", "Nguyễn Văn Mẫu", t::vocabulary()));
  ASSERT_EQ(order.watch_windows.size(), 1u);
  EXPECT_EQ(order.watch_windows[0].from, "2024-04-30");
  EXPECT_EQ(order.dispatch.due_on, "2024-05-05");
}

TEST(Model, DamagedBytesAreRefused) {
  ASSERT_NE(t::vocabulary().model(), nullptr);
  const std::string bytes = t::content().raw("measures/model.bin").value();
  EXPECT_LE(bytes.size(), 2'000'000u);
  for (const std::size_t length : {0u, 5u, 40u, 3000u, 100000u})
    EXPECT_FALSE(KindModel::open(std::string_view(bytes).substr(0, length))) << length;
  EXPECT_FALSE(KindModel::open(std::string_view(bytes).substr(0, bytes.size() - 1)));
}
TEST(Examples, TheNearestOneIsOfTheKindAndSharesItsWords) {
  Nearest nearest(load_examples(t::content(), t::vocabulary()).value());
  const KindInfo* leavers = t::vocabulary().find("account.leavers");
  const int kind = static_cast<int>(leavers - t::vocabulary().kinds().data());
  const Example* found = nearest.find(kind, "Khóa tài khoản của cán bộ đã nghỉ việc, nghỉ hưu.");
  ASSERT_NE(found, nullptr);
  EXPECT_NE(found->text.find("nghỉ"), std::string::npos);
}

}  // namespace
}  // namespace khien
