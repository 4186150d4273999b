// Files of every kind an office sends: what is read gives the same order in every format, what is
// not read says why and what to do.
#include "dispatch/document.h"

#include <fmt/format.h>

#include "base/file.h"
#include "dispatch/errors.h"
#include "dispatch/jobs.h"
#include "dispatch/pdf.h"
#include "dispatch/testing.h"
#include "dispatch/testing_docx.h"

namespace khien {
namespace {
namespace t = dispatch::testing;
using t::docx_of;
using t::make_zip;

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
    for (Node m : node["measures"].items()) {
      m.set("span", Node());
      measures.push(std::move(m));
    }
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
TEST(Document, TextHoldsAtItsLimitAndNotOneByteMore) {
  EXPECT_TRUE(document_from_text(std::string(limits::dispatch_text_bytes, 'a'), "x"));
  const auto over = document_from_text(std::string(limits::dispatch_text_bytes + 1, 'a'), "x");
  ASSERT_FALSE(over);
  EXPECT_EQ(over.error().code, err::document_text_large);
}
}  // namespace
}  // namespace khien
