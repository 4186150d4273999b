#include "dispatch/places.h"

#include <map>

#include <gtest/gtest.h>

#include "base/text.h"

namespace khien {
namespace {

// Words of a line, each 40 points wide.
void print(PageWords& page, float x, float y, const std::vector<std::string>& words) {
  for (const std::string& word : words) {
    page.words.push_back({x, y, x + 40, y + 12, word});
    x += 44;
  }
}

PageWords empty_page() { return {600, 800, {}}; }

// "word@page" for each placed word, in the order of the text.
std::vector<std::string> told(const std::string& text, const std::vector<PageWords>& pages) {
  const std::u32string letters = to_u32(text);
  std::map<std::uint32_t, std::string> out;
  const auto places = find_places(text, pages);
  for (std::size_t page = 0; page < places.size(); ++page) {
    for (const PlacedWord& w : places[page].words) {
      out[w.from] = to_utf8(letters.substr(w.from, w.to - w.from)) + "@" +
                    std::to_string(page + 1) + ":" + std::to_string(w.y0);
    }
  }
  std::vector<std::string> list;
  for (const auto& [from, word] : out) list.push_back(word);
  return list;
}

TEST(Places, WordsOfAParagraphAreFoundOverLinesAndPages) {
  PageWords one = empty_page();
  print(one, 80, 80, {"Đổi", "mật", "khẩu"});
  print(one, 80, 96, {"định", "kỳ"});
  PageWords two = empty_page();
  print(two, 280, 20, {"2"});  // the page's number stands nowhere in the text
  print(two, 80, 80, {"hằng", "quý."});
  EXPECT_EQ(told("Đổi mật khẩu định kỳ hằng quý.\n", {one, two}),
            (std::vector<std::string>{"Đổi@1:1000", "mật@1:1000", "khẩu@1:1000", "định@1:1200",
                                      "kỳ@1:1200", "hằng@2:1000", "quý.@2:1000"}));
}

TEST(Places, HalvesOfAHeadAreFoundEachInItsOwn) {
  PageWords page = empty_page();
  print(page, 40, 40, {"SỞ", "XÂY", "DỰNG"});
  print(page, 300, 40, {"CỘNG", "HÒA", "XÃ"});
  print(page, 40, 60, {"Số:", "12/SXD-VP"});
  print(page, 300, 60, {"Độc", "lập", "-"});
  const std::string text = "SỞ XÂY DỰNG\nSố: 12/SXD-VP\nCỘNG HÒA XÃ\nĐộc lập -\n";
  EXPECT_EQ(told(text, {page}),
            (std::vector<std::string>{"SỞ@1:500", "XÂY@1:500", "DỰNG@1:500", "Số:@1:750",
                                      "12/SXD-VP@1:750", "CỘNG@1:500", "HÒA@1:500", "XÃ@1:500",
                                      "Độc@1:750", "lập@1:750"}));
}

TEST(Places, MendedWordsAreLeftOutAndTheRestGoesOn) {
  PageWords page = empty_page();
  print(page, 80, 80, {"Trước", "ngày", "O5/l2/2027", "gửi", "báo", "cáo"});
  const auto list = told("Trước ngày 05/12/2027 gửi báo cáo\n", {page});
  EXPECT_EQ(list, (std::vector<std::string>{"Trước@1:1000", "ngày@1:1000", "gửi@1:1000",
                                            "báo@1:1000", "cáo@1:1000"}));
}

TEST(Places, AWordIsGivenOnceAndTheSameWordsInTheirOrder) {
  PageWords page = empty_page();
  print(page, 80, 80, {"rà", "soát", "máy", "rà", "soát", "mạng"});
  const auto places = find_places("rà soát máy rà soát mạng", {page});
  ASSERT_EQ(places[0].words.size(), 6U);
  std::uint32_t last = 0;
  for (const PlacedWord& w : places[0].words) {
    EXPECT_GE(w.from, last);
    last = w.to;
  }
}

TEST(Places, PagesBeyondTheLimitHaveNoPlace) {
  PageWords page = empty_page();
  print(page, 80, 80, {"một"});
  const std::vector<PageWords> many(kPlacedPages + 1, page);
  EXPECT_EQ(find_places("một", std::vector<PageWords>(kPlacedPages, page)).size(), kPlacedPages);
  EXPECT_EQ(find_places("một", many).size(), kPlacedPages);
}

TEST(Places, PlacesOutsideThePageAndPagesWithoutSizeAreBounded) {
  PageWords page{0, 0, {{-50, -50, 9000, 9000, "xa"}}};
  const auto places = find_places("xa", {page});
  ASSERT_EQ(places[0].words.size(), 1U);
  EXPECT_LE(places[0].words[0].x1, 10'000);
}

TEST(Places, TheyTravelAsANode) {
  PageWords page = empty_page();
  print(page, 80, 80, {"Kính", "gửi:"});
  const auto places = find_places("Kính gửi:", {page});
  const auto back = places_from(to_node(places));
  ASSERT_EQ(back.size(), 1U);
  ASSERT_EQ(back[0].words.size(), 2U);
  EXPECT_EQ(back[0].words[1].from, places[0].words[1].from);
  EXPECT_EQ(back[0].words[1].x1, places[0].words[1].x1);
  EXPECT_EQ(back[0].width, 600);
}

}  // namespace
}  // namespace khien
