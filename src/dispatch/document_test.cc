// Files of every kind an office sends: what is read gives the same order in every format, what is
// not read says why and what to do.
#include "dispatch/document.h"

#include <fmt/format.h>
#include <zip.h>

#include "base/file.h"
#include "dispatch/docx.h"
#include "dispatch/errors.h"
#include "dispatch/jobs.h"
#include "dispatch/pdf.h"
#include "dispatch/testing.h"

namespace khien {
namespace {
namespace t = dispatch::testing;

struct DocxPart {
  std::string name;
  std::string bytes;
};

std::string make_zip(const std::vector<DocxPart>& parts) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* out = zip_source_buffer_create(nullptr, 0, 0, &error);
  zip_source_keep(out);
  zip_t* zip = zip_open_from_source(out, ZIP_TRUNCATE, &error);
  for (const DocxPart& p : parts) {
    zip_source_t* source = zip_source_buffer(zip, p.bytes.data(), p.bytes.size(), 0);
    zip_file_add(zip, p.name.c_str(), source, ZIP_FL_OVERWRITE);
  }
  zip_close(zip);
  zip_source_open(out);
  zip_source_seek(out, 0, SEEK_END);
  std::string bytes(static_cast<std::size_t>(zip_source_tell(out)), '\0');
  zip_source_seek(out, 0, SEEK_SET);
  zip_source_read(out, bytes.data(), bytes.size());
  zip_source_close(out);
  zip_source_free(out);
  return bytes;
}

std::string word(const std::string& body) {
  return "<?xml version=\"1.0\"?><w:document xmlns:w=\"w\"><w:body>" + body +
         "</w:body></w:document>";
}
std::string word_paragraph(const std::string& text, const std::string& properties = "") {
  return "<w:p><w:pPr>" + properties + "</w:pPr><w:r><w:t>" + text + "</w:t></w:r></w:p>";
}
std::string docx_of(const std::string& body, std::vector<DocxPart> more = {}) {
  more.insert(more.begin(), {"word/document.xml", word(body)});
  return make_zip(more);
}
std::string docx_error(const std::string& bytes) {
  const auto text = read_docx(bytes, "x.docx");
  return text ? "read: " + text->text : text.error().code;
}

TEST(Document, TheThreeFormatsOfTheSampleCompileToTheSameMeasures) {
  WorkerPool pool(dispatch::jobs());
  std::string first;
  for (const char* name : {"txt", "docx", "pdf"}) {
    const auto document = read_document(fmt::format("samples/cong-van-mau.{}", name), pool);
    ASSERT_TRUE(document) << to_string(document.error());
    EXPECT_EQ(document->format, name);
    const auto order = compile(*document, t::vocabulary());
    ASSERT_TRUE(order);
    Node node = to_node(*order);
    node.set("dispatch", Node(order->dispatch.number + order->dispatch.issued_on +
                              order->dispatch.subject_line + order->dispatch.issuer +
                              order->dispatch.place));
    Node measures;
    for (Node m : node["measures"].items()) measures.push(m.set("span", Node()));
    node.set("measures", measures);
    if (first.empty()) first = to_json(node, 1);
    EXPECT_EQ(to_json(node, 1), first) << name;
  }
  EXPECT_NE(first.find("128/SKHCN-CĐS"), std::string::npos);
}
TEST(Document, BytesDecideTheFormatNotTheName) {
  EXPECT_EQ(sniff_format(""), FileFormat::empty);
  EXPECT_EQ(sniff_format("Số: 1/A-B"), FileFormat::txt);
  EXPECT_EQ(sniff_format("%PDF-1.7\n"), FileFormat::pdf);
  EXPECT_EQ(sniff_format("{\\rtf1 x}"), FileFormat::rtf);
  EXPECT_EQ(sniff_format("\x89PNG\r\n"), FileFormat::image);
  const std::string ole = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + std::string(600, '\0');
  EXPECT_EQ(sniff_format(ole), FileFormat::old_word);
  std::string wide;
  for (const char c : std::string("EncryptedPackage")) wide += std::string{c, '\0'};
  EXPECT_EQ(sniff_format(ole + wide), FileFormat::ole_encrypted);
  EXPECT_EQ(sniff_format(docx_of("")), FileFormat::docx);
  EXPECT_EQ(sniff_format(make_zip({{"a.txt", "x"}})), FileFormat::other_zip);
  EXPECT_EQ(sniff_format(std::string("\x7F""ELF\0\0\0\1\2", 9)), FileFormat::other);
}
TEST(Document, WhatIsNotReadSaysWhy) {
  WorkerPool pool(dispatch::jobs());
  const auto folder = TempFolder::make();
  ASSERT_TRUE(folder);
  const auto code = [&](std::string_view bytes) {
    const auto path = folder->path() / "x";
    EXPECT_TRUE(write_file(path, bytes));
    const auto document = read_document(path, pool);
    return document ? "read" : document.error().code;
  };
  EXPECT_EQ(code(""), err::document_empty);
  EXPECT_EQ(code("  \n "), err::document_empty);
  EXPECT_EQ(code("{\\rtf1}"), err::document_empty);
  EXPECT_EQ(code("\x89PNG\r\n"), err::document_broken);
  EXPECT_EQ(code(make_zip({{"a.txt", "x"}})), err::document_other_zip);
  EXPECT_EQ(code("%PDF-1.4\ngarbage"), err::document_broken);
}
TEST(Document, PdfWithAPasswordOrTooManyPagesSaysWhichAndAPictureIsSeenAsOne) {
  const auto words = [](const char* name) {
    return pdf_words(t::bytes_of(fmt::format("src/dispatch/testdata/{}", name)), name);
  };
  ASSERT_TRUE(words("scan.pdf"));
  EXPECT_TRUE(words("scan.pdf")->scanned);
  EXPECT_EQ(words("password.pdf").error().code, err::document_password);
  EXPECT_EQ(words("pages_301.pdf").error().code, err::document_pages);
}
TEST(Document, WordNumbersThatWordPrintsItselfAreCounted) {
  const std::string numbering =
      "<w:numbering xmlns:w=\"w\"><w:abstractNum w:abstractNumId=\"0\">"
      "<w:lvl w:ilvl=\"0\"><w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"%1.\"/></w:lvl>"
      "<w:lvl w:ilvl=\"1\"><w:numFmt w:val=\"lowerLetter\"/><w:lvlText w:val=\"%2)\"/></w:lvl>"
      "</w:abstractNum><w:num w:numId=\"3\"><w:abstractNumId w:val=\"0\"/></w:num></w:numbering>";
  const auto item = [](int level, const char* text) {
    return word_paragraph(
        text,
        fmt::format("<w:numPr><w:ilvl w:val=\"{}\"/><w:numId w:val=\"3\"/></w:numPr>", level));
  };
  const std::string body =
      item(0, "Một") + item(1, "Hai") + item(1, "Ba") + item(0, "Bốn") + item(1, "Năm");
  EXPECT_EQ(docx_error(docx_of(body, {{"word/numbering.xml", numbering}})),
            "read: 1. Một\na) Hai\nb) Ba\n2. Bốn\na) Năm\n");
}
TEST(Document, WordTablesGiveARowALineAndFootnotesComeAfter) {
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
TEST(Document, DeletedTextOfTrackedChangesIsNotRead) {
  EXPECT_EQ(docx_error(docx_of("<w:p><w:del><w:r><w:t>cũ</w:t></w:r></w:del><w:ins><w:r><w:t>mới"
                               "</w:t></w:r></w:ins></w:p>")), "read: mới\n");
}
TEST(Document, HostileContainersAreRefused) {
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
TEST(Document, EntriesOfAContainerHoldAtTheLimitAndNotOneMore) {
  const auto with = [](std::size_t count) {
    std::vector<DocxPart> parts;
    for (std::size_t i = 1; i < count; ++i) parts.push_back({fmt::format("p{}", i), "x"});
    return docx_error(docx_of(word_paragraph("x"), parts));
  };
  EXPECT_EQ(with(limits::zip_entries), "read: x\n");
  EXPECT_EQ(with(limits::zip_entries + 1), err::document_bomb);
}
TEST(Document, TextHoldsAtItsLimitAndNotOneByteMore) {
  EXPECT_TRUE(document_from_text(std::string(limits::dispatch_text_bytes, 'a'), "x"));
  const auto over = document_from_text(std::string(limits::dispatch_text_bytes + 1, 'a'), "x");
  ASSERT_FALSE(over);
  EXPECT_EQ(over.error().code, err::document_text_large);
}
}  // namespace
}  // namespace khien
