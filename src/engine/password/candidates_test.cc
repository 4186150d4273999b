// Words made of short names. Everybody is invented.
#include "engine/password/candidates.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace khien::password {
namespace {

TEST(Syllables, AShortNameIsWrittenAsPeopleSayIt) {
  EXPECT_EQ(by_syllables("xamau"), "XaMau");
  EXPECT_EQ(by_syllables("phapluat"), "PhapLuat");
  EXPECT_EQ(by_syllables("tinhlangmau"), "TinhLangMau");
  EXPECT_EQ(by_syllables("phuongdong"), "PhuongDong");
  for (const char* none : {"", "x", "mau", "tdoffice", "xm", "web01"}) {
    EXPECT_EQ(by_syllables(none), none);
  }
  EXPECT_EQ(by_syllables(std::string(25, 'a')), std::string(25, 'a'));
}

bool holds(const std::vector<Word>& words, const std::string& text) {
  return std::any_of(words.begin(), words.end(),
                     [&](const Word& w) { return w.text == text; });
}

TEST(CodeWords, AreWrittenAsPeopleDoAndReachFartherOnFastDigests) {
  WordRules rules;
  rules.code_endings = {"@123"};
  rules.code_rare_endings = {"$99"};
  const auto likely = code_words("XaMau", rules, 2026, Reach::likely);
  for (const char* word : {"Xamau@123", "XaMau@123", "xamau@123", "Xamau@2026"}) {
    EXPECT_TRUE(holds(likely, word)) << word;
  }
  const auto wide = code_words("XaMau", rules, 2026, Reach::wide);
  const auto widest = code_words("XaMau", rules, 2026, Reach::widest);
  EXPECT_TRUE(holds(wide, "XAMAU@2025"));
  for (const char* word : {"Xamau", "Xamau#2024", "Xamau@2026!", "XaMau$99", "Mau@2024",
                           "Tinhmau@2023", "TinhMau#2025"}) {
    EXPECT_TRUE(holds(widest, word)) << word;
    EXPECT_FALSE(holds(wide, word)) << word;
  }
  EXPECT_FALSE(holds(widest, "Xamau@123")) << "each word once";
  EXPECT_TRUE(holds(code_words("TDMau", rules, 2026, Reach::likely), "TDMau@123"));
}

TEST(PersonalWords, KnowTheIdAndThePhone) {
  WordRules rules;
  rules.name_endings = {"@123"};
  Subject subject;
  subject.login = "an.lt";
  subject.full_name = "Lý Thị An";
  subject.phone = "0900 000 123";
  subject.birth_on = "1990-02-01";
  subject.staff_id = "CB17";
  const auto words = personal_words(subject, rules, 2026, Reach::wide);
  for (const char* word : {"Cb17@123", "CB17@123", "An@0900000123", "An1990@"}) {
    EXPECT_TRUE(holds(words, word)) << word;
  }
}

TEST(PersonalWords, HoldTheNameAsItIsWrittenAndWhereItsHolderIs) {
  WordRules rules;
  Subject subject;
  subject.login = "hoapt";
  subject.full_name = "Phạm  Thị Hoa";
  subject.codes = {"xamau"};
  subject.more_codes = {"motcua.xamau.test"};
  const auto words = personal_words(subject, rules, 2026, Reach::wide);
  for (const char* word : {"pham thi hoa", "Pham Thi Hoa", "Phạm Thị Hoa", "PhạmThịHoa",
                           "PhamThiHoa@123", "hoapt@xamau", "Hoa.Xamau", "hoapt_xamau",
                           "hoaptmotcuaxamautest"}) {
    EXPECT_TRUE(holds(words, word)) << word;
  }
  const auto near = personal_words(subject, rules, 2026, Reach::likely);
  EXPECT_FALSE(holds(near, "pham thi hoa")) << "slow digests have time for few";
}

}  // namespace
}  // namespace khien::password
