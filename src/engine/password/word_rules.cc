// The rules as content/words states them, days as words, and what a policy asks of a word.
#include <fmt/format.h>

#include "base/calendar.h"
#include "base/text.h"
#include "engine/password/candidates.h"

namespace khien::password {

std::vector<Word> date_list(int year) {
  std::vector<Word> out;
  for (int y = year; y > year - 80; --y) {
    for (int month = 1; month <= 12; ++month) {
      for (int day = 1; day <= days_in_month(y, month); ++day) {
        const auto add = [&](std::string text) {
          out.push_back({std::move(text), Class::dictionary, 0});
        };
        add(fmt::format("{:02}{:02}{:04}", day, month, y));
        add(fmt::format("{:02}{:02}{:02}", day, month, y % 100));
        add(fmt::format("{:04}{:02}{:02}", y, month, day));
        add(fmt::format("{:02}/{:02}/{:04}", day, month, y));
      }
    }
  }
  return out;
}

Result<WordRules> word_rules(const Node& node, std::string_view place) {
  KHIEN_DO(allow_keys(node,
                      {"list", "words", "roots", "rare_words", "rare_roots", "endings",
                       "name_endings", "code_endings", "code_rare_endings", "mobile_prefixes",
                       "first_year"},
                      place));
  WordRules out;
  out.words = node["words"].texts();
  out.roots = node["roots"].texts();
  out.rare_words = node["rare_words"].texts();
  out.rare_roots = node["rare_roots"].texts();
  out.endings = node["endings"].texts();
  out.name_endings = node["name_endings"].texts();
  out.code_endings = node["code_endings"].texts();
  out.code_rare_endings = node["code_rare_endings"].texts();
  out.mobile_prefixes = node["mobile_prefixes"].texts();
  out.first_year = static_cast<int>(node["first_year"].integer(out.first_year));
  return out;
}

bool breaks_policy(std::string_view word, const Policy& policy) {
  bool digit = false, low = false, high = false, special = false;
  for (const unsigned char c : word) {
    if (c >= '0' && c <= '9') digit = true;
    else if (c >= 'a' && c <= 'z') low = true;
    else if (c >= 'A' && c <= 'Z') high = true;
    else if (c < 0x80) special = true;
    else low = true;
  }
  return code_points(word) < policy.min_length || (policy.digit && !digit) ||
         (policy.letter && !low && !high) || (policy.special && !special) ||
         (policy.upper && !high) || (policy.lower && !low);
}

}  // namespace khien::password
