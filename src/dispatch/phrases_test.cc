// The phrase language and its matcher.
#include "dispatch/phrases.h"

#include <gtest/gtest.h>

#include "base/text.h"
#include "dispatch/errors.h"

namespace khien {
namespace {

int phrase_hits(std::string_view phrase, std::string_view text, bool bare = false) {
  Phrases phrases;
  EXPECT_TRUE(phrases.add(phrase, 1, {{"pw", "mật khẩu|password"}}, "test"));
  const std::u32string wide = to_u32(nfc(text));
  const auto tokens = phrases.tokenize(wide);
  return static_cast<int>(phrases.find(tokens, 0, tokens.size(), bare).size());
}

std::string phrase_error(std::string_view phrase) {
  Phrases phrases;
  const auto done = phrases.add(phrase, 1, {{"loop", "{loop}"}}, "test");
  return done ? "" : done.error().code;
}

TEST(Phrases, WordsMatchWhateverTheirCaseAndTonePlacement) {
  EXPECT_EQ(phrase_hits("vô hiệu hóa", "Vô Hiệu Hoá tài khoản"), 1);
  EXPECT_EQ(phrase_hits("ký số", "kí số"), 1);
}
TEST(Phrases, PunctuationBetweenWordsDoesNotCount) {
  EXPECT_EQ(phrase_hits("tài khoản mật khẩu", "tài khoản, “mật khẩu”"), 1);
  EXPECT_EQ(phrase_hits("24/7", "trực 24/7."), 1);
}
TEST(Phrases, AlternativesOptionsAndGroupsMatch) {
  EXPECT_EQ(phrase_hits("[đổi|thay đổi] {pw}", "thay đổi password"), 2);
  EXPECT_EQ(phrase_hits("đổi ngay? {pw}", "đổi mật khẩu"), 1);
  EXPECT_EQ(phrase_hits("đổi [ngay|liền]? {pw}", "đổi liền mật khẩu"), 1);
  EXPECT_EQ(phrase_hits("đổi ngay? {pw}", "đổi luôn mật khẩu"), 0);
}
TEST(Phrases, GapHoldsAtItsLimitAndNotOneWordMore) {
  EXPECT_EQ(phrase_hits("đổi ~2 khẩu", "đổi một hai khẩu"), 1);
  EXPECT_EQ(phrase_hits("đổi ~2 khẩu", "đổi một hai ba khẩu"), 0);
  EXPECT_EQ(phrase_hits("đổi ~ khẩu", "đổi một hai ba bốn khẩu"), 1);
  EXPECT_EQ(phrase_hits("đổi ~ khẩu", "đổi một hai ba bốn năm khẩu"), 0);
}
TEST(Phrases, NoPhraseRunsOverTheEndOfASentence) {
  EXPECT_EQ(phrase_hits("đổi ~5 khẩu", "đổi. Mật khẩu"), 0);
  EXPECT_EQ(phrase_hits("đổi ~5 khẩu", "đổi; mật khẩu"), 0);
  EXPECT_EQ(phrase_hits("đổi ~5 khẩu", "đổi 1.2 khẩu"), 1);
}
TEST(Phrases, NumberCarriesItsValue) {
  Phrases phrases;
  ASSERT_TRUE(phrases.add("ít nhất # ký tự", 7, {}, "test"));
  const auto tokens = phrases.tokenize(U"ít nhất 09 ký tự");
  const auto hits = phrases.find(tokens, 0, tokens.size(), false);
  ASSERT_EQ(hits.size(), 1u);
  EXPECT_EQ(hits[0].number, 9);
  EXPECT_EQ(hits[0].owner, 7);
}
TEST(Phrases, LostMarksMatchOnlyInBareTextOrAsAQuarterOfTheWords) {
  EXPECT_EQ(phrase_hits("đổi mật khẩu", "doi mat khau"), 0);
  EXPECT_EQ(phrase_hits("đổi mật khẩu", "doi mat khau", true), 1);
  EXPECT_EQ(phrase_hits("phối hợp với đội", "phôi hợp với đội"), 1);
  EXPECT_EQ(phrase_hits("phối hợp với", "phôi hợp với"), 0);
}
TEST(Phrases, MalformedPhrasesAreRefused) {
  EXPECT_EQ(phrase_error("[đổi|thay"), err::phrase_invalid);
  EXPECT_EQ(phrase_error("đổi]"), err::phrase_invalid);
  EXPECT_EQ(phrase_error("đổi | thay"), err::phrase_invalid);
  EXPECT_EQ(phrase_error("~3 khẩu"), err::phrase_invalid);
  EXPECT_EQ(phrase_error("[định]?"), err::phrase_invalid);
  EXPECT_EQ(phrase_error("đổi ~41 khẩu"), err::phrase_invalid);
  EXPECT_EQ(phrase_error("đổi ~40 khẩu"), "");
  EXPECT_EQ(phrase_error("{nobody}"), err::macro_unknown);
  EXPECT_EQ(phrase_error("{loop}"), err::macro_unknown);
}
TEST(Phrases, TheFirstAlternativeThatFitsCountsOnce) {
  EXPECT_EQ(phrase_hits("[đổi|đổi ngay|đổi ngay lập tức] ~3 khẩu", "đổi ngay mật khẩu"), 1);
  EXPECT_EQ(phrase_hits("[mật|mật mã] [khẩu|mã]", "mật khẩu"), 1);
}
TEST(Phrases, APhraseThatRunsOutOfStepsSaysSo) {
  Phrases phrases;
  ASSERT_TRUE(phrases.add("đổi ~40 đổi ~40 đổi ~40 khẩu", 1, {}, "test"));
  std::u32string text;
  for (int i = 0; i < 130; ++i) text += U"đổi ";
  const auto tokens = phrases.tokenize(text);
  bool cut = false;
  EXPECT_TRUE(phrases.find(tokens, 0, tokens.size(), false, &cut).empty());
  EXPECT_TRUE(cut);
  cut = false;
  (void)phrases.find(tokens, 0, 3, false, &cut);
  EXPECT_FALSE(cut);
}
TEST(Phrases, HostileTextIsMatchedInBoundedSteps) {
  std::string text;
  for (int i = 0; i < 20'000; ++i) text += "đổi ";
  EXPECT_EQ(phrase_hits("đổi ~40 đổi ~40 đổi ~40 khẩu", text), 0);
}

}  // namespace
}  // namespace khien
