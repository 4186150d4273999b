// English after a number: every text in which one stands is rendered with 0, 1 and 2, and nouns and
// verbs agree with it. Vietnamese has no plural and needs none of this.
#include <gtest/gtest.h>

#include <optional>
#include <regex>
#include <set>
#include <sstream>

#include "base/texts_testing.h"

namespace khien {
namespace {

using Words = std::vector<std::string>;
using WordSet = std::set<std::string>;

std::vector<std::smatch> matches(const std::string& text, const std::regex& what) {
  std::vector<std::smatch> out;
  for (std::sregex_iterator it(text.begin(), text.end(), what), end; it != end; ++it) {
    out.push_back(*it);
  }
  return out;
}

Words words_of(const std::string& text) {
  std::istringstream in(text);
  Words out;
  for (std::string word; in >> word;) out.push_back(word);
  return out;
}

// Arguments that are counts: those a text of either language prints as a number, and what is one by
// its name.
WordSet counts_of(const std::string& id, const Texts& vi, const Texts& en) {
  static const std::regex typed(R"(\{(\w+), (?:number|plural))");
  WordSet out = {"n", "count", "fail", "total"};
  for (const Texts* texts : {&vi, &en}) {
    const auto at = texts->patterns().find(id);
    if (at == texts->patterns().end()) continue;
    for (const std::smatch& m : matches(at->second, typed)) out.insert(m[1]);
  }
  return out;
}

Args args_of(const std::string& pattern, const WordSet& counts, std::int64_t n) {
  static const std::regex named(R"(\{(\w+)[,}])");
  Args out;
  for (const std::smatch& m : matches(pattern, named)) {
    const std::string name = m[1];
    if (counts.contains(name)) out[name] = n;
    else out.emplace(name, std::string("Xx"));
  }
  return out;
}

// What a number counts, from "one {# leaked account} other {# leaked accounts}": the first word in
// which the two differ.
struct Nouns {
  WordSet one, other;
  explicit Nouns(const Texts& en) {
    static const std::regex form(R"(one \{# ([^{}]*)\} other \{# ([^{}]*)\})");
    const WordSet verbs = {"is", "has", "was", "does", "waits", "meets"};
    for (const auto& [id, pattern] : en.patterns()) {
      for (const std::smatch& m : matches(pattern, form)) {
        const Words a = words_of(m[1]);
        const Words b = words_of(m[2]);
        std::size_t i = 0;
        while (i < std::min(a.size(), b.size()) && a[i] == b[i]) ++i;
        if (i == std::min(a.size(), b.size()) || verbs.contains(a[i])) continue;
        one.insert(a[i]);
        other.insert(b[i]);
      }
    }
  }
  struct Found {
    bool plural = false;
    std::size_t at = 0;
  };
  // The noun that the number before these words counts, within three of them: "domain accounts".
  [[nodiscard]] std::optional<Found> counted(const Words& words) const {
    static const WordSet ends = {"of", "in", "with", "is", "are", "has", "have", "was", "were"};
    for (std::size_t i = 0; i < std::min<std::size_t>(words.size(), 3); ++i) {
      if (other.contains(words[i])) return Found{true, i};
      const bool more = i + 1 < words.size() && (one.contains(words[i + 1]) ||
                                                 other.contains(words[i + 1]));
      if (one.contains(words[i]) && !more) return Found{false, i};
      if (ends.contains(words[i])) return std::nullopt;
    }
    return std::nullopt;
  }
};

class Counted : public ::testing::Test {
 protected:
  const Texts vi = texts_of("vi");
  const Texts en = texts_of("en");
  const Nouns nouns{en};

  [[nodiscard]] bool agrees(const std::string& text, std::int64_t n) const {
    static const WordSet of_one = {"is", "was", "has", "does"};
    static const WordSet of_other = {"are", "were", "have", "do"};
    const std::regex number("(^|[^\\w.,/])" + std::to_string(n) + " ([A-Za-z][A-Za-z -]*)");
    for (const std::smatch& m : matches(text, number)) {
      const Words words = words_of(m[2]);
      const auto found = nouns.counted(words);
      if (!found) continue;
      if (found->plural == (n == 1)) return false;
      std::size_t verb = found->at + 1;
      if (verb < words.size() && words[verb] == "of") verb += 2;
      if (verb < words.size() && (n == 1 ? of_other : of_one).contains(words[verb])) return false;
    }
    return true;
  }
};

TEST_F(Counted, EveryEnglishSentenceAgreesWithNoneOneAndTwo) {
  int texts = 0;
  for (const auto& [id, pattern] : en.patterns()) {
    if (pattern.find('{') == pattern.npos || id.starts_with("error.")) continue;
    const WordSet counts = counts_of(id, vi, en);
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
  static const std::regex bare(R"(\{(\w+)(?:, number)?\} ([a-z][a-z -]*))");
  for (const auto& [id, pattern] : en.patterns()) {
    const WordSet counts = counts_of(id, vi, en);
    for (const std::smatch& m : matches(pattern, bare)) {
      const bool chosen = pattern.find("{" + m[1].str() + ", plural") != pattern.npos;
      if (chosen || !counts.contains(m[1])) continue;
      const auto found = nouns.counted(words_of(m[2]));
      EXPECT_FALSE(found && found->plural) << id << ": " << pattern;
    }
  }
}

TEST_F(Counted, TheCheckItselfTellsWrongFromRight) {
  EXPECT_GT(nouns.other.size(), 50U);
  EXPECT_TRUE(agrees("1 of 1 account is locked", 1));
  EXPECT_FALSE(agrees("Lock 1 accounts now", 1));
  EXPECT_FALSE(agrees("1 domain accounts", 1));
  EXPECT_TRUE(agrees("1 domain account", 1));
  EXPECT_FALSE(agrees("1 account are locked", 1));
  EXPECT_FALSE(agrees("1 account of leavers are locked", 1));
  EXPECT_TRUE(agrees("Lock 2 domain accounts now", 2));
  EXPECT_FALSE(agrees("2 of 2 account are", 2));
  EXPECT_FALSE(agrees("2 accounts has", 2));
  EXPECT_TRUE(agrees("0 machines are old", 0));
}

// A Vietnamese text takes a number of the paper as words ("05"), which choose no form.
TEST_F(Counted, VietnameseSentencesOfThePaperChooseNoForm) {
  for (const auto& [id, pattern] : vi.patterns()) {
    if (!id.starts_with("paper.")) continue;
    EXPECT_EQ(pattern.find(", plural"), pattern.npos) << id;
    EXPECT_EQ(pattern.find("{fail,"), pattern.npos) << id;
  }
}

}  // namespace
}  // namespace khien
