// English after a number: every text in which one stands is rendered with 0, 1 and 2, and nouns and
// verbs agree with it. Vietnamese has no plural and needs none of this.
#include <gtest/gtest.h>

#include <regex>
#include <set>

#include "base/texts.h"

namespace khien {
namespace {

using Words = std::set<std::string>;

Texts texts_of(std::string_view lang) {
  static const auto content = Content::open(built_in_content());
  auto texts = Texts::load(*content, lang);
  EXPECT_TRUE(texts);
  return *texts;
}

// Arguments that are counts: those a text of either language prints as a number, and what is always
// one by its name.
Words counts_of(const std::string& id, const Texts& vi, const Texts& en) {
  static const std::regex typed(R"(\{(\w+), (?:number|plural))");
  Words out = {"n", "count", "fail", "total"};
  for (const Texts* texts : {&vi, &en}) {
    const auto at = texts->patterns().find(id);
    if (at == texts->patterns().end()) continue;
    const std::string& words = at->second;
    for (std::sregex_iterator it(words.begin(), words.end(), typed), end; it != end; ++it) {
      out.insert((*it)[1]);
    }
  }
  return out;
}

Args args_of(const std::string& pattern, const Words& counts, std::int64_t n) {
  static const std::regex named(R"(\{(\w+)[,}])");
  Args out;
  for (std::sregex_iterator it(pattern.begin(), pattern.end(), named), end; it != end; ++it) {
    const std::string name = (*it)[1];
    if (counts.contains(name)) out[name] = n;
    else out.emplace(name, std::string("Xx"));
  }
  return out;
}

// The last word of each branch "one {# leaked account}", "other {# leaked accounts}".
Words counted_nouns(const Texts& en, const char* branch) {
  const std::regex form(std::string(branch) + R"( \{# (?:[\w-]+ )*([a-z]+)\})");
  const Words verbs = {"is", "are", "has", "have", "was", "were"};
  Words out;
  for (const auto& [id, pattern] : en.patterns()) {
    for (std::sregex_iterator it(pattern.begin(), pattern.end(), form), end; it != end; ++it) {
      if (!verbs.contains((*it)[1])) out.insert((*it)[1]);
    }
  }
  return out;
}

std::string any_of(const Words& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : "|") + word;
  return "(?:" + out + ")";
}

struct Agreement {
  std::regex noun;  // after the number
  std::regex verb;  // after the noun
};

// wrong: nouns of the other number; right: of this one.
Agreement wrong_after(const std::string& number, const Words& wrong, const Words& right,
                      const char* verbs) {
  const std::string start = R"((?:^|[^\d.,])\b)" + number + " (?:[A-Za-z-]+ ){0,2}?";
  return {std::regex(start + any_of(wrong) + R"(\b)"),
          std::regex(start + any_of(right) + R"((?: of \w+)? (?:)" + verbs + R"()\b)")};
}

class Counted : public ::testing::Test {
 protected:
  const Texts vi = texts_of("vi");
  const Texts en = texts_of("en");

  bool agrees(const std::string& text, std::int64_t n) const {
    static const Words one = counted_nouns(en, "one");
    static const Words other = counted_nouns(en, "other");
    static const Agreement single = wrong_after("1", other, one, "are|were|have|do");
    static const Agreement several = wrong_after("[02]", one, other, "is|was|has|does");
    const Agreement& wrong = n == 1 ? single : several;
    return !std::regex_search(text, wrong.noun) && !std::regex_search(text, wrong.verb);
  }
};

TEST_F(Counted, EveryEnglishSentenceAgreesWithNoneOneAndTwo) {
  int texts = 0;
  for (const auto& [id, pattern] : en.patterns()) {
    const Words counts = counts_of(id, vi, en);
    if (pattern.find('{') == pattern.npos || id.starts_with("error.")) continue;
    ++texts;
    for (const std::int64_t n : {0, 1, 2}) {
      const std::string text = en(id, args_of(pattern, counts, n));
      EXPECT_EQ(text.find("⟦"), text.npos) << id << " with " << n << ": " << text;
      EXPECT_TRUE(agrees(text, n)) << id << " with " << n << ": " << text;
    }
  }
  EXPECT_GT(texts, 500);
}

// "{n} accounts" has no form for one: the noun belongs into {n, plural, ...}, or before a colon.
TEST_F(Counted, NoNounStandsBehindABareNumber) {
  static const std::regex bare(R"(\{(\w+)(?:, number)?\} ((?:[a-z-]+ ){0,2})([a-z]+)\b)");
  const Words nouns = counted_nouns(en, "other");
  for (const auto& [id, pattern] : en.patterns()) {
    const Words counts = counts_of(id, vi, en);
    for (std::sregex_iterator it(pattern.begin(), pattern.end(), bare), end; it != end; ++it) {
      const std::string words = (*it)[2].str() + (*it)[3].str();
      if (!counts.contains((*it)[1])) continue;
      static const std::regex word("[a-z-]+");
      for (std::sregex_iterator w(words.begin(), words.end(), word); w != end; ++w) {
        if (w->str() == "of" || w->str() == "in" || w->str() == "with") break;
        EXPECT_FALSE(nouns.contains(w->str())) << id << ": " << pattern;
      }
    }
  }
}

TEST_F(Counted, TheCheckItselfTellsWrongFromRight) {
  EXPECT_TRUE(agrees("1 of 1 account is locked", 1));
  EXPECT_FALSE(agrees("Lock 1 accounts now", 1));
  EXPECT_FALSE(agrees("1 domain accounts", 1));
  EXPECT_FALSE(agrees("1 account are locked", 1));
  EXPECT_TRUE(agrees("Lock 2 accounts now", 2));
  EXPECT_FALSE(agrees("2 of 2 account are", 2));
  EXPECT_FALSE(agrees("2 accounts has", 2));
  EXPECT_TRUE(agrees("0 machines are old", 0));
}

// Without a language's plural forms in it, a Vietnamese text takes a number as words ("05").
TEST_F(Counted, VietnameseSentencesOfThePaperChooseNoForm) {
  for (const auto& [id, pattern] : vi.patterns()) {
    if (!id.starts_with("paper.")) continue;
    EXPECT_EQ(pattern.find(", plural"), pattern.npos) << id;
    EXPECT_EQ(pattern.find("{fail,"), pattern.npos) << id;
  }
}

}  // namespace
}  // namespace khien
