// One assessment, six papers: the same words and numbers in each, and the same bytes twice.
#include <gtest/gtest.h>

#include "report/json.h"
#include "report/sentences.h"
#include "report/summary.h"
#include "report/testing.h"
#include "report/testing_out.h"
#include "report/words.h"

namespace khien::report {
namespace {

using testing::dense;
using testing::printed;
using testing::sample_assessment;
using testing::texts_of;

std::string xlsx_strings(const std::string& bytes) {
  return testing::xml_text(testing::zip_entry(bytes, "xl/sharedStrings.xml"));
}

std::map<std::string, std::string> papers(const Assessment& a, const std::string& lang) {
  return {{"docx", dense(testing::docx_text(printed(Format::docx, a, lang)))},
          {"pdf", dense(testing::pdf_text(printed(Format::pdf, a, lang)))},
          {"html", dense(testing::html_text(printed(Format::html, a, lang)))},
          {"xlsx", dense(xlsx_strings(printed(Format::xlsx, a, lang)))}};
}

// The first order on top and what is met on the left: the second axis of a bar chart is upright.
TEST(Xlsx, TheChartTurnsTheAxisOfOrdersNotTheCounts) {
  const std::string chart = testing::zip_entry(printed(Format::xlsx, testing::sample_assessment()),
                                               "xl/charts/chart1.xml");
  const auto axis = [&](const std::string& name) -> std::string {
    const std::size_t at = chart.find("<c:" + name + ">");
    return at == chart.npos ? "" : chart.substr(at, chart.find("</c:" + name + ">", at) - at);
  };
  EXPECT_NE(axis("catAx").find("maxMin"), std::string::npos) << chart;
  EXPECT_EQ(axis("valAx").find("maxMin"), std::string::npos) << chart;
}

TEST(Report, EveryFormatHoldsTheSameVerdictsAndCounts) {
  const Assessment a = sample_assessment();
  const View view = view_of(a);
  for (const std::string lang : {"vi", "en"}) {
    const Texts& texts = texts_of(lang);
    const auto all = papers(a, lang);
    for (const MeasureView& m : view.dispatches[0].addressed) {
      for (const auto& [format, text] : all) {
        const bool table = format == "xlsx";
        EXPECT_NE(text.find(dense(cite(texts, *m.measure))), text.npos) << format;
        const std::string verdict =
            table ? verdict_word(texts, m.measure->verdict)
                  : texts(std::string("report.verdict.") + to_string(m.measure->verdict));
        EXPECT_NE(text.find(dense(verdict)), text.npos) << format;
        std::vector<std::string> lines = figures(texts, view, m);
        if (table) {
          lines.clear();
          for (const RunRecord* run : m.runs) {
            lines.push_back(run_line(texts, view, *run, false));
          }
        }
        for (const std::string& line : lines) {
          EXPECT_NE(text.find(dense(line)), text.npos) << format << " lacks " << line;
        }
      }
    }
  }
}

TEST(Report, ATableNobodyCollectedTellsTheOfficerAloneWhatToSupply) {
  Assessment a = sample_assessment();
  FindingRecord nothing;
  nothing.run = 4;
  nothing.measure = 3;
  nothing.result = Outcome::unknown;
  nothing.reason = "reason.never_collected";
  nothing.missing = "mail_domain";
  a.findings.push_back(nothing);
  View view = view_of(a);
  for (const bool officer : {false, true}) {
    view.for_officer = officer;
    for (const RunRecord& run : a.runs) {
      if (run.id != 4) continue;
      const std::string line = run_line(texts_of("vi"), view, run, false);
      EXPECT_NE(line.find("chưa có số liệu"), line.npos) << line;
      EXPECT_EQ(line.find("khien mail domain") != line.npos, officer) << line;
    }
  }
}

TEST(Report, CountsInPaperAreThoseOfTheJson) {
  const Assessment a = sample_assessment();
  const auto root = parse_json(printed(Format::json, a), "report.json");
  ASSERT_TRUE(root);
  const auto all = papers(a, "vi");
  for (const Node& m : (*root)["measures"].items()) {
    for (const Node& run : m["runs"].items()) {
      if (run["outcome"].text() != "pass" && run["outcome"].text() != "fail") continue;
      const std::string counted = run["passed"].text() + "/" + run["total"].text() + "tàikhoảnđạt";
      EXPECT_NE(all.at("xlsx").find(counted), std::string::npos) << counted;
      if (run["outcome"].text() != "fail") continue;
      const std::int64_t failed = run["failed"].integer();
      const std::string sentence =
          fmt::format("Còn{:02}/{}trườnghợp", failed, run["total"].text());
      for (const char* format : {"docx", "pdf", "html"}) {
        EXPECT_NE(all.at(format).find(sentence), std::string::npos) << format << " " << sentence;
      }
    }
  }
  EXPECT_EQ((*root)["findings"].items().size(), a.findings.size());
  EXPECT_EQ((*root)["coverage"]["percent"].integer(), 40);
}

TEST(Report, SameInputGivesSameBytesInEveryFormat) {
  const Assessment a = sample_assessment();
  for (const Format f : {Format::docx, Format::pdf, Format::html, Format::xlsx, Format::json,
                         Format::ocsf}) {
    EXPECT_EQ(printed(f, a), printed(f, a)) << static_cast<int>(f);
  }
}

TEST(Report, PrintedPaperHoldsNoIdsPeriodsOrIsoDates) {
  Assessment a = sample_assessment();
  for (KindRecord& k : a.measures[2].kinds) k.kind = "other.manual";
  const std::string text = testing::pdf_text(printed(Format::pdf, a));
  for (const char* bad : {"P6M", "P3M", "reason.", "⟦", "2024-03-01", "report."}) {
    EXPECT_EQ(text.find(bad), text.npos) << bad;
  }
  EXPECT_NE(text.find("01/03/2024"), text.npos);
  EXPECT_NE(text.find("6 tháng"), text.npos);
}

TEST(Report, TwoOrdersGetAPartEach) {
  Assessment a = sample_assessment();
  DispatchRecord second = testing::sample_dispatch();
  second.id = 2;
  second.number = "15/UBND-VX";
  second.issued_on = "2026-09-02";
  second.issuer = "UBND tỉnh Mẫu";
  a.dispatches.push_back(second);
  MeasureRecord m = a.measures[3];
  m.id = 20;
  m.dispatch = 2;
  a.measures.push_back(m);
  testing::add_run(a, 20, 20, "account.roles", "sample.roles", Outcome::pass, 312, 0, 0);
  const std::string text = dense(testing::docx_text(printed(Format::docx, a)));
  EXPECT_NE(text.find(dense("1. Đối với Công văn số …/STTTT-CNTT tháng 8 năm 2021")), text.npos);
  EXPECT_NE(text.find(dense("2. Đối với Công văn số 15/UBND-VX ngày 02/9/2026")), text.npos);
  EXPECT_NE(text.find(dense("- Sở Thông tin và Truyền thông tỉnh Mẫu;- UBND tỉnh Mẫu.")),
            text.npos);
}

TEST(Report, StricterNormThatNobodyVerifiedIsMarkedAndIsNoLegalBasis) {
  const std::string text = dense(testing::docx_text(printed(Format::docx, sample_assessment())));
  EXPECT_NE(text.find(dense("TCVN mẫu 00000:2026 (chưa kiểm chứng)")), text.npos);
  EXPECT_EQ(text.find(dense("Căn cứ TCVN mẫu")), text.npos);
  EXPECT_NE(text.find(dense("Căn cứ Luật An ninh mạng mẫu")), text.npos);
}

TEST(Report, SharedFileShowsNoSubjectInAnyFormat) {
  Assessment a = sample_assessment();
  a.shared = true;
  for (const Format f : {Format::docx, Format::html}) {
    const std::string text = f == Format::docx ? testing::docx_text(printed(f, a)) : printed(f, a);
    EXPECT_EQ(text.find("can.bo.001"), text.npos);
  }
  EXPECT_EQ(printed(Format::json, a).find("can.bo.001"), std::string::npos);
  EXPECT_EQ(printed(Format::ocsf, a).find("can.bo.001"), std::string::npos);
  EXPECT_EQ(xlsx_strings(printed(Format::xlsx, a)).find("can.bo.001"), std::string::npos);
}

// An assessment with every branch of the paper: all verdicts, all outcomes, nothing known of the
// agency, a shared file, a default parameter, more tasks than are shown.
std::vector<Assessment> many_shapes() {
  std::vector<Assessment> all = {sample_assessment(), Assessment{}, sample_assessment()};
  Assessment& a = all[0];
  int id = 50;
  for (const Outcome o : {Outcome::unknown, Outcome::error, Outcome::not_applicable,
                          Outcome::not_checked, Outcome::pass, Outcome::fail}) {
    for (int i = 0; i < 12; ++i) {
      const std::string control = "sample.extra_" + std::to_string(i);
      testing::add_run(a, ++id, 5, "sample.firewall", control.c_str(), o, 3, 2, 1,
                       "reason.nobody_wrote", i % 2 == 0 ? "no_such_table" : "host");
      a.runs.back().defaulted = {"min_length"};
      a.runs.back().errors = 1;
    }
  }
  a.dispatches[0].warnings = {"reason.nobody_wrote"};
  a.attestations[0].valid_until.clear();
  a.measures[4].kinds.push_back(testing::kind("no.attestation", "attestation", Outcome::pass));
  all[2].shared = true;
  all[2].supersedes = std::string(64, 'd');
  all[2].agency = {};
  all[2].measures[0].text.clear();
  return all;
}

TEST(Report, EveryTextUsedExistsInBothLanguages) {
  for (const Assessment& a : many_shapes()) {
    for (const std::string lang : {"vi", "en"}) {
      const std::string all = printed(Format::html, a, lang) +
                              xlsx_strings(printed(Format::xlsx, a, lang)) +
                              plain(summary(a, texts_of(lang), 100)) +
                              plain(summary(a, texts_of(lang), 100, {.full = true})) +
                              printed(Format::overview, a, lang) + printed(Format::ocsf, a, lang);
      const std::size_t at = all.find("⟦");
      EXPECT_EQ(at, all.npos) << lang << " " << all.substr(at == all.npos ? 0 : at, 60);
      EXPECT_EQ(all.find("reason.nobody"), all.npos);
    }
  }
}

TEST(Report, EmptyAssessmentStillPrints) {
  Assessment a;
  a.as_of = end_of_day_ms({2026, 1, 1});
  for (const Format f : {Format::docx, Format::pdf, Format::html, Format::xlsx, Format::json}) {
    EXPECT_FALSE(printed(f, a).empty());
  }
  EXPECT_FALSE(plain(summary(a, texts_of("vi"), 80)).empty());
}

TEST(Report, UnknownFormatNamesTheAllowedOnes) {
  const auto format = format_from("doc");
  ASSERT_FALSE(format);
  EXPECT_EQ(format.error().code, "K0605");
  EXPECT_NE(texts_of("vi").error(format.error()).find("docx"), std::string::npos);
  EXPECT_EQ(*format_from("ocsf"), Format::ocsf);
}

TEST(Report, GoldenSummariesJsonAndOcsfStandStill) {
  const Assessment a = sample_assessment();
  const auto screen = [&](const char* lang, int width, bool full) {
    return plain(summary(a, texts_of(lang), width, {.full = full}));
  };
  testing::expect_golden("summary.vi.150.txt", screen("vi", 150, true));
  testing::expect_golden("summary.en.120.txt", screen("en", 120, true));
  testing::expect_golden("screen.vi.80.txt", screen("vi", 80, false));
  testing::expect_golden("screen.en.120.txt", screen("en", 120, false));
  testing::expect_golden("report.json", printed(Format::json, a));
  testing::expect_golden("report.ocsf", printed(Format::ocsf, a, "en"));
  testing::expect_golden("report.vi.html", printed(Format::html, a));
  testing::expect_golden("document.vi.xml",
                         testing::zip_entry(printed(Format::docx, a), "word/document.xml"));
}

TEST(Report, WhereNothingIsOrderedOfTheAgencyThereIsNoPraise) {
  Assessment a = sample_assessment();
  a.runs.clear();
  for (MeasureRecord& m : a.measures) m.addressed = false;
  const std::string words = plain(summary(a, texts_of("vi"), 200));
  EXPECT_EQ(words.find("duy trì"), std::string::npos) << words;
  EXPECT_NE(words.find("không có gì để đánh giá"), std::string::npos) << words;
  const std::string paper = testing::docx_text(printed(Format::docx, a));
  EXPECT_EQ(paper.find("duy trì kết quả"), std::string::npos) << paper;
}

TEST(Summary, ManyOrdersAndDemandsStayOnOneScreenAndFullHasThemAll) {
  Assessment a = sample_assessment();
  for (int i = 10; i < 80; ++i) {
    MeasureRecord m = a.measures[0];
    m.id = i;
    m.doc_id = std::to_string(i);
    m.cite_vi = "mục " + m.doc_id;
    a.measures.push_back(m);
  }
  for (int i = 2; i < 9; ++i) {
    DispatchRecord d = testing::sample_dispatch();
    d.id = i;
    d.number = std::to_string(i) + "/MAU";
    a.dispatches.push_back(d);
  }
  for (const int width : {60, 100, 140}) {
    const std::string shown = plain(summary(a, texts_of("vi"), width));
    EXPECT_LE(std::count(shown.begin(), shown.end(), '\n') + 1, 45) << shown;
    EXPECT_NE(shown.find("8/MAU"), shown.npos) << shown;
    EXPECT_NE(shown.find("--full"), shown.npos);
  }
  const std::string full = plain(summary(a, texts_of("vi"), 140, {.full = true}));
  EXPECT_NE(full.find("Mục 79"), full.npos);
}

TEST(Summary, OrdersOfOthersComeBeforeProgrammesOfOurOwn) {
  Assessment a = sample_assessment();
  a.dispatches[0].by_hand = true;
  a.dispatches[0].number = "9/TAY";
  DispatchRecord d = testing::sample_dispatch();
  d.id = 2;
  d.number = "";  // a document whose number was not read
  d.symbol = "SO-DEN";
  a.dispatches.push_back(d);
  const std::string shown = plain(summary(a, texts_of("vi"), 140));
  EXPECT_LT(shown.find("SO-DEN"), shown.find("9/TAY")) << shown;
}

TEST(Summary, FiltersShowTheDemandsAndCasesThatFitAndNoOthers) {
  const Assessment a = sample_assessment();
  const auto shown = [&](const SummaryWish& wish, const Particulars& p = {}) {
    return plain(summary(a, texts_of("vi"), 140, wish, p));
  };
  const std::string met = shown({.only = {Verdict::met}});
  EXPECT_NE(met.find("Mục 2, gạch đầu dòng thứ hai"), met.npos) << met;
  EXPECT_EQ(met.find("CHƯA ĐẠT"), met.npos) << met;
  const std::string high = shown({.severity = "high"});
  EXPECT_NE(high.find("can.bo.025@soct.mau.test"), high.npos) << high;
  EXPECT_EQ(high.find("Mục 2"), high.npos) << "its cases are of medium severity";
  Particulars p;
  p.holders[26] = {"Đỗ Thị Thử", "Phòng Kế toán", "TDOffice", "dtt"};
  const std::string unit = shown({.unit = "ke toan"}, p);
  EXPECT_NE(unit.find("Đỗ Thị Thử, Phòng Kế toán; TDOffice: dtt"), unit.npos) << unit;
  EXPECT_EQ(unit.find("can.bo.002"), unit.npos) << unit;
  const std::string none = shown({.unit = "khong co"}, p);
  EXPECT_NE(none.find("Không có nội dung nào phù hợp"), none.npos) << none;
}

TEST(Summary, FiltersAreNamedAsPeopleWriteThem) {
  for (const char* name : {"not_met", "chua-dat", "Chưa đạt", "CHUA DAT"}) {
    EXPECT_EQ(verdict_named(texts_of("vi"), name).value_or(Verdict::met), Verdict::not_met) << name;
  }
  EXPECT_EQ(severity_named(texts_of("vi"), "nghiem-trong").value_or(""), "critical");
  EXPECT_EQ(severity_named(texts_of("en"), "high").value_or(""), "high");
  const auto wrong = severity_named(texts_of("vi"), "rất cao");
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().code, "K0606");
  EXPECT_NE(texts_of("vi").error(wrong.error()).find("nghiem-trong"), std::string::npos);
}

TEST(Summary, ColoursAreOursAloneAndOnlyWhereAsked) {
  Assessment a = sample_assessment();
  a.measures[0].text = "\x1b[2Jxấu";
  a.agency.name = "\x1b]0;x\x07";
  const Pieces pieces = summary(a, texts_of("vi"), 100);
  EXPECT_EQ(plain(pieces).find('\x1b'), std::string::npos);
  const std::string shown = coloured({{"\x1b[2Jxấu", Tone::bad}, {"\n"}});
  EXPECT_TRUE(shown.starts_with("\x1b[31m"));
  EXPECT_EQ(std::count(shown.begin(), shown.end(), '\x1b'), 2) << "ours: on and off";
  const std::string all = coloured(pieces);
  EXPECT_NE(all.find("\x1b[31mCHƯA ĐẠT\x1b[0m"), all.npos);
}

TEST(Summary, EveryLineFitsTheTerminal) {
  Assessment a = sample_assessment();
  a.measures[0].text = std::string(5000, 'x');
  for (const int width : {60, 80, 100, 120, 160}) {
    std::string line;
    for (const char c : plain(summary(a, texts_of("vi"), width)) +
                            plain(summary(a, texts_of("vi"), width, {.full = true})) + "\n") {
      if (c != '\n') {
        line += c;
        continue;
      }
      EXPECT_LE(display_width(line), static_cast<std::size_t>(width)) << line;
      line.clear();
    }
  }
}

TEST(Summary, WrapCutsWordsLongerThanTheColumn) {
  EXPECT_EQ(wrap("một hai ba", 7), (std::vector<std::string>{"một hai", "ba"}));
  EXPECT_EQ(wrap("nghiêng", 4), (std::vector<std::string>{"nghi", "êng"}));
  EXPECT_EQ(wrap("", 4), (std::vector<std::string>{""}));
}

TEST(Words, CiteStartsWithTheLargestPart) {
  MeasureRecord m;
  m.doc_id = "2.1";
  m.cite_vi = "gạch đầu dòng thứ nhất, mục 2";
  EXPECT_EQ(cite(texts_of("vi"), m), "Mục 2, gạch đầu dòng thứ nhất");
  EXPECT_EQ(cite(texts_of("en"), m), "Item 2.1");
  m.doc_id = "p1";
  EXPECT_EQ(cite(texts_of("en"), m), "Paragraph 1");
}

TEST(Words, CleanDropsControlsOverridesAndBrokenBytes) {
  EXPECT_EQ(clean("a\x01\x7f\tb\r\nc\u202e d\ufffe"), "a b c d");
  EXPECT_TRUE(is_valid_utf8(clean("\xff\xfe\xc3(")));
  EXPECT_EQ(clean("ho\u0300a"), "hòa");  // NFC
}

TEST(Words, ExcerptEndsAtAWordAndWithinItsLimit) {
  EXPECT_EQ(excerpt("rà soát lại toàn bộ", 12), "rà soát...");
  EXPECT_EQ(excerpt("ngắn", 12), "ngắn");
  EXPECT_EQ(code_points(excerpt(std::string(5000, 'x'), 100)), 100u);
}

TEST(Words, BlankNumberShowsItsSymbol) {
  DispatchRecord d = testing::sample_dispatch();
  EXPECT_EQ(number_of(texts_of("vi"), d), "Công văn số …/STTTT-CNTT");
  d.number = "20/UBND-VX";
  EXPECT_EQ(number_of(texts_of("vi"), d), "Công văn số 20/UBND-VX");
}

}  // namespace
}  // namespace khien::report
