// Forms as Word writes them: tokens split over runs, alone in a paragraph, in headers; and as an
// enemy writes them.
#include <gtest/gtest.h>

#include "report/docx.h"
#include "report/template.h"
#include "report/testing_out.h"

namespace khien::report {
namespace {

using testing::xml_text;
using testing::zip_entry;

constexpr const char* kDraftW =
    "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";

std::string form_run(const std::string& text, bool bold = false) {
  return std::string("<w:r>") + (bold ? "<w:rPr><w:b/></w:rPr>" : "") + "<w:t>" + text +
         "</w:t></w:r>";
}
std::string form_paragraph(const std::string& runs) { return "<w:p>" + runs + "</w:p>"; }

std::string form_of(const std::string& body, std::vector<ZipPart> more = {}) {
  std::vector<ZipPart> parts = {
      {"[Content_Types].xml", "<Types/>"},
      {"word/document.xml", std::string("<w:document ") + kDraftW + "><w:body>" + body +
                                "</w:body></w:document>"}};
  parts.insert(parts.end(), more.begin(), more.end());
  return *zip_of(parts);
}

const Fields kFormFields = {{"to", {"Phòng A", "Phòng <B> & C", "Phòng D"}},
                            {"trich_yeu", {"V/v thử"}},
                            {"year", {"2026"}},
                            {"empty", {}}};

std::string filled_body(const std::string& body) {
  const auto out = fill_template(form_of(body), "mau.docx", kFormFields);
  EXPECT_TRUE(out) << to_string(out.error());
  return out ? zip_entry(*out, "word/document.xml") : "";
}

std::string error_of(const std::string& bytes) {
  const auto out = fill_template(bytes, "mau.docx", kFormFields);
  return out ? "filled" : out.error().code;
}

TEST(Template, a_token_split_over_runs_is_filled_with_the_looks_of_its_first_run) {
  const std::string xml = filled_body(form_paragraph(
      form_run("Năm {") + form_run("{ye", true) + form_run("ar}") + form_run("} này")));
  EXPECT_EQ(xml_text(xml), "Năm 2026 này");
  EXPECT_NE(xml.find("<w:t xml:space=\"preserve\">Năm 2026</w:t>"), std::string::npos) << xml;
}

TEST(Template, names_are_compared_without_marks_case_and_spaces) {
  EXPECT_EQ(xml_text(filled_body(form_paragraph(form_run("[{{Trích  yếu}}|{{ TRICH_YEU }}]")))),
            "[V/v thử|V/v thử]");
}

TEST(Template, a_paragraph_that_is_one_token_is_repeated_for_each_line) {
  const std::string xml = filled_body(form_paragraph(form_run(" {{to}} ", true)));
  std::size_t paragraphs = 0;
  for (std::size_t at = 0; (at = xml.find("<w:p>", at)) != xml.npos; ++at) ++paragraphs;
  EXPECT_EQ(paragraphs, 3u) << xml;
  EXPECT_EQ(xml_text(xml), " Phòng A  Phòng <B> & C  Phòng D ");
  EXPECT_NE(xml.find("&lt;B&gt; &amp; C"), std::string::npos) << xml;
}

TEST(Template, inside_a_sentence_lines_are_joined_and_an_empty_field_leaves_nothing) {
  EXPECT_EQ(xml_text(filled_body(form_paragraph(form_run("Gửi: {{to}}.{{empty}}")))),
            "Gửi: Phòng A; Phòng <B> & C; Phòng D.");
  EXPECT_EQ(xml_text(filled_body(form_paragraph(form_run("{{empty}}")))), "");
}

TEST(Template, headers_and_text_boxes_are_filled_and_other_parts_kept) {
  const std::string box = form_paragraph(
      "<w:r><w:pict>" + form_paragraph(form_run("{{year}}")) + "</w:pict></w:r>" +
      form_run("ngoài {{year}}"));
  const auto out = fill_template(
      form_of(box, {{"word/header1.xml", form_paragraph(form_run("{{trich_yeu}}"))},
                    {"word/media/image1.png", "{{nobody}}"}}),
      "mau.docx", kFormFields);
  ASSERT_TRUE(out) << to_string(out.error());
  EXPECT_EQ(xml_text(zip_entry(*out, "word/document.xml")), "2026ngoài 2026");
  EXPECT_EQ(xml_text(zip_entry(*out, "word/header1.xml")), "V/v thử");
  EXPECT_EQ(zip_entry(*out, "word/media/image1.png"), "{{nobody}}");
}

TEST(Template, the_same_form_and_fields_give_the_same_bytes) {
  const std::string form = form_of(form_paragraph(form_run("{{to}}")));
  EXPECT_EQ(*fill_template(form, "a", kFormFields), *fill_template(form, "b", kFormFields));
}

TEST(Template, an_unknown_field_is_named_with_those_there_are) {
  const auto out = fill_template(form_of(form_paragraph(form_run("{{so_hieu}}"))), "mau.docx",
                                 kFormFields);
  ASSERT_FALSE(out);
  EXPECT_EQ(out.error().code, "K0610");
  EXPECT_EQ(out.error().args.at("field"), "so_hieu");
  EXPECT_EQ(out.error().args.at("allowed"), "empty, to, trich_yeu, year");
}

TEST(Template, an_open_token_or_none_at_all_is_an_error) {
  EXPECT_EQ(error_of(form_of(form_paragraph(form_run("{{to")))), "K0611");
  EXPECT_EQ(error_of(form_of(form_paragraph(form_run("{{to {{year}}")))), "K0611");
  EXPECT_EQ(error_of(form_of(form_paragraph(form_run("Không có ô nào")))), "K0616");
}

TEST(Template, a_value_that_looks_like_a_token_is_not_filled_again) {
  const Fields fields = {{"to", {"{{year}}"}}, {"year", {"2026"}}};
  const auto out =
      fill_template(form_of(form_paragraph(form_run("{{to}} {{year}}"))), "a", fields);
  ASSERT_TRUE(out);
  EXPECT_EQ(xml_text(zip_entry(*out, "word/document.xml")), "{{year}} 2026");
}

TEST(Template, what_is_no_docx_or_holds_macros_is_refused) {
  EXPECT_EQ(error_of(""), "K0612");
  EXPECT_EQ(error_of("không phải zip"), "K0612");
  EXPECT_EQ(error_of(*zip_of({{"a.txt", "x"}})), "K0612");
  const std::string whole = form_of(form_paragraph(form_run("{{to}}")));
  EXPECT_EQ(error_of(whole.substr(0, whole.size() / 2)), "K0612");
  EXPECT_EQ(error_of(*zip_of({{"word/document.xml", "<w:p><w:t>{{to}}"}})), "K0612");
  EXPECT_EQ(error_of(form_of(form_paragraph(form_run("{{to}}")),
                             {{"word/vbaProject.bin", "x"}})),
            "K0615");
}

TEST(Template, tokens_and_depth_are_limited) {
  std::string many;
  for (std::size_t i = 0; i < kTemplateTokens; ++i) many += form_paragraph(form_run("{{year}}"));
  EXPECT_EQ(error_of(form_of(many)), "filled");
  EXPECT_EQ(error_of(form_of(many + form_paragraph(form_run("{{year}}")))), "K0617");
  const auto nested = [](std::size_t depth) {  // document and body are two, p, r and t three
    std::string open, close;
    for (std::size_t i = 0; i < depth; ++i) {
      open += "<w:x>";
      close += "</w:x>";
    }
    return form_of(open + form_paragraph(form_run("{{year}}")) + close);
  };
  EXPECT_EQ(error_of(nested(kTemplateDepth - 5)), "filled");
  EXPECT_EQ(error_of(nested(kTemplateDepth - 4)), "K0617");
  EXPECT_EQ(error_of(nested(50'000)), "K0617");
}

TEST(Template, a_bomb_is_refused) {
  const std::string bomb = form_of(form_paragraph(form_run("{{to}}")),
                                   {{"word/media/a", std::string(std::size_t{40} << 20, 'a')}});
  EXPECT_EQ(error_of(bomb), "K0613");
}

TEST(Template, the_job_runs_in_a_worker) {
  WorkerPool pool({template_job()});
  const auto out = fill_in_worker(pool, form_of(form_paragraph(form_run("{{to}}"))), "mau.docx",
                                  kFormFields);
  ASSERT_TRUE(out) << to_string(out.error());
  EXPECT_EQ(xml_text(zip_entry(*out, "word/document.xml")), "Phòng APhòng <B> & CPhòng D");
}

}  // namespace
}  // namespace khien::report
