// Example clauses: content/measures/examples/*.yaml, what an officer reads and extends.
//   - {text: "Khóa tài khoản của người đã nghỉ việc.", kinds: [account.leavers], role: measure}
// kinds: the main one first; none (or other.manual) where nothing of our kinds is ordered: such
// near-misses teach as much as the rest. role: what the sentence is in its paper.
// `own.yaml` in an overlay holds the corrections of this agency (dispatch/corrections.h).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/content.h"
#include "base/error.h"
#include "dispatch/features.h"
#include "dispatch/vocabulary.h"

namespace khien {

enum class SentenceRole { measure, background, heading, purpose, closing, contact, other };
inline constexpr std::size_t kRoles = 7;
[[nodiscard]] const char* to_string(SentenceRole role);

struct Example {
  std::string text;
  std::vector<int> kinds;  // in vocabulary.kinds()
  SentenceRole role = SentenceRole::measure;
  bool own = false;        // of this agency
};

inline constexpr std::string_view kOwnExamples = "measures/examples/own.yaml";

// All files, or one of them. K0330 names a kind that does not exist, with its line.
[[nodiscard]] Result<std::vector<Example>> load_examples(const Content& content,
                                                         const Vocabulary& vocabulary);
[[nodiscard]] Result<std::vector<Example>> load_examples(const Content& content,
                                                         const Vocabulary& vocabulary,
                                                         const std::string& path);

// Cosine of the words of two clauses, heading and paper left aside; 1: the same words.
[[nodiscard]] double likeness(const std::vector<Feature>& a, const std::vector<Feature>& b);

// The example of a kind that is most like a clause, for the explanation.
class Nearest {
 public:
  explicit Nearest(std::vector<Example> examples) : examples_(std::move(examples)) {}
  // Null when none shares more than a few words.
  [[nodiscard]] const Example* find(int kind, std::string_view text);

 private:
  std::vector<Example> examples_;
  std::vector<std::vector<Feature>> features_;  // made when first asked for
};

}  // namespace khien
