// The pages to sign: what they say, in whose words, and what never stands on them.
#include <gtest/gtest.h>

#include <regex>

#include "report/answer.h"
#include "report/one_order.h"
#include "report/sentences.h"
#include "report/testing.h"
#include "report/testing_out.h"
#include "report/words.h"

namespace khien::report {
namespace {

using testing::sample_assessment;
using testing::texts_of;

void add(std::string& out, const Runs& runs) {
  for (const Run& run : runs) out += run.text;
  out += "\n";
}

// The text of the blocks before the first annex, or of an annex by its number.
std::string part_of(const Document& doc, int wanted) {
  std::string out;
  int part = 0;
  for (const Block& block : doc.blocks) {
    if (std::holds_alternative<AnnexTitle>(block)) ++part;
    if (part != wanted) continue;
    if (const auto* p = std::get_if<Paragraph>(&block)) add(out, p->runs);
    if (const auto* h = std::get_if<Heading>(&block)) out += h->text + "\n";
    if (const auto* t = std::get_if<Title>(&block)) out += t->about + "\n";
    if (const auto* s = std::get_if<SignatureBlock>(&block)) {
      for (const std::string& line : s->recipients) out += line + "\n";
    }
    const auto* table = std::get_if<Table>(&block);
    if (table == nullptr) continue;
    for (const auto& row : table->rows) {
      for (const Cell& cell : row) {
        for (const Runs& runs : cell.paragraphs) add(out, runs);
      }
    }
  }
  return out;
}

std::string paper(const Assessment& a, int part, Particulars p = {}, const char* lang = "vi") {
  const auto content = Content::open(built_in_content(), "tests/golden/report/content");
  EXPECT_TRUE(content && name_controls(p, *content));
  return part_of(answer(view_of(a), texts_of(lang), {"mau.khien", std::string(64, 'e'), "f0"}, p),
                 part);
}

// One assessment in which every control failed, passed and is undecided.
Assessment every_control() {
  Assessment a = sample_assessment();
  const Texts& texts = texts_of("vi");
  std::int64_t id = 100;
  for (const auto& [text, pattern] : texts.patterns()) {
    static const std::regex noun(R"(paper\.([a-z]+\.[a-z_]+)\.noun)");
    std::smatch found;
    if (!std::regex_match(text, found, noun)) continue;
    const std::string control = found[1];
    for (const Outcome o : {Outcome::fail, Outcome::pass, Outcome::unknown}) {
      ++id;
      testing::add_run(a, id, 1 + id % 5, "account.leavers", control.c_str(), o, 3,
                       o == Outcome::fail ? 2 : 0, o == Outcome::unknown ? 2 : 0,
                       "reason.rows_unknown");
      a.runs.back().defaulted = {"min_length"};
    }
  }
  EXPECT_GT(id, 100 + 3 * 90);
  return a;
}

TEST(Answer, ThePagesToSignHoldNothingOfTheProgram) {
  Assessment a = every_control();
  a.dispatches[0].warnings = {"warning.deadline_past"};  // a text that wants words of its own
  const std::string text = paper(a, 0);
  for (const char* bad : {"tiêu chí", "áp dụng mặc định", "mặc định áp dụng", "{", "}", "⟦",
                          "khien", "--", ".csv", ".xlsx", ".yaml", "type:", "SHA", "sample.",
                          "reason.", "none", "PowerShell", "Set-AD", "ccc", "eee"}) {
    EXPECT_EQ(text.find(bad), text.npos) << bad;
  }
  for (const ControlRecord& c : a.controls) EXPECT_EQ(text.find(c.id), text.npos) << c.id;
  static const std::regex id_or_path(R"((^|[ (])(/[a-z]+|[a-z]{3,}\.[a-z_]{3,}))");
  std::smatch found;
  EXPECT_FALSE(std::regex_search(text, found, id_or_path)) << found.str();
  const std::string annexes = paper(a, 1) + paper(a, 2) + paper(a, 3);
  for (const char* bad : {"{", "⟦", "khien ", "tiêu chí"}) {
    EXPECT_EQ(annexes.find(bad), annexes.npos) << bad;
  }
}

TEST(Answer, SentencesOfEveryControlKeepTheRulesOfStyle) {
  const auto content = Content::open(built_in_content(), "");
  ASSERT_TRUE(content);
  int controls = 0;
  for (const std::string& path : content->list("controls/", ".yaml")) {
    if (path.ends_with(".test.yaml")) continue;
    const std::size_t slash = path.find('/', 9);
    const std::string id =
        path.substr(9, slash - 9) + "." + path.substr(slash + 1, path.size() - slash - 6);
    ++controls;
    for (const char* part : {"noun", "met", "not_met", "undecided", "task", "cause"}) {
      const std::string text = fmt::format("paper.{}.{}", id, part);
      for (const char* lang : {"vi", "en"}) {
        ASSERT_TRUE(texts_of(lang).has(text)) << lang << " " << text;
      }
      const std::string& words = texts_of("vi").patterns().at(text);
      const bool phrase = std::string_view(part) == "noun" || std::string_view(part) == "cause";
      EXPECT_EQ(words.ends_with("."), !phrase) << text;
      for (const char* bad : {"tiêu chí", "người dùng", "đảm bảo", "...", "v.v", "im lặng",
                              "hai lớp", ">", "type:"}) {
        EXPECT_EQ(words.find(bad), words.npos) << text << ": " << bad;
      }
    }
    for (const char* start : {"Đã ", "Không ", "Có "}) {  // an order to act, no achieved state
      EXPECT_FALSE(texts_of("vi").patterns().at("paper." + id + ".task").starts_with(start)) << id;
    }
  }
  EXPECT_GT(controls, 90);
}

// A proposal on a fault of another order stays out of this paper; one on no control's stays in.
TEST(Answer, AProposalStandsInThePaperOfItsFault) {
  const Assessment a = sample_assessment();
  Particulars p;
  p.remedies = {{"Sử dụng riêng từng tài khoản", "", "", "", "Đề nghị cấp thêm tài khoản", ""},
                {"Kinh phí", "", "", "", "Đề nghị bố trí kinh phí", ""},
                {"Đổi mật khẩu sau khi được cấp", "", "", "", "Đề nghị sửa ứng dụng", ""}};
  const std::string text = paper(a, 0, p);
  EXPECT_EQ(text.find("cấp thêm tài khoản"), text.npos) << text;
  EXPECT_NE(text.find("1. Đề nghị bố trí kinh phí."), text.npos) << text;
  EXPECT_NE(text.find("2. Đề nghị sửa ứng dụng."), text.npos) << text;
}

// Nothing is named that is not there: no annex without rows, no machines that nobody collected.
TEST(Answer, PointsToNoEmptyAnnexAndCountsNoMachineNobodySaw) {
  Assessment a = sample_assessment();
  EXPECT_NE(paper(a, 0).find("nêu tại Phụ lục II"), std::string::npos);
  std::erase_if(a.measures, [](const MeasureRecord& m) { return m.id != 1; });
  std::erase_if(a.runs, [](const RunRecord& run) { return run.measure != 1; });
  a.agency.officer_name = "";
  Particulars p;
  p.accounts = 4;
  const std::string text = paper(a, 0, p);
  EXPECT_EQ(text.find("Phụ lục II"), text.npos) << text;
  EXPECT_NE(text.find("Đã rà soát 04 tài khoản ứng dụng.\n"), text.npos) << text;
  EXPECT_EQ(text.find("máy tính"), text.npos) << text;
  EXPECT_EQ(text.find("chưa có văn bản giao"), text.npos) << "not on record is not absent";
}

// Checked in part and undecided: the row says what is missing, not only what was found well.
TEST(Answer, ADemandCheckedInPartSaysThatTheRestNeedsAPaper) {
  Assessment a = sample_assessment();
  const std::string more = "phần còn lại cần tài liệu chứng minh";
  EXPECT_EQ(paper(a, 0).find(more), std::string::npos);
  for (MeasureRecord& m : a.measures) {
    if (m.verdict == Verdict::met) m.verdict = Verdict::undetermined;
  }
  EXPECT_NE(paper(a, 0).find(more), std::string::npos);
}

TEST(Answer, ADemandOfNobodyNamedIsOfThoseTheOrderIsSentTo) {
  Assessment a = sample_assessment();
  a.measures.back().actor = "";
  EXPECT_NE(paper(a, 3).find("Nơi nhận của văn bản"), std::string::npos);
}

TEST(Answer, TheAgencysOwnWordOnARemedyIsPrintedAndOthersAreLeftToFillIn) {
  const Assessment a = sample_assessment();
  Particulars p;
  p.remedies = {{"đổi mật khẩu sau khi được CẤP", "Chánh Văn phòng", "2026-12-04",
                 "ứng dụng chưa buộc đổi", "Đề nghị cấp trên có ý kiến", ""}};
  const std::string text = paper(a, 0, p);
  EXPECT_NE(text.find("giao Chánh Văn phòng, xong trước ngày 04/12/2026."), text.npos) << text;
  EXPECT_NE(text.find("do ứng dụng chưa buộc đổi."), text.npos);
  EXPECT_NE(text.find("KIẾN NGHỊ"), text.npos);
  EXPECT_EQ(text.find("1. Đề nghị cấp trên"), text.npos) << "one alone has no number";
  EXPECT_NE(text.find("giao đồng chí Trần Thị Thử, thời hạn theo phân công của thủ trưởng đơn vị."),
            text.npos);
  EXPECT_EQ(paper(a, 0).find("KIẾN NGHỊ"), std::string::npos);  // never one of the program's
}

// The register was typed in one language, the paper is printed in the other.
TEST(Answer, ARemedyIsFoundByWhatItIsAboutInEitherLanguage) {
  Assessment a = sample_assessment();
  const std::string id = "account.password_change_on_issue";
  for (RunRecord& run : a.runs) {
    if (run.control == "sample.changed_on_issue") run.control = id;
  }
  for (const char* written : {"vi", "en"}) {
    for (const std::string& words : {"paper." + id + ".noun", "control." + id + ".title"}) {
      Particulars p;
      p.remedies = {{" " + texts_of(written)(words), "Phòng Mẫu", "2026-12-04", "", "", ""}};
      EXPECT_NE(paper(a, 0, p, "vi").find("giao Phòng Mẫu, xong trước ngày 04/12/2026"),
                std::string::npos) << written << " " << words;
      EXPECT_NE(paper(a, 0, p, "en").find("04/12/2026"), std::string::npos) << written << words;
    }
  }
  Particulars other;
  other.remedies = {{"Nội dung khác", "Phòng Mẫu", "2026-12-04", "", "", ""}};
  EXPECT_EQ(paper(a, 0, other, "en").find("04/12/2026"), std::string::npos);
}

// An annex without rows is none, the others move up, and sentences name them as they are called.
TEST(Answer, AnnexesAreNumberedAmongThoseThatThereAre) {
  const auto labels = [](const Assessment& a) {
    std::string out;
    for (const Block& block : answer(view_of(a), texts_of("vi")).blocks) {
      const auto* title = std::get_if<AnnexTitle>(&block);
      if (title != nullptr) out += title->label + ": " + title->title + "\n";
    }
    return out;
  };
  Assessment a = sample_assessment();
  EXPECT_EQ(labels(a), "Phụ lục I: DANH SÁCH CẦN KHẮC PHỤC\n"
                       "Phụ lục II: NỘI DUNG CHƯA ĐỦ CĂN CỨ KẾT LUẬN VÀ TÀI LIỆU CÒN THIẾU\n"
                       "Phụ lục III: PHẠM VI VÀ CÁCH KIỂM TRA\n");
  std::erase_if(a.runs, [](const RunRecord& run) { return run.outcome == Outcome::fail; });
  EXPECT_EQ(labels(a), "Phụ lục I: NỘI DUNG CHƯA ĐỦ CĂN CỨ KẾT LUẬN VÀ TÀI LIỆU CÒN THIẾU\n"
                       "Phụ lục II: PHẠM VI VÀ CÁCH KIỂM TRA\n");
  EXPECT_NE(paper(a, 0).find("nêu tại Phụ lục I."), std::string::npos) << paper(a, 0);
  a.measures.clear();
  a.runs.clear();
  EXPECT_EQ(labels(a), "Phụ lục: PHẠM VI VÀ CÁCH KIỂM TRA\n");
}

// What is over can no longer be ordered to be staffed.
TEST(Answer, RowsOfAReasonWithASentenceOfItsOwnAreNotCountedInTheOther) {
  Assessment a = sample_assessment();
  a.runs.clear();
  a.findings.clear();
  const char* control = "duty.roster_covers_window";
  testing::add_run(a, 1, 1, "duty.roster_24x7", control, Outcome::fail, 1, 3, 0);
  testing::add_findings(a, 1, 1, control, "duty.roster_24x7", 3, "high", "22:00 - 06:00",
                        "reason.register.hours_were_uncovered");
  const auto said = [&](const char* part) {
    const View view = view_of(a);
    return sentence_of(texts_of("vi"), view, a.runs[0], part);
  };
  EXPECT_TRUE(said("task").starts_with("Báo cáo cấp trên việc trực thực tế trong 03 đợt"));
  EXPECT_EQ(said("task").find("Bố trí"), std::string::npos) << said("task");
  EXPECT_TRUE(said("not_met").starts_with("Trong 03/04 đợt trực đã qua")) << said("not_met");
  a.findings[0].reason = "reason.register.hours_uncovered";
  EXPECT_TRUE(said("task").starts_with("Bố trí người trực")) << said("task");
  EXPECT_NE(said("task").find("của 01 đợt trực"), std::string::npos) << said("task");
  EXPECT_NE(said("task").find("trong 02 đợt trực đã qua"), std::string::npos) << said("task");
}

TEST(Answer, OrdersOfOneNumberAreToldApartByTheirIssuer) {
  Assessment a = sample_assessment();
  DispatchRecord second = a.dispatches[0];
  second.id = a.dispatches[0].id + 1;
  a.dispatches.push_back(second);
  const Texts& texts = texts_of("vi");
  const auto name = [&](std::size_t i) { return told_apart(texts, view_of(a), a.dispatches[i]); };
  a.dispatches[1].number = "77/VP";
  EXPECT_EQ(name(0), number_of(texts, a.dispatches[0]));
  a.dispatches[1].number = a.dispatches[0].number;
  a.dispatches[1].symbol = a.dispatches[0].symbol;
  a.dispatches[1].issuer = "Sở Mẫu Đông";
  EXPECT_TRUE(name(1).ends_with("của Sở Mẫu Đông")) << name(1);
  EXPECT_NE(name(0), name(1));
  a.dispatches[1].issuer = a.dispatches[0].issuer;
  a.dispatches[1].subject_line = "V/v trực Tết";
  EXPECT_TRUE(name(1).ends_with("trực Tết")) << name(1);
  EXPECT_NE(name(0), name(1));
}

TEST(Answer, AnnexNamesPersonUnitAndApplicationOfAnAccount) {
  const Assessment a = sample_assessment();
  Particulars p;
  for (const FindingRecord& f : a.findings) {
    p.holders[f.id] = {"Nguyễn Thị Thử", "Phòng Mẫu", "Ứng dụng Mẫu", "thu.nt"};
  }
  const std::string text = paper(a, 1, p);
  for (const char* word : {"Nguyễn Thị Thử", "Phòng Mẫu", "thu.nt, Ứng dụng Mẫu",
                           "Chưa đổi mật khẩu từ khi được cấp (01/03/2024)."}) {
    EXPECT_NE(text.find(word), text.npos) << word;
  }
}

TEST(Answer, MachinesSeenAreSaidOfAllThereAre) {
  Particulars p;
  p.machines = 1;
  p.machines_listed = 52;
  EXPECT_NE(paper(sample_assessment(), 0, p).find("01/52 máy tính"), std::string::npos);
}

TEST(Answer, NamesInCapitalsReadNormallyInsideASentence) {
  const Texts& texts = texts_of("vi");
  EXPECT_EQ(in_sentence(texts, "SỞ KHOA HỌC VÀ CÔNG NGHỆ"), "Sở Khoa học và Công nghệ");
  EXPECT_EQ(in_sentence(texts, "ỦY BAN NHÂN DÂN TỈNH MẪU ĐÔNG"), "Ủy ban nhân dân tỉnh Mẫu Đông");
  EXPECT_EQ(in_sentence(texts, "UBND"), "UBND");
  EXPECT_EQ(in_sentence(texts, "Sở Mẫu tỉnh Mẫu"), "Sở Mẫu tỉnh Mẫu");
}

TEST(Answer, NotedIsNeverABareNumberOrALogin) {
  const Texts& texts = texts_of("vi");
  FindingRecord f;
  f.control = "account.ad_noexpire";
  f.subject = "Miền:thu.nt";
  f.observed = "thu.nt";
  EXPECT_EQ(noted(texts, f), "Mật khẩu không hết hạn.");
  f.control = "host.browser_credentials";
  f.subject = "PC-MAU-7";
  f.observed = "7";
  EXPECT_EQ(noted(texts, f), "Lưu 07 mật khẩu trên trình duyệt.");
  f.control = "no.such";
  f.observed = "90";
  EXPECT_EQ(noted(texts, f).find("90"), std::string::npos);
  EXPECT_EQ(subject_words(texts, "2027-02-04 – 2027-02-10"), "04/02/2027 – 10/02/2027");
}

TEST(Answer, OneOrderOfSeveralIsAnsweredByItself) {
  Assessment a = sample_assessment();
  DispatchRecord second = testing::sample_dispatch();
  second.id = 2;
  second.number = "15/UBND-VX";
  a.dispatches.push_back(second);
  MeasureRecord m = a.measures[3];
  m.id = 20;
  m.dispatch = 2;
  a.measures.push_back(m);
  testing::add_run(a, 20, 20, "account.roles", "sample.roles", Outcome::pass, 312, 0, 0);
  EXPECT_EQ(orders_of(a).front()->id, 2);  // it has a number
  const Assessment own = only(a, 2);
  EXPECT_EQ(own.measures.size(), 1u);
  EXPECT_TRUE(own.findings.empty());
  EXPECT_TRUE(own.norms.empty());
  EXPECT_EQ(own.coverage.measures, 1);
  EXPECT_EQ(file_word(second), "15-ubnd-vx");
  EXPECT_EQ(file_word(a.dispatches[0]), "stttt-cntt");
  EXPECT_EQ(only(a, 1).runs.size(), sample_assessment().runs.size());
}

TEST(Answer, ParticularsComeBackAsTheyWereSent) {
  Particulars p;
  p.holders[7] = {"Nguyễn Thị Thử", "Phòng Mẫu", "Ứng dụng Mẫu", "thu.nt"};
  p.assigned = {{"officer", "Trần Thị Thử", "Phó Chánh Văn phòng", "", "1/QĐ", "2026-01-02"}};
  p.sessions = {{"training", "Mật khẩu", "2026-05-06", 40, 39}};
  p.remedies = {{"a", "b", "2026-12-01", "c", "d", ""}};
  p.accounts = 3;
  p.machines = 2;
  p.machines_listed = 5;
  const Particulars back = particulars_from(to_node(p));
  EXPECT_EQ(to_json(to_node(back)), to_json(to_node(p)));
  EXPECT_EQ(back.holders.at(7).login, "thu.nt");
}

}  // namespace
}  // namespace khien::report
