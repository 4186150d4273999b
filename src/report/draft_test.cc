// The outgoing papers over invented orders: what stands on them, what never may.
#include <gtest/gtest.h>

#include "base/text.h"
#include "report/docx.h"
#include "report/draft.h"
#include "report/errors.h"
#include "report/pdf.h"
#include "report/testing_out.h"

namespace khien::report {
namespace {

using testing::docx_text;
using testing::pdf_text;
using testing::texts_of;

MeasureRecord draft_measure(const char* id, const char* cite, const char* text, const char* kind,
                            Node parameters = {}) {
  MeasureRecord m;
  m.doc_id = id;
  m.cite_vi = cite;
  m.text = text;
  m.span_from = 1;
  KindRecord k;
  k.kind = kind;
  k.parameters = std::move(parameters);
  m.kinds = {k};
  return m;
}

Sender draft_sender() {
  Sender s;
  s.agency.name = "Sở Mẫu tỉnh Mẫu";
  s.agency.parent = "Ủy ban nhân dân tỉnh Mẫu";
  s.agency.place = "Mẫu";
  s.agency.symbol = "SM-VP";
  s.agency.signer_title = "Giám đốc";
  s.agency.officer_name = "Lý Gia Mẫu";
  s.agency.sample = true;
  s.phone = "0900.000.999";
  s.at_ms = start_of_day_ms({2026, 11, 21});
  return s;
}

Ordered draft_ordered() {
  Ordered o;
  o.dispatch.number = "12/STTTT-CNTT";
  o.dispatch.symbol = "STTTT-CNTT";
  o.dispatch.form = "công văn";
  o.dispatch.issuer = "Sở Thông tin Mẫu";
  o.dispatch.issued_on = "2026-10-05";
  o.dispatch.subject_line = "V/v bảo đảm an toàn tài khoản";
  o.measures = {
      draft_measure("1", "mục 1", "Quán triệt các quy định sau:", "awareness.training"),
      draft_measure("1.1", "gạch đầu dòng thứ nhất, mục 1", "Mật khẩu có ít nhất 12 ký tự;",
                    "account.password_policy",
                    Node::map({{"min_length", 12},
                               {"classes", Node::list_of({"upper", "digit", "letter"})}})),
      draft_measure("1.2", "gạch đầu dòng thứ hai, mục 1", "Đổi mật khẩu mỗi quý.",
                    "account.password_rotation", Node::map({{"max_age", "P3M"}})),
      draft_measure("2", "mục 2", "Doanh nghiệp viễn thông rà soát mạng.", "provider.telecom"),
      draft_measure("3", "mục 3", "Rà quét mã độc", "host.malware_scan")};
  return o;
}

std::vector<std::string> lines_of(const Draft& draft) { return draft.fields.at("measures"); }

TEST(Draft, a_cascade_restates_clauses_with_their_own_marks) {
  const Draft d = draft_cascade({draft_sender(), draft_ordered(), {}, ""}, texts_of("vi"));
  EXPECT_EQ(lines_of(d), (std::vector<std::string>{
                             "1. Quán triệt các quy định sau:", "- Mật khẩu có ít nhất 12 ký tự.",
                             "- Đổi mật khẩu mỗi quý.", "2. Doanh nghiệp viễn thông rà soát mạng.",
                             "3. Rà quét mã độc."}));
}

TEST(Draft, numbers_run_on_when_a_clause_is_not_addressed) {
  Ordered o = draft_ordered();
  o.measures[3].addressed = false;
  const auto kept = restated(o.measures);
  ASSERT_EQ(kept.size(), 4u);
  EXPECT_EQ(kept[3].id, "2");
  EXPECT_EQ(kept[3].measure->doc_id, "3");
  o.measures[0].addressed = false;  // what stands below it keeps it
  EXPECT_EQ(restated(o.measures).size(), 4u);
}

TEST(Draft, preamble_and_closing_typed_by_hand_are_not_restated) {
  Ordered o = draft_ordered();
  o.measures.insert(o.measures.begin(),
                    draft_measure("p1", "phần căn cứ", "Triển khai Công văn.",
                                  "directive.comply_reference"));
  EXPECT_EQ(restated(o.measures).size(), 6u) << "a clause of a document stays";
  o.measures[0].span_from = -1;
  EXPECT_EQ(restated(o.measures).size(), 5u);
}

TEST(Draft, actor_and_date_typed_by_hand_are_said) {
  Ordered o = draft_ordered();
  o.measures = {draft_measure("1", "mục 1", "Rà quét mã độc.", "host.malware_scan")};
  o.measures[0].span_from = -1;
  o.measures[0].actor = "văn phòng Sở";
  o.measures[0].due_on = "2026-12-01";
  const Draft d = draft_cascade({draft_sender(), o, {}, ""}, texts_of("vi"));
  EXPECT_EQ(lines_of(d)[0],
            "1. Văn phòng Sở: Rà quét mã độc; hoàn thành trước ngày 01/12/2026.");
  o.measures[0].text = "Văn phòng rà quét mã độc.";
  o.measures[0].due_on.clear();
  EXPECT_EQ(lines_of(draft_cascade({draft_sender(), o, {}, ""}, texts_of("vi")))[0],
            "1. Văn phòng rà quét mã độc.");
}

TEST(Draft, every_page_of_sample_data_says_so_and_number_and_day_are_blank) {
  Ordered o = draft_ordered();
  for (int i = 0; i < 60; ++i) o.measures.push_back(o.measures.back());
  const Draft d = draft_cascade({draft_sender(), o, {"Phòng A"}, "2026-12-10"}, texts_of("vi"));
  const auto bytes = pdf(d.document);
  ASSERT_TRUE(bytes);
  const std::string text = pdf_text(*bytes);
  std::size_t pages = 0, marks = 0;
  for (const char c : text) pages += c == '\f';
  for (std::size_t at = 0; (at = text.find("DỮ LIỆU MẪU", at)) != text.npos; ++at) ++marks;
  EXPECT_GT(pages, 1u);
  EXPECT_EQ(marks, pages);
  const std::string words = docx_text(*docx(d.document));
  EXPECT_NE(words.find("Số:          /SM-VP"), std::string::npos);
  EXPECT_NE(words.find("Mẫu, ngày      tháng      năm 2026"), std::string::npos);
  EXPECT_NE(words.find("trước ngày 10/12/2026"), std::string::npos);
}

TEST(Draft, hostile_words_are_escaped_in_every_paper) {
  Ordered o = draft_ordered();
  o.dispatch.subject_line = "V/v <w:p> & \"x\" \x01 {0}";
  o.measures[0].text = "</w:t><script>";
  o.watch_windows = {{"2026-12-31", "2027-01-01", "<b>"}};
  Sender s = draft_sender();
  s.agency.officer_name = "A<B&C";
  const Texts& t = texts_of("vi");
  const Roster roster{s, o, {{6, 14}}, {{0, INT64_MAX, "<i>", "&", "", ""}}};
  for (const Draft& d :
       {draft_cascade({s, o, {"<x>"}, ""}, t), draft_urge({s, o, {{"<u>", "&", "2026-01-01"}}, 1,
                                                            "2026-02-01", ""}, t),
        draft_commitment({s, o, {{"<n>", "&", "\"", ""}}}, t), draft_roster(roster, t),
        draft_leaflet({s, o}, t)}) {
    const auto bytes = docx(d.document);
    ASSERT_TRUE(bytes);
    EXPECT_NE(docx_text(*bytes).find("A<B&C"), std::string::npos);  // parses, and is text
  }
}

TEST(Draft, urging_lists_late_units_with_their_days) {
  const Urge paper{draft_sender(), draft_ordered(),
                   {{"Phòng A", "Đang thực hiện", "2026-11-01"}, {"Phòng B", "", "2026-11-20"}},
                   2, "2026-11-21", "2026-12-01"};
  const std::string words = docx_text(*docx(draft_urge(paper, texts_of("vi")).document));
  for (const char* part : {"(lần 2)", "còn 02 đơn vị", "20 ngày", "01 ngày", "Chưa có thông tin",
                           "trước ngày 01/12/2026", "Phụ lục"}) {
    EXPECT_NE(words.find(part), std::string::npos) << part;
  }
}

TEST(Draft, a_commitment_takes_its_numbers_from_the_order) {
  const Texts& t = texts_of("vi");
  const Draft with =
      draft_commitment({draft_sender(), draft_ordered(), {{"Trần An", "", "", ""}}}, t);
  const std::string words = docx_text(*docx(with.document));
  EXPECT_NE(words.find("ít nhất 12 ký tự, gồm chữ hoa và chữ số"), std::string::npos) << words;
  EXPECT_NE(words.find("Định kỳ 03 tháng"), std::string::npos);
  EXPECT_NE(words.find("DANH SÁCH KÝ CAM KẾT"), std::string::npos);
  const Draft blank = draft_commitment({draft_sender(), {}, {}}, t);
  const std::string none = docx_text(*docx(blank.document));
  EXPECT_EQ(none.find("ký tự"), std::string::npos) << "no number the order does not state";
  EXPECT_EQ(none.find("DANH SÁCH KÝ"), std::string::npos);
  EXPECT_NE(none.find("Tôi là: ……"), std::string::npos);
}

TEST(Draft, a_commitment_is_one_page_a_person) {
  std::vector<Person> people(7, {"Nguyễn Thị Ví Dụ", "Phó Trưởng phòng", "Phòng Nghiệp vụ", ""});
  const auto bytes =
      pdf(draft_commitment({draft_sender(), draft_ordered(), people}, texts_of("vi")).document);
  ASSERT_TRUE(bytes);
  const std::string text = pdf_text(*bytes);
  EXPECT_EQ(std::count(text.begin(), text.end(), '\f'), 8);  // and the list
}

TEST(Draft, only_people_at_work_sign_and_shifts_come_from_the_register) {
  const std::vector<Row> staff = {
      {{"full_name", "Vũ Thị Bến"}, {"title", "Chuyên viên"}, {"status", "active"}},
      {{"full_name", "Tô Văn Cảng"}, {"status", "left"}},
      {{"full_name", "Hồ Văn Đò"}, {"status", "transferred"}}};
  const auto people = people_at_work(staff);
  ASSERT_EQ(people.size(), 1U);
  EXPECT_EQ(people[0].name + "/" + people[0].title, "Vũ Thị Bến/Chuyên viên");
  const auto shifts = duty_shifts({{{"from_at", std::int64_t{7}}, {"to_at", std::int64_t{9}},
                                    {"person", "Vũ Thị Bến"}}});
  ASSERT_EQ(shifts.size(), 1U);
  EXPECT_EQ(shifts[0].to_at - shifts[0].from_at, 2);
}
TEST(Draft, stated_days_replace_the_watch_windows_of_the_order) {
  Ordered o;
  EXPECT_EQ(choose_watch_window("", "", o).error().code, err::draft_window_missing);
  o.watch_windows = {{"2027-02-04", "2027-02-12", "Tết"}};
  ASSERT_TRUE(choose_watch_window("2027-02-05", "", o).has_value());
  EXPECT_EQ(o.watch_windows[0].from + o.watch_windows[0].to + o.watch_windows[0].why,
            "2027-02-052027-02-05Tết");
  EXPECT_EQ(choose_watch_window("2027-02-05", "2027-02-04", o).error().code,
            err::draft_window_invalid);
  EXPECT_EQ(choose_watch_window("2027-02-05", "2027-04-08", o).error().code,
            err::draft_window_invalid);
}
TEST(Draft, a_roster_names_who_is_on_duty_and_leaves_open_shifts_blank) {
  Ordered o = draft_ordered();
  o.watch_windows = {{"2026-12-31", "2027-01-01", "nghỉ Tết Dương lịch"}};
  const std::int64_t day = start_of_day_ms({2026, 12, 31});
  constexpr std::int64_t kHour = 3'600'000;
  Roster p{draft_sender(), o, {{6, 14}, {14, 22}, {22, 6}},
           {{day + 6 * kHour, day + 14 * kHour, "Trần An", "0900.000.001", "", "Lê Bình"},
            {day + 14 * kHour, day + 18 * kHour, "Lê Bình", "", "", ""}}};
  EXPECT_EQ(open_shifts(p), 6);
  const std::string words = docx_text(*docx(draft_roster(p, texts_of("vi")).document));
  for (const char* part : {"Thứ Tư, 30/12/2026", "Thứ Năm, 31/12/2026", "Thứ Sáu, 01/01/2027",
                           "Trần An (0900.000.001)",
                           "Dự phòng: Lê Bình", "Lê Bình: 14:00 - 18:00",
                           "Ca 3 (22:00 - 06:00 hôm sau)"}) {
    EXPECT_NE(words.find(part), std::string::npos) << part;
  }
  p.duty.push_back({day + 18 * kHour, day + 54 * kHour, "Vũ Chi", "", "", ""});
  EXPECT_EQ(open_shifts(p), 1) << "the first night, which begins the evening before";
  p.duty.push_back({day, day + 6 * kHour, "Vũ Chi", "", "", ""});
  EXPECT_EQ(open_shifts(p), 0);
  p.shifts = {{0, 12}, {12, 24}};  // none runs through midnight
  const std::string days = docx_text(*docx(draft_roster(p, texts_of("vi")).document));
  EXPECT_EQ(days.find("30/12/2026"), std::string::npos);
}

TEST(Draft, the_leaflet_is_one_page_with_the_numbers_of_the_order) {
  for (const char* lang : {"vi", "en"}) {
    Ordered o = draft_ordered();
    o.measures[1].kinds.push_back(
        draft_measure("", "", "", "account.weak_or_default_password",
                      Node::map({{"forbidden_examples",
                                  Node::list_of({"123", "12345678", "password", "admin"})}}))
            .kinds[0]);
    const auto bytes = pdf(draft_leaflet({draft_sender(), o}, texts_of(lang)).document);
    ASSERT_TRUE(bytes);
    const std::string text = pdf_text(*bytes);
    EXPECT_EQ(std::count(text.begin(), text.end(), '\f'), 1) << lang;
    EXPECT_NE(text.find("12"), std::string::npos);
    EXPECT_EQ(text.find("admin"), std::string::npos) << "three examples are enough";
  }
}

TEST(Draft, a_message_fits_a_phone_and_names_nobody) {
  Ordered o = draft_ordered();
  o.measures[4].text = "Gặp ông Trần Văn Tên, tài khoản tvten@mau.test, http://mau.test/tep.docx";
  for (int i = 0; i < 40; ++i) {
    o.measures.push_back(
        draft_measure("9", "mục 9", "x", i % 2 ? "net.firewall" : "net.ioc_block"));
    o.measures.back().kinds[0].kind += std::to_string(i);
  }
  o.dispatch.number = std::string(3000, '9') + "@mau.test";
  o.dispatch.issuer = "Trần Văn Tên";
  AgencyRecord agency;
  agency.name = std::string(900, 'S');
  for (const char* lang : {"vi", "en"}) {
    for (const char* due : {"", "2026-12-10"}) {
      const std::string text = draft_message(o, agency, due, texts_of(lang));
      EXPECT_LE(code_points(text), kMessageLength) << text;
      for (const char* never : {"Trần", "tvten", "@", "http", ".docx", "⟦"}) {
        EXPECT_EQ(text.find(never), std::string::npos) << never << ": " << text;
      }
    }
  }
  const std::string plain = draft_message(draft_ordered(), {}, "", texts_of("vi"));
  EXPECT_NE(plain.find("ít nhất 12 ký tự"), std::string::npos) << plain;
  EXPECT_NE(plain.find("3 tháng"), std::string::npos) << plain;
}

}  // namespace
}  // namespace khien::report
