// What Word prints is what is read: numbers, hidden text, boxes, parts; and what would harm is
// refused.
#include <fmt/format.h>

#include "base/legacy_text.h"
#include "base/limits.h"
#include "base/text.h"
#include "dispatch/errors.h"
#include "dispatch/testing.h"
#include "dispatch/testing_docx.h"

namespace khien {
namespace {
namespace t = dispatch::testing;
using t::docx_error;
using t::docx_of;
using t::DocxPart;
using t::make_zip;
using t::word_paragraph;

std::string numbering(const std::string& inner) {
  return "<w:numbering xmlns:w=\"w\">" + inner + "</w:numbering>";
}
std::string level(int n, const std::string& format, const std::string& text,
                  const std::string& more = "") {
  return fmt::format("<w:lvl w:ilvl=\"{}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{}\"/>"
                     "<w:lvlText w:val=\"{}\"/>{}</w:lvl>", n, format, text, more);
}
std::string item(int list, int depth, const std::string& text) {
  return word_paragraph(text, fmt::format("<w:numPr><w:ilvl w:val=\"{}\"/><w:numId w:val=\"{}\"/>"
                                          "</w:numPr>", depth, list));
}
std::string styles(const std::string& inner) {
  return "<w:styles xmlns:w=\"w\">" + inner + "</w:styles>";
}

TEST(Docx, WordNumbersThatWordPrintsItselfAreCounted) {
  const std::string lists =
      "<w:numbering xmlns:w=\"w\"><w:abstractNum w:abstractNumId=\"0\">"
      "<w:lvl w:ilvl=\"0\"><w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"%1.\"/></w:lvl>"
      "<w:lvl w:ilvl=\"1\"><w:numFmt w:val=\"lowerLetter\"/><w:lvlText w:val=\"%2)\"/></w:lvl>"
      "</w:abstractNum><w:num w:numId=\"3\"><w:abstractNumId w:val=\"0\"/></w:num></w:numbering>";
  const auto one = [](int depth, const char* text) {
    return word_paragraph(
        text,
        fmt::format("<w:numPr><w:ilvl w:val=\"{}\"/><w:numId w:val=\"3\"/></w:numPr>", depth));
  };
  const std::string body =
      one(0, "Một") + one(1, "Hai") + one(1, "Ba") + one(0, "Bốn") + one(1, "Năm");
  EXPECT_EQ(docx_error(docx_of(body, {{"word/numbering.xml", lists}})),
            "read: 1. Một\na) Hai\nb) Ba\n2. Bốn\na) Năm\n");
}
TEST(Docx, WordTablesGiveARowALineAndFootnotesComeAfter) {
  const auto cell = [](const std::string& text) {
    return "<w:tc>" + word_paragraph(text) + "</w:tc>";
  };
  const std::string body =
      "<w:tbl><w:tr>" + cell("1") + cell("Rà soát") + cell("30/6") + "</w:tr></w:tbl>" +
      "<w:p><w:r><w:t>Hết</w:t><w:footnoteReference w:id=\"1\"/></w:r></w:p>";
  const std::string notes = "<w:footnotes xmlns:w=\"w\"><w:footnote w:id=\"1\">" +
                            word_paragraph("chú thích") + "</w:footnote></w:footnotes>";
  EXPECT_EQ(docx_error(docx_of(body, {{"word/footnotes.xml", notes}})),
            "read: 1 | Rà soát | 30/6\n\nHết¹\n\n¹ chú thích\n");
}
TEST(Docx, DeletedTextOfTrackedChangesIsNotRead) {
  EXPECT_EQ(docx_error(docx_of("<w:p><w:del><w:r><w:t>cũ</w:t></w:r></w:del><w:ins><w:r><w:t>mới"
                               "</w:t></w:r></w:ins></w:p>")), "read: mới\n");
}
TEST(Docx, HostileContainersAreRefused) {
  const std::string good = docx_of(word_paragraph("x"));
  EXPECT_EQ(docx_error(good.substr(0, good.size() / 2)), err::document_broken);
  EXPECT_EQ(docx_error("PK\x03\x04garbage"), err::document_broken);
  EXPECT_EQ(docx_error(docx_of("<w:p>")), err::document_broken);
  EXPECT_EQ(
      docx_error(make_zip({{"word/document.xml", "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>"}})),
      err::document_broken);
  EXPECT_EQ(docx_error(docx_of("", {{"big", std::string(limits::zip_entry_bytes + 1, 'a')}})),
            err::document_bomb);
  EXPECT_EQ(docx_error(docx_of("", {{"ratio", std::string(4 * limits::kMiB, 'a')}})),
            err::document_bomb);
  std::string deep;
  for (std::size_t i = 0; i <= limits::xml_depth + 1; ++i) deep += "<w:sdt><w:sdtContent>";
  for (std::size_t i = 0; i <= limits::xml_depth + 1; ++i) deep += "</w:sdtContent></w:sdt>";
  EXPECT_EQ(docx_error(docx_of(deep)), err::document_bomb);
  EXPECT_EQ(docx_error(docx_of("")), err::document_scan);
}
TEST(Docx, EntriesOfAContainerHoldAtTheLimitAndNotOneMore) {
  const auto with = [](std::size_t count) {
    std::vector<DocxPart> parts;
    for (std::size_t i = 1; i < count; ++i) parts.push_back({fmt::format("p{}", i), "x"});
    return docx_error(docx_of(word_paragraph("x"), parts));
  };
  EXPECT_EQ(with(limits::zip_entries), "read: x\n");
  EXPECT_EQ(with(limits::zip_entries + 1), err::document_bomb);
}
TEST(Docx, AStyleGivesItsNumberThroughWhatItIsBasedOnAndTheListNamesItsLevel) {
  const std::string lists = numbering(
      "<w:abstractNum w:abstractNumId=\"0\">" + level(0, "decimal", "%1.") +
      level(1, "lowerLetter", "%2)", "<w:pStyle w:val=\"Con\"/>") +
      "</w:abstractNum><w:num w:numId=\"5\"><w:abstractNumId w:val=\"0\"/></w:num>");
  const std::string named = styles(
      "<w:style w:type=\"paragraph\" w:styleId=\"Goc\"><w:pPr><w:numPr><w:numId w:val=\"5\"/>"
      "</w:numPr></w:pPr></w:style><w:style w:type=\"paragraph\" w:styleId=\"Con\"><w:basedOn "
      "w:val=\"Goc\"/></w:style>");
  const std::string body = word_paragraph("Một", "<w:pStyle w:val=\"Goc\"/>") +
                           word_paragraph("Hai", "<w:pStyle w:val=\"Con\"/>") +
                           word_paragraph("Ba", "<w:pStyle w:val=\"Con\"/><w:numPr><w:numId "
                                                "w:val=\"0\"/></w:numPr>");
  EXPECT_EQ(docx_error(docx_of(body, {{"word/numbering.xml", lists}, {"word/styles.xml", named}})),
            "read: 1. Một\na) Hai\nBa\n");
}
TEST(Docx, AListMayTakeTheDefinitionOfANumberingStyle) {
  const std::string lists = numbering(
      "<w:abstractNum w:abstractNumId=\"0\">" + level(0, "upperRoman", "%1.") +
      "</w:abstractNum><w:abstractNum w:abstractNumId=\"1\"><w:numStyleLink w:val=\"Kieu\"/>"
      "</w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num><w:num "
      "w:numId=\"2\"><w:abstractNumId w:val=\"1\"/></w:num>");
  const std::string named = styles(
      "<w:style w:type=\"numbering\" w:styleId=\"Kieu\"><w:pPr><w:numPr><w:numId w:val=\"1\"/>"
      "</w:numPr></w:pPr></w:style>");
  EXPECT_EQ(docx_error(docx_of(item(2, 0, "Một") + item(2, 0, "Hai"),
                               {{"word/numbering.xml", lists}, {"word/styles.xml", named}})),
            "read: I. Một\nII. Hai\n");
}
TEST(Docx, ListsRestartWhereTheySayAndSkippedLevelsShowTheirStart) {
  const std::string lists = numbering(
      "<w:abstractNum w:abstractNumId=\"0\">" + level(0, "upperRoman", "%1.") +
      level(1, "decimal", "%1.%2", "<w:isLgl/>") + "</w:abstractNum><w:num w:numId=\"1\">"
      "<w:abstractNumId w:val=\"0\"/></w:num><w:num w:numId=\"2\"><w:abstractNumId w:val=\"0\"/>"
      "<w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"4\"/></w:lvlOverride></w:num>");
  EXPECT_EQ(docx_error(docx_of(item(1, 1, "a") + item(1, 0, "b") + item(1, 1, "c") +
                                   item(2, 0, "d") + item(1, 0, "e"),
                               {{"word/numbering.xml", lists}})),
            "read: 1.1 a\nI. b\n1.1 c\nIV. d\nV. e\n");
}
TEST(Docx, HiddenAndStruckTextIsLeftOutAndSaidSo) {
  const auto run = [](const char* look, const char* text) {
    return fmt::format("<w:r><w:rPr>{}</w:rPr><w:t xml:space=\"preserve\">{}</w:t></w:r>", look,
                       text);
  };
  const auto read = read_docx(
      docx_of("<w:p>" + run("", "Sao lưu ") + run("<w:vanish/>", "hằng giờ ") +
              run("<w:strike/>", "hằng năm ") + run("<w:strike w:val=\"0\"/>", "hằng ngày") +
              "</w:p>"), "x.docx");
  ASSERT_TRUE(read);
  EXPECT_EQ(read->text, "Sao lưu hằng ngày\n");
  ASSERT_EQ(read->warnings.size(), 2u);
  EXPECT_EQ(read->warnings[0].code, "text_hidden");
  EXPECT_EQ(read->warnings[1].args.at("sample"), "hằng năm");
}
TEST(Docx, ADeletedParagraphTakesNoNumberAndADeletedEndJoins) {
  const std::string lists = numbering(
      "<w:abstractNum w:abstractNumId=\"0\">" + level(0, "decimal", "%1.") +
      "</w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>");
  const std::string num = "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr>";
  const std::string gone = "<w:p><w:pPr>" + num + "<w:rPr><w:del/></w:rPr></w:pPr><w:del><w:r>"
                           "<w:delText>bỏ</w:delText></w:r></w:del></w:p>";
  const std::string half = "<w:p><w:pPr>" + num + "<w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>nửa "
                           "đầu </w:t></w:r></w:p>";
  EXPECT_EQ(docx_error(docx_of(item(1, 0, "một") + gone + half + item(1, 0, "nửa sau"),
                               {{"word/numbering.xml", lists}})),
            "read: 1. một\n2. nửa đầu nửa sau\n");
}
TEST(Docx, OldFontsAreReadByTheirNameOrByTheirLetters) {
  const std::string old = to_utf8(to_font(U"Đổi mật khẩu tài khoản định kỳ", LegacyFont::tcvn3));
  const auto with = [&](const std::string& look) {
    return docx_error(docx_of("<w:p><w:r><w:rPr>" + look + "</w:rPr><w:t>" + old +
                              "</w:t></w:r></w:p>"));
  };
  EXPECT_EQ(with("<w:rFonts w:ascii=\".VnTime\"/>"), "read: Đổi mật khẩu tài khoản định kỳ\n");
  EXPECT_EQ(with("<w:rFonts w:ascii=\".VnTimeH\"/>"), "read: ĐỔI MẬT KHẨU TÀI KHOẢN ĐỊNH KỲ\n");
  EXPECT_EQ(with(""), "read: Đổi mật khẩu tài khoản định kỳ\n");
}
TEST(Docx, HeadPartsBoxesControlsAndChunksAreRead) {
  const std::string box = "<w:p><w:r><w:t>ngoài</w:t></w:r><w:r><mc:AlternateContent "
                          "xmlns:mc=\"mc\"><mc:Choice><w:txbxContent>" + word_paragraph("trong") +
                          "</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>" +
                          word_paragraph("trong") + "</w:txbxContent></mc:Fallback>"
                          "</mc:AlternateContent></w:r></w:p>";
  const std::string control = "<w:sdt><w:sdtContent>" + word_paragraph("ô nhập") +
                              "</w:sdtContent></w:sdt>";
  const std::vector<DocxPart> parts = {
      {"word/header1.xml", "<w:hdr xmlns:w=\"w\">" + word_paragraph("Số: 45/SMT-VP") + "</w:hdr>"},
      {"word/_rels/document.xml.rels", "<Relationships><Relationship Id=\"r1\" Target=\"a.htm\"/>"
                                       "</Relationships>"},
      {"word/a.htm", "<html><body><p>từ trang</p></body></html>"}};
  EXPECT_EQ(docx_error(docx_of(box + control + "<w:altChunk r:id=\"r1\" xmlns:r=\"r\"/>", parts)),
            "read: Số: 45/SMT-VP\nngoài\ntrong\nô nhập\ntừ trang\n");
  const auto missing = read_docx(docx_of(word_paragraph("a") + "<w:altChunk r:id=\"r9\" "
                                         "xmlns:r=\"r\"/>", parts), "x.docx");
  ASSERT_TRUE(missing);
  EXPECT_EQ(missing->warnings.at(0).code, "part_not_read");
}
TEST(Docx, MergedCellsRepeatTheirTextInRowsAndNumberedCellsAreCounted) {
  const std::string lists = numbering(
      "<w:abstractNum w:abstractNumId=\"0\">" + level(0, "decimal", "%1.") +
      "</w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>");
  const auto cell = [](const std::string& inner, const std::string& look = "") {
    return "<w:tc><w:tcPr>" + look + "</w:tcPr>" + inner + "</w:tc>";
  };
  const std::string body =
      "<w:tbl><w:tr>" + cell(item(1, 0, "")) + cell(word_paragraph("Việc A")) +
      cell(word_paragraph("Phòng Một"), "<w:vMerge w:val=\"restart\"/>") + "</w:tr><w:tr>" +
      cell(item(1, 0, "")) + cell(word_paragraph("Việc B")) +
      cell(word_paragraph(""), "<w:vMerge/>") + "</w:tr></w:tbl>";
  const auto read = read_docx(docx_of(body, {{"word/numbering.xml", lists}}), "x.docx");
  ASSERT_TRUE(read);
  EXPECT_EQ(read->text, "1 | Việc A | Phòng Một\n\n2 | Việc B\n\n");
  ASSERT_EQ(read->rows.size(), 2u);
  EXPECT_EQ(read->rows[1].cells, (std::vector<std::string>{"2", "Việc B", "Phòng Một"}));
  EXPECT_EQ(read->rows[1].line, 2u);
}

}  // namespace
}  // namespace khien
