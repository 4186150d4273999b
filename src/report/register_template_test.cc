// A template opens as a workbook and holds its headings, lists and example.
#include "report/register_template.h"

#include <gtest/gtest.h>

#include "base/zip_parts.h"

namespace khien::report {
namespace {

TEST(RegisterTemplateTest, HoldsHeadingsListsExampleAndHelp) {
  const auto content = Content::open(built_in_content());
  ASSERT_TRUE(content);
  const auto texts = Texts::load(*content, "vi");
  ASSERT_TRUE(texts);
  RegisterTemplate t;
  t.title = "Lịch trực";
  t.help = "Mỗi dòng một ca";
  t.columns = {{"Người trực", "text", {}, "Lê Thị Mẫu", "", true},
               {"Từ", "datetime", {}, "30/04/2026 07:00", "", true},
               {"Loại", "choice", {"Có", "Không"}, "Có", "Có | Không", false}};
  const auto bytes = register_template(t, *texts, 0);
  ASSERT_TRUE(bytes) << to_string(bytes.error());
  auto parts = ZipParts::open(*bytes, "mau.xlsx", {"broken", "bomb", "password"});
  ASSERT_TRUE(parts);
  const auto words = parts->read("xl/sharedStrings.xml");
  const auto sheet = parts->read("xl/worksheets/sheet1.xml");
  ASSERT_TRUE(words && sheet && parts->has("xl/worksheets/sheet2.xml"));
  for (const char* word : {"Người trực (*)", ">Loại<", ">Ví dụ<", "30/04/2026 07:00", ">TT<"}) {
    EXPECT_NE(words->find(word), std::string::npos) << word;
  }
  EXPECT_NE(sheet->find("<dataValidation "), std::string::npos);
  EXPECT_NE(sheet->find("Có,Không"), std::string::npos);
  EXPECT_NE(sheet->find("<pane "), std::string::npos);
}

TEST(RegisterTemplateTest, AChoiceWithACommaGetsNoListRatherThanABrokenOne) {
  const auto content = Content::open(built_in_content());
  const auto texts = Texts::load(*content, "vi");
  ASSERT_TRUE(texts);
  RegisterTemplate t;
  t.columns = {{"Loại", "choice", {"Cổng, trang", "Khác"}, "", "", true}};
  const auto bytes = register_template(t, *texts, 0);
  ASSERT_TRUE(bytes);
  auto parts = ZipParts::open(*bytes, "mau.xlsx", {"broken", "bomb", "password"});
  ASSERT_TRUE(parts);
  EXPECT_EQ(parts->read("xl/worksheets/sheet1.xml")->find("<dataValidation "), std::string::npos);
}

}  // namespace
}  // namespace khien::report
