// What people read. Every sentence lives in content/text/<lang>/*.yaml as ICU MessageFormat under
// an id like "verdict.met"; arguments are typed and named. Vietnamese first, English second, both
// complete (a test compares ids and arguments).
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/calendar.h"
#include "base/content.h"
#include "base/error.h"

namespace khien {

// A date prints dd/mm/yyyy in both languages; numbers print with the language's separators; what a
// terminal would obey in a text is shown (visible() in base/text.h), so that no name of a file can
// add a line or turn the writing.
using Arg = std::variant<std::int64_t, double, std::string, Date>;
using Args = std::map<std::string, Arg>;

class Texts {
 public:
  // lang: "vi" or "en".
  [[nodiscard]] static Result<Texts> load(const Content& content, std::string_view lang);

  [[nodiscard]] const std::string& lang() const { return lang_; }
  // The text with its arguments; an unknown id gives "⟦id⟧" (and a test fails).
  [[nodiscard]] std::string operator()(const std::string& id, const Args& args = {}) const;
  [[nodiscard]] bool has(const std::string& id) const { return patterns_.contains(id); }
  [[nodiscard]] const std::map<std::string, std::string>& patterns() const { return patterns_; }
  // "K0001 path: what. What to do." as the user sees it; what a library said in English is said in
  // the user's language (text/<lang>/outside.yaml).
  [[nodiscard]] std::string error(const Error& error) const;
  // "P3M" -> "3 tháng" / "3 months": a period is never printed raw.
  [[nodiscard]] std::string period(std::string_view iso_period) const;
  // 2024-05-01, 2024-05 or 2024 -> "01/05/2024", "tháng 5 năm 2024", "năm 2024".
  [[nodiscard]] std::string date(std::string_view iso_date) const;

 private:
  std::string lang_;
  std::map<std::string, std::string> patterns_;
  // a library's words and ours, longest first
  std::vector<std::pair<std::string, std::string>> outside_;

  [[nodiscard]] Done load_outside(const Content& content);
  // The detail of an error in this language, where it holds words of a library that are known.
  [[nodiscard]] std::string own_words(const std::string& detail) const;
};

}  // namespace khien
