// Words worth trying for one account, likeliest first, and the shipped list, made from rules.
#pragma once

#include <string>
#include <vector>

#include "base/error.h"
#include "base/node.h"
#include "engine/password/types.h"

namespace khien::password {

// content/words/passwords.yaml as it came; field names as there.
struct WordRules {
  std::vector<std::string> words;         // as they are
  std::vector<std::string> roots;         // with each ending, in three writings
  std::vector<std::string> rare_words, rare_roots;  // after those
  std::vector<std::string> endings;
  std::vector<std::string> name_endings;  // after names and log-ins, likeliest first
  std::vector<std::string> code_endings;  // after the short name of an agency
  std::vector<std::string> code_rare_endings;  // ... in the wide reach
  std::vector<std::string> mobile_prefixes;  // of ten digits, for fast digests
  int first_year = 2015;                  // years as endings up to the year of the test
};
[[nodiscard]] Result<WordRules> word_rules(const Node& node, std::string_view place);

enum class Reach { likely, wide, widest };
// `likely`: some 70 words, for slow schemes too. `wide`: some hundreds more, without the likely.
// `widest`, of codes alone: some hundreds beyond both, for digests that are fast.
[[nodiscard]] std::vector<Word> personal_words(const Subject& subject, const WordRules& rules,
                                               int year, Reach reach);
[[nodiscard]] std::vector<Word> code_words(const std::string& code, const WordRules& rules,
                                           int year, Reach reach);
[[nodiscard]] std::vector<Word> own_list(const WordRules& rules, int year);
// Every day of the last eighty years as people write it: for fast digests, where whose it is does
// not matter.
[[nodiscard]] std::vector<Word> date_list(int year);

// Short names an agency goes by in log-ins: "hanhpb.stp", "hanhpb_stp@...", "stp-srv1" -> "stp".
[[nodiscard]] std::vector<std::string> codes_of_login(const std::string& login);
// The log-in without them: "hanhpb".
[[nodiscard]] std::string base_of_login(const std::string& login);
// A short name as people write its syllables: "somau" -> "SoMau"; as it is for fewer than two.
[[nodiscard]] std::string by_syllables(const std::string& code);
// "Sở Tư pháp tỉnh Mẫu" -> "stp"; the words after "tỉnh", "thành phố", "huyện" are the place.
[[nodiscard]] std::string initials_of_agency(const std::string& name);

struct Policy {
  std::size_t min_length = 9;
  bool digit = true, letter = true, special = true, upper = false, lower = false;
};
[[nodiscard]] bool breaks_policy(std::string_view word, const Policy& policy);

}  // namespace khien::password
