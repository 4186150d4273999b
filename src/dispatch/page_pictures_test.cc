// The pages of each kind of paper are drawn, and the places of words lie on ink.
#include "dispatch/page_pictures.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "dispatch/errors.h"
#include "dispatch/jobs.h"
#include "dispatch/testing.h"

namespace khien {
namespace {
namespace t = dispatch::testing;

TEST(PagePictures, APdfWithTextIsDrawnAndMostOfItsWordsArePlaced) {
  WorkerPool pool(dispatch::jobs());
  const std::string path = "samples/cong-van-mau.pdf";
  const auto document = read_document(path, pool);
  ASSERT_TRUE(document) << to_string(document.error());
  ASSERT_EQ(drawable_pages(*document), document->pages);
  std::size_t placed = 0;
  for (const PagePlaces& page : document->places) placed += page.words.size();
  const auto words = std::count(document->text.begin(), document->text.end(), ' ');
  EXPECT_GT(placed, static_cast<std::size_t>(words) * 9 / 10);
  const auto jpeg = draw_page(*document, t::bytes_of(path), 1, pool);
  ASSERT_TRUE(jpeg) << to_string(jpeg.error());
  EXPECT_TRUE(jpeg->starts_with("\xFF\xD8\xFF"));
}

TEST(PagePictures, AScanIsDrawnStraight) {
  WorkerPool pool(dispatch::jobs());
  const std::string path = "src/dispatch/testdata/forms.png";
  const auto document = read_document(path, pool);
  if (!document && document.error().code == err::document_no_ocr) {
    GTEST_SKIP() << "no character recognition";
  }
  ASSERT_TRUE(document) << to_string(document.error());
  ASSERT_EQ(drawable_pages(*document), 1);
  EXPECT_FALSE(document->places[0].words.empty());
  const auto jpeg = draw_page(*document, t::bytes_of(path), 1, pool);
  ASSERT_TRUE(jpeg) << to_string(jpeg.error());
  EXPECT_TRUE(jpeg->starts_with("\xFF\xD8\xFF"));
}

TEST(PagePictures, WhatHasNoPagesHasNoPictures) {
  WorkerPool pool(dispatch::jobs());
  const auto document = read_document("samples/cong-van-mau.docx", pool);
  ASSERT_TRUE(document);
  EXPECT_EQ(drawable_pages(*document), 0);
}

TEST(PagePictures, APageThatIsNotThereOrIsNoPageIsAnError) {
  WorkerPool pool(dispatch::jobs());
  Document document;
  document.path = "x.pdf";
  document.format = "pdf";
  const auto beyond = draw_page(document, t::bytes_of("samples/cong-van-mau.pdf"), 9, pool);
  EXPECT_FALSE(beyond);
  EXPECT_FALSE(draw_page(document, "%PDF-1.4\ngarbage", 1, pool));
  document.format = "image";
  EXPECT_FALSE(draw_page(document, "\x89PNG\r\n", 1, pool));
}

}  // namespace
}  // namespace khien
