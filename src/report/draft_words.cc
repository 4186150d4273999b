// Parameters of the password kinds as words; nothing is assumed where the order is silent.
#include "report/draft_words.h"

#include <algorithm>

#include "report/words.h"

namespace khien::report {

std::int64_t stated_length(const Ordered& o) {
  const std::int64_t n = stated(o, "account.password_policy", "min_length").integer();
  return n > 0 && n <= 256 ? n : 0;
}

std::string classes_words(const Ordered& o, const Texts& texts) {
  const std::vector<std::string> wanted =
      stated(o, "account.password_policy", "classes").texts();
  const auto has = [&](const char* name) {
    return std::find(wanted.begin(), wanted.end(), name) != wanted.end();
  };
  std::vector<std::string> words;
  const bool cased = has("upper") || has("lower");  // then "letter" says nothing more
  for (const char* name : {"upper", "lower", "letter", "digit", "special"}) {
    if (!has(name) || (cased && std::string_view(name) == "letter")) continue;
    words.push_back(texts(std::string("draft.classes.") + name));
  }
  if (words.empty()) return "";
  std::string out = words.front();
  for (std::size_t i = 1; i < words.size(); ++i) {
    out = i + 1 == words.size()
              ? texts("draft.classes.and", {{"list", out}, {"last", words[i]}})
              : out + ", " + words[i];
  }
  return out;
}

std::string rotation_words(const Ordered& o, const Texts& texts) {
  const std::string age = stated(o, "account.password_rotation", "max_age").text();
  return parse_period(age) ? texts.period(age) : std::string();
}

}  // namespace khien::report
