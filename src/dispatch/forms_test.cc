// One paper in every kind of file: the same measures, actors and deadlines come out, and what the
// printed page does not show stays out. What each reader does besides is tested below.
#include <fmt/format.h>

#include "dispatch/document.h"
#include "dispatch/html_text.h"
#include "dispatch/jobs.h"
#include "dispatch/markdown.h"
#include "dispatch/rtf.h"
#include "dispatch/task_table.h"
#include "dispatch/testing.h"

namespace khien {
namespace {
namespace t = dispatch::testing;

Result<Document> form(const std::string& ending) {
  static WorkerPool pool(dispatch::jobs());
  return read_document("src/dispatch/testdata/forms." + ending, pool);
}

Order order_of_form(const Document& document) {
  auto order = compile(document, t::vocabulary());
  const auto tables = TaskTables::load(t::content());
  EXPECT_TRUE(order && tables);
  if (!order || !tables) return {};
  EXPECT_TRUE(apply_tables(*order, document, *tables, t::vocabulary()));
  return std::move(*order);
}

std::string kinds_and_rows(const Order& order) {
  std::string out = order.dispatch.number + " " + order.dispatch.issued_on + "\n";
  for (const Measure& m : order.measures) {
    for (const KindMatch& k : m.kinds) {
      if (k.kind != "other.manual") out += k.kind + (m.actor.empty() ? "" : " @" + m.actor) +
                                           (m.due_on.empty() ? "" : " <" + m.due_on) + "\n";
    }
  }
  return out;
}

bool warned(const Document& document, std::string_view code) {
  return std::any_of(document.warnings.begin(), document.warnings.end(),
                     [&](const Warning& w) { return w.code == code; });
}

TEST(Forms, EveryKindOfFileGivesTheSameDemandsActorsAndDeadlines) {
  std::string first;
  for (const char* ending : {"docx", "doc", "rtf", "odt", "html", "md"}) {
    const auto document = form(ending);
    ASSERT_TRUE(document) << ending << to_string(document.error());
    EXPECT_EQ(document->format, ending);
    EXPECT_TRUE(warned(*document, "text_struck")) << ending << "\n" << document->text;
    EXPECT_EQ(document->text.find("máy chủ mới"), std::string::npos) << ending;
    EXPECT_EQ(document->text.find("không ai thấy"), std::string::npos) << ending;
    const std::string found = kinds_and_rows(order_of_form(*document));
    if (first.empty()) first = found;
    EXPECT_EQ(found, first) << ending << "\n" << document->text;
  }
  EXPECT_NE(first.find("318/SNgV-VP 2026-03-09"), std::string::npos);
  EXPECT_NE(first.find(" @Văn phòng Sở <2026-06-30"), std::string::npos) << first;
  EXPECT_NE(first.find(" @Phòng Tổ chức <2026-06"), std::string::npos) << first;
}
TEST(Forms, NumbersThatAWordProcessorPrintsItselfAreThere) {
  for (const char* ending : {"docx", "doc", "rtf", "odt", "html", "pdf"}) {
    const auto document = form(ending);
    ASSERT_TRUE(document) << ending;
    for (const char* line : {"1. Về tài khoản:", "b) Định kỳ 06 tháng", "3. Phân công"})
      EXPECT_NE(document->text.find(line), std::string::npos) << ending << "\n" << document->text;
  }
}
TEST(Forms, APdfGivesItsHeadInColumnsAndItsTableInRows) {
  const auto document = form("pdf");
  ASSERT_TRUE(document) << to_string(document.error());
  EXPECT_NE(document->text.find("SỞ NGOẠI VỤ\nSố: 318/SNgV-VP\nV/v bảo đảm"), std::string::npos)
      << document->text;
  ASSERT_EQ(document->tables.size(), 1u);
  ASSERT_EQ(document->tables[0].rows.size(), 3u);
  EXPECT_EQ(document->tables[0].rows[1].cells,
            (std::vector<std::string>{"1",
                                      "Cài đặt phần mềm phòng, chống mã độc có bản quyền cho 100% "
                                      "máy tính của cơ quan",
                                      "Văn phòng Sở", "Trước ngày 30/6/2026"}));
  const DocumentRow& row = document->tables[0].rows[1];
  EXPECT_EQ(to_utf8(to_u32(document->text).substr(row.begin, 5)), "1 | C");
  EXPECT_NE(document->text.find("\n¹ Về tăng cường"), std::string::npos) << document->text;
  const std::string found = kinds_and_rows(order_of_form(*document));
  EXPECT_NE(found.find(" @Phòng Tổ chức <2026-06"), std::string::npos) << found;
}
TEST(Forms, AScanIsRecognisedAndSaysHowSure) {
  const auto document = form("png");
  ASSERT_TRUE(document) << to_string(document.error());
  EXPECT_EQ(document->format, "image");
  EXPECT_TRUE(document->marks_unreliable);
  ASSERT_EQ(document->scanned.size(), 1u);
  EXPECT_GT(document->scanned[0].percent, 70);
  EXPECT_GT(document->scanned[0].words, 100);
  EXPECT_TRUE(warned(*document, "recognised"));
  const std::string found = kinds_and_rows(order_of_form(*document));
  EXPECT_NE(found.find("account."), std::string::npos) << document->text;
  EXPECT_NE(found.find("backup."), std::string::npos) << document->text;
}
TEST(Forms, MenusScriptsAndFootersOfAPageAreNoText) {
  const auto document = form("html");
  ASSERT_TRUE(document);
  for (const char* word : {"Trang chủ", "Bản quyền", "không đọc đoạn này", "Liên hệ"})
    EXPECT_EQ(document->text.find(word), std::string::npos) << word;
}
TEST(Forms, RtfReadsUnicodeCodePagesAndOldFonts) {
  const auto text = [](const std::string& body) {
    const auto read = read_rtf("{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 Times;}{\\f1 .VnTime;}"
                               "{\\f2\\fcharset163 Arial;}{\\f3 .VnTimeH;}}" + body + "}", "x.rtf");
    return read ? read->text : read.error().code;
  };
  EXPECT_EQ(text("\\uc1 M\\u7853?t kh\\u7849?u\\par"), "Mật khẩu\n");
  EXPECT_EQ(text("\\f1 M\\'cbt kh\\'c8u\\par"), "Mật khẩu\n");
  EXPECT_EQ(text("\\f3 M\\'cbt\\par"), "MẬT\n");
  EXPECT_EQ(text("\\f2 \\'f0o\\'cc\\par"), "đò\n");
  EXPECT_EQ(text("{\\*\\generator x}{\\listtext 1.\\tab}Sao\\line l\\'b0u{\\v th\\'eam}\\par"),
            "1. Sao\nl°u\n");
}
TEST(Forms, HostileRtfIsBounded) {
  const auto deep = read_rtf("{\\rtf1" + std::string(5000, '{') + "x", "x.rtf");
  ASSERT_FALSE(deep);
  EXPECT_EQ(deep.error().code, "K0308");
  EXPECT_FALSE(read_rtf("{\\rtf1\\bin999999999 x", "x.rtf"));
}
TEST(Forms, DeepPagesEndTheReadingAndSaySo) {
  std::string page = "<html><body><p>Đề nghị đổi mật khẩu</p>";
  for (int i = 0; i < 3000; ++i) page += "<div>";
  const auto read = read_html_text(page + "x", "x.html");
  ASSERT_TRUE(read);
  EXPECT_NE(read->text.find("đổi mật khẩu"), std::string::npos);
}
TEST(Forms, PartsOfOneDispatchJoinWithTheirTables) {
  const auto first = form("md");
  const auto second = form("md");
  ASSERT_TRUE(first && second);
  const auto whole = join_documents({*first, *second});
  ASSERT_TRUE(whole);
  ASSERT_EQ(whole->tables.size(), 2u);
  const DocumentRow& row = whole->tables[1].rows[1];
  EXPECT_EQ(to_utf8(to_u32(whole->text).substr(row.begin, 5)), "1 | C");
  EXPECT_NE(whole->sha256, first->sha256);
}

}  // namespace
}  // namespace khien
