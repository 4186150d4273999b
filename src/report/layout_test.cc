// Decree 30/2020 on the printed page, measured in the PDF by pdftotext -bbox (points, 72 an inch).
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "base/clock.h"
#include "report/head.h"
#include "report/lines.h"
#include "report/testing.h"
#include "report/testing_out.h"
#include "report/words.h"

namespace khien::report {
namespace {

struct Word {
  double x1, y1, x2, y2;
  std::string text;
};
using Page = std::vector<Word>;

double attribute(std::string_view tag, std::string_view name) {
  const std::size_t at = tag.find(std::string(name) + "=\"");
  return std::atof(std::string(tag.substr(at + name.size() + 2, 12)).c_str());
}

std::vector<Page> pages_of(const std::string& pdf) {
  const std::string box = testing::pdf_tool(pdf, {"-bbox"});
  std::vector<Page> pages;
  for (std::size_t at = 0; (at = box.find('<', at)) != box.npos;) {
    const std::size_t end = box.find('>', at);
    const std::string_view tag = std::string_view(box).substr(at, end - at);
    if (tag.starts_with("<page ")) pages.emplace_back();
    if (tag.starts_with("<word ") && !pages.empty()) {
      const std::size_t close = box.find("</word>", end);
      pages.back().push_back({attribute(tag, "xMin"), attribute(tag, "yMin"),
                              attribute(tag, "xMax"), attribute(tag, "yMax"),
                              box.substr(end + 1, close - end - 1)});
    }
    at = end;
  }
  return pages;
}

double mm(double points) { return points * 25.4 / 72; }

// With `y1`: on that line; the mark of sample data says some words too.
const Word* find_word(const Page& page, std::string_view text, double y1 = -1) {
  const auto it = std::find_if(page.begin(), page.end(),
                               [&](const Word& w) {
                                 return w.text == text && (y1 < 0 || std::abs(w.y1 - y1) < 0.5);
                               });
  return it == page.end() ? nullptr : &*it;
}

TEST(Layout, BodyStaysWithinTheMarginsOfDecree30) {
  Assessment a = testing::sample_assessment();
  testing::add_findings(a, 1, 1, "sample.changed_on_issue", "account.password_change_on_issue", 200,
                        "high", "2024-03-01", "reason.sample_never_changed");
  a.findings.back().subject = std::string(5000, 'W');
  a.measures[0].text = "Tường lửa " + std::string(5000, 'M');
  for (const Page& page : pages_of(testing::printed(Format::pdf, a))) {
    for (const Word& w : page) {
      EXPECT_GE(mm(w.x1), 29.5) << w.text;
      EXPECT_LE(mm(w.x2), 195.5) << w.text;
      EXPECT_LE(mm(w.y2), 277.5) << w.text;
      if (mm(w.y1) < 19.5) {
        EXPECT_LT(mm(w.y2), 19) << w.text;  // page number and mark only
      }
    }
  }
}

TEST(Layout, NationalMottoStandsOnOneLine) {
  for (const char* name : {"Sở Công Thương tỉnh Mẫu",
                           "Ban Quản lý các khu kinh tế, khu công nghiệp và khu công nghệ cao "
                           "tỉnh Mẫu"}) {
    Assessment a = testing::sample_assessment();
    a.agency.name = name;
    const Page page = pages_of(testing::printed(Format::pdf, a)).front();
    const Word* first = find_word(page, "CỘNG");
    const Word* last = find_word(page, "NAM");
    ASSERT_NE(first, nullptr);
    ASSERT_NE(last, nullptr);
    EXPECT_NEAR(first->y1, last->y1, 0.5);
  }
}

TEST(Layout, TheRuleUnderTheAgencyIsAThirdToAHalfOfItsLine) {
  for (const char* name : {"Sở Công Thương tỉnh Mẫu", "Sở Y tế", "UBND xã Hòa Mẫu",
                           "Trung tâm Công nghệ thông tin và Truyền thông"}) {
    Assessment a = testing::sample_assessment();
    a.agency.name = name;
    a.agency.parent = "";
    const NoteHead head = note_head(a.agency, a.created_at, "", testing::texts_of("vi"));
    const Page page = pages_of(testing::printed(Format::pdf, a)).front();
    const std::string& line = head.agency.back();
    const Word* first = find_word(page, line.substr(0, line.find(' ')));
    ASSERT_NE(first, nullptr) << line;
    const Word* last = find_word(page, line.substr(line.rfind(' ') + 1), first->y1);
    ASSERT_NE(last, nullptr) << line;
    const double share = head.rule / mm(last->x2 - first->x1);
    EXPECT_GE(share, 0.33) << line;
    EXPECT_LE(share, 0.51) << line;
  }
}

TEST(Layout, TitlesBreakAlikeInPdfAndDocx) {
  Assessment a = testing::sample_assessment();
  const std::string paper = testing::printed(Format::docx, a);
  const std::string xml = testing::zip_entry(paper, "word/document.xml");
  const std::string title = "Kết quả thực hiện " +
                            full_name(testing::texts_of("vi"), a.dispatches[0]);
  const auto lines = balanced(title, kTitleLetters, breaks_of(testing::texts_of("vi")));
  ASSERT_GT(lines.size(), 1u);
  const std::string pdf = testing::pdf_tool(testing::printed(Format::pdf, a), {"-layout"});
  for (const std::string& line : lines) {
    EXPECT_NE(xml.find(">" + line + "<"), xml.npos) << line;
    EXPECT_NE(pdf.find(line + "\n"), pdf.npos) << line << "\n" << pdf;
  }
}

// A Vietnamese word has several syllables: a line never ends inside one, nor between a word and its
// number; and no line stands alone with a few letters.
TEST(Layout, TitlesBreakBetweenWords) {
  const Breaks breaks = breaks_of(testing::texts_of("vi"));
  const auto lines = [&](const char* title) { return balanced(title, kTitleLetters, breaks); };
  using Lines = std::vector<std::string>;
  EXPECT_EQ(lines("Lịch trực bảo đảm an toàn thông tin mạng dịp nghỉ lễ Quốc khánh 02/9"),
            (Lines{"Lịch trực bảo đảm an toàn thông tin mạng", "dịp nghỉ lễ Quốc khánh 02/9"}));
  EXPECT_EQ(lines("NỘI DUNG CHƯA ĐỦ CĂN CỨ KẾT LUẬN VÀ TÀI LIỆU CÒN THIẾU"),
            (Lines{"NỘI DUNG CHƯA ĐỦ CĂN CỨ KẾT LUẬN", "VÀ TÀI LIỆU CÒN THIẾU"}));
  EXPECT_EQ(lines("Kết quả thực hiện Công văn số 7/SYT-VP ngày 12/9/2026 của Sở Y tế về việc "
                  "rà soát lỗ hổng bảo mật trên máy chủ thư điện tử"),
            (Lines{"Kết quả thực hiện Công văn số 7/SYT-VP",
                   "ngày 12/9/2026 của Sở Y tế về việc rà soát",
                   "lỗ hổng bảo mật trên máy chủ thư điện tử"}));
  EXPECT_EQ(lines("DANH SÁCH CẦN KHẮC PHỤC"), (Lines{"DANH SÁCH CẦN KHẮC PHỤC"}));
  EXPECT_EQ(lines(""), Lines{});
  const std::string endless(300, 'a');  // longer than a line: alone on its own, nothing lost
  EXPECT_EQ(lines(("Về việc " + endless).c_str()), (Lines{"Về việc", endless}));
  EXPECT_EQ(balanced("ỦY BAN NHÂN DÂN XÃ HÒA MẪU", 20, breaks),
            (Lines{"ỦY BAN NHÂN DÂN", "XÃ HÒA MẪU"}));
}

TEST(Layout, TheHeadWritesTheCouncilInFull) {
  AgencyRecord agency;
  agency.name = "UBND phường Bắc Mẫu";
  agency.parent = "ubnd tỉnh Mẫu";
  const NoteHead head = note_head(agency, 0, "", testing::texts_of("vi"));
  using Lines = std::vector<std::string>;
  EXPECT_EQ(head.agency, (Lines{"ỦY BAN NHÂN DÂN", "PHƯỜNG BẮC MẪU"}));
  EXPECT_EQ(head.parent, (Lines{"ỦY BAN NHÂN DÂN", "TỈNH MẪU"}));
  agency.name = "\n\x01";  // nothing that can be printed
  EXPECT_EQ(note_head(agency, 0, "", testing::texts_of("vi")).agency.size(), 1u);
}

TEST(Layout, PageNumberIsHiddenOnPageOneAndCentredOnTheNextAndAnnexesCountFromOne) {
  const auto pages = pages_of(testing::printed(Format::pdf, testing::sample_assessment()));
  ASSERT_GE(pages.size(), 2u);
  const auto number_of_page = [](const Page& page, const std::string& number) {
    return std::any_of(page.begin(), page.end(), [&](const Word& w) {
      return w.text == number && mm(w.y2) < 19 && std::abs(mm(w.x1 + w.x2) / 2 - 112.5) < 1;
    });
  };
  int number = 0;  // of the page within the paper or its annex
  int annexes = 0;
  for (const Page& page : pages) {
    const Word* first = find_word(page, "Phụ");
    const bool annex = first != nullptr && mm(first->y1) < 30;
    number = annex ? 1 : number + 1;
    annexes += annex ? 1 : 0;
    EXPECT_EQ(number_of_page(page, std::to_string(number)), number > 1) << number;
  }
  EXPECT_EQ(annexes, 3);
}

TEST(Layout, RecipientsAndSignatureShareAPageForEveryLength) {
  for (int more = 0; more < 12; ++more) {  // pushes the signature over a page end
    Assessment a = testing::sample_assessment();
    for (int i = 0; i < more; ++i) {
      a.dispatches[0].warnings.push_back("cảnh báo số " + std::to_string(i) + " về văn bản");
    }
    bool found = false;
    for (const Page& page : pages_of(testing::printed(Format::pdf, a))) {
      const Word* list = find_word(page, "Nơi");
      if (list == nullptr) continue;
      found = true;
      EXPECT_NE(find_word(page, "Nguyễn"), nullptr) << more;
      EXPECT_NE(find_word(page, "Trên"), nullptr) << more << ": the last paragraph goes along";
    }
    EXPECT_TRUE(found);
  }
}

TEST(Layout, SampleMarkIsOnEveryPageAndNeverOnRealData) {
  Assessment a = testing::sample_assessment();
  for (const Page& page : pages_of(testing::printed(Format::pdf, a))) {
    EXPECT_NE(find_word(page, "LIỆU"), nullptr);
  }
  const std::string docx = testing::printed(Format::docx, a);
  for (const char* header : {"word/header1.xml", "word/header2.xml"}) {
    EXPECT_NE(testing::xml_text(testing::zip_entry(docx, header)).find("DỮ LIỆU MẪU"),
              std::string::npos);
  }
  EXPECT_NE(testing::printed(Format::html, a).find("DỮ LIỆU MẪU"), std::string::npos);
  a.agency.sample = false;
  EXPECT_EQ(testing::pdf_text(testing::printed(Format::pdf, a)).find("DỮ LIỆU MẪU"),
            std::string::npos);
  EXPECT_EQ(testing::printed(Format::html, a).find("DỮ LIỆU MẪU"), std::string::npos);
}

TEST(Layout, PdfTextIsNfcAndTableTitlesRepeatOnEachPage) {
  Assessment a = testing::sample_assessment();
  testing::add_findings(a, 1, 1, "sample.changed_on_issue", "account.password_change_on_issue", 100,
                        "high", "2024-03-01", "reason.sample_never_changed");
  a.agency.name = "So\u031b\u0309 Co\u0302ng Thu\u031bo\u031bng";  // decomposed on purpose
  const std::string pdf = testing::printed(Format::pdf, a);
  const std::string text = squeeze(testing::pdf_text(pdf));
  EXPECT_EQ(text, squeeze(nfc(text)));
  EXPECT_NE(text.find("Sở Công Thương"), text.npos);
  int pages = 0;
  for (const Page& page : pages_of(pdf)) {
    const Word* subject = find_word(page, "can.bo.050@soct.mau.test:");
    if (subject == nullptr) continue;
    ++pages;
    EXPECT_NE(find_word(page, "Đối"), nullptr);
  }
  EXPECT_GE(pages, 1);
}

TEST(Layout, DocxHidesTheFirstPageNumberAndRepeatsTitles) {
  const std::string docx = testing::printed(Format::docx, testing::sample_assessment());
  const std::string body = testing::zip_entry(docx, "word/document.xml");
  EXPECT_NE(body.find("<w:titlePg/>"), body.npos);
  EXPECT_NE(body.find("<w:tblHeader/>"), body.npos);
  EXPECT_NE(body.find("<w:cantSplit/>"), body.npos);
  EXPECT_NE(testing::zip_entry(docx, "word/header1.xml").find("PAGE"), body.npos);
  EXPECT_EQ(testing::zip_entry(docx, "word/header2.xml").find("PAGE"), body.npos);
}

// Balancing the lines of one word took time by the square of its length.
TEST(Layout, AWordWithoutEndIsPrintedInSeconds) {
  Assessment a = testing::sample_assessment();
  a.dispatches[0].subject_line = "V/v " + std::string(60'000, 'a');
  a.measures[0].text = std::string(60'000, 'b');
  const SystemClock clock;
  const std::int64_t started = clock.steady_ms();
  EXPECT_FALSE(testing::printed(Format::pdf, a).empty());
  EXPECT_LT(clock.steady_ms() - started, 10'000);
}

}  // namespace
}  // namespace khien::report
