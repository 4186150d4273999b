// Subjects come from outside files: nothing in them may become markup, a formula or a broken paper.
#include <gtest/gtest.h>

#include "report/json.h"
#include "report/testing.h"
#include "report/testing_out.h"

namespace khien::report {
namespace {

Assessment with_subject(const std::string& subject) {
  Assessment a = testing::sample_assessment();
  a.findings[0].subject = subject;
  a.findings[1].observed = subject;
  a.measures[0].text = subject;
  a.agency.officer_name = subject;
  a.dispatches[0].subject_line = subject;
  a.collections[0].source = subject;
  return a;
}

const std::vector<std::string>& hostile_subjects() {
  static const std::vector<std::string> all = {
      "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "=cmd|'/c calc'!A1",
      "@SUM(1+1)", "+1+1", "-1", "]]></w:t><w:p/>", "&amp;&#x0;", "a\x01\x02\x1b[31mb",
      std::string("a\0b", 3), "\xff\xfe\xc3\x28", "\u202etxt.exe", "{n, number} '{0}'",
      "\ufffe\uffff", std::string(5000, 'W'), "%s%n%p"};
  return all;
}

TEST(Hostile, EverySubjectLeavesEveryFormatWellFormed) {
  for (const std::string& subject : hostile_subjects()) {
    const Assessment a = with_subject(subject);
    const std::string docx = testing::printed(Format::docx, a);
    testing::xml_text(testing::zip_entry(docx, "word/document.xml"));
    testing::xml_text(testing::zip_entry(docx, "docProps/core.xml"));
    EXPECT_EQ(testing::printed(Format::pdf, a).substr(0, 5), "%PDF-");
    EXPECT_TRUE(parse_json(testing::printed(Format::json, a), "json")) << subject;
    const std::string xlsx = testing::printed(Format::xlsx, a);
    testing::xml_text(testing::zip_entry(xlsx, "xl/sharedStrings.xml"));
    for (const char* sheet : {"xl/worksheets/sheet2.xml", "xl/worksheets/sheet3.xml"}) {
      const std::string xml = testing::zip_entry(xlsx, sheet);
      testing::xml_text(xml);
      EXPECT_EQ(xml.find("<f>"), xml.npos) << "a formula from " << subject;
      EXPECT_EQ(xml.find("<hyperlink"), xml.npos);
    }
  }
}

TEST(Hostile, HtmlHoldsNoScriptNoHandlerNoOutsideReference) {
  for (const std::string& subject : hostile_subjects()) {
    const std::string html = testing::printed(Format::html, with_subject(subject));
    for (const char* bad : {"<script", "<img", "<iframe", "src=\"", "http://", "https://",
                            "javascript:", "url("}) {
      EXPECT_EQ(html.find(bad), html.npos) << bad << " from " << subject;
    }
    EXPECT_TRUE(is_valid_utf8(html));
  }
}

TEST(Hostile, EveryOcsfLineParses) {
  for (const std::string& subject : hostile_subjects()) {
    std::string line;
    for (const char c : testing::printed(Format::ocsf, with_subject(subject))) {
      if (c != '\n') {
        line += c;
        continue;
      }
      EXPECT_TRUE(parse_json(line, "ocsf")) << line;
      line.clear();
    }
    EXPECT_TRUE(line.empty());
  }
}

TEST(Hostile, TenThousandFindingsAreBoundedOnPaperAndWholeInTheAnnexes) {
  Assessment a = testing::sample_assessment();
  a.findings.clear();
  testing::add_findings(a, 1, 1, "sample.changed_on_issue", "account.password_change_on_issue",
                        10'000, "high", "2024-03-01", "reason.sample_never_changed");
  const std::string text = testing::dense(testing::docx_text(testing::printed(Format::docx, a)));
  EXPECT_NE(text.find(testing::dense("Còn 9.900 dòng khác")), text.npos);
  EXPECT_NE(text.find("can.bo.099@"), text.npos);
  EXPECT_EQ(text.find("can.bo.101@"), text.npos);
  const std::string sheet =
      testing::zip_entry(testing::printed(Format::xlsx, a), "xl/worksheets/sheet3.xml");
  EXPECT_NE(sheet.find("r=\"A10002\""), sheet.npos);  // mark, titles, 10,000 rows
  const auto root = parse_json(testing::printed(Format::json, a), "json");
  ASSERT_TRUE(root);
  EXPECT_EQ((*root)["findings"].items().size(), 10'000u);
  EXPECT_LT(testing::printed(Format::pdf, a).size(), limits::kMiB);
}

TEST(Hostile, ExactlyTheLimitOfRowsSaysNothingOfMore) {
  Assessment a = testing::sample_assessment();
  a.findings.clear();
  testing::add_findings(a, 1, 1, "sample.changed_on_issue", "account.password_change_on_issue",
                        static_cast<int>(kAnnexRows), "high", "2024-03-01", "");
  EXPECT_EQ(testing::docx_text(testing::printed(Format::docx, a)).find("dòng khác"),
            std::string::npos);
  testing::add_findings(a, 1, 1, "sample.changed_on_issue", "account.password_change_on_issue", 1,
                        "high", "2024-03-01", "");
  EXPECT_NE(testing::docx_text(testing::printed(Format::docx, a)).find("Còn 01 dòng khác"),
            std::string::npos);
}

}  // namespace
}  // namespace khien::report
