// Lessons for the model of kinds, and the model made of them. Run at build time by
// tools/train_kinds and in folds by bench/dispatch_score.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/content.h"
#include "dispatch/document.h"
#include "dispatch/examples.h"
#include "dispatch/train.h"
#include "dispatch/vocabulary.h"

namespace khien {

inline constexpr std::size_t kModelBytes = 2'000'000;

struct Lesson {
  Sample whole;
  std::vector<std::vector<Feature>> parts;
  std::vector<bool> fired;  // by kind: one of its phrases did
  Shape shape;
  int paper = -1;           // lessons of one paper are learned or tested together
  bool judged = false;      // a measure of a paper: the odds are fitted on it
};

class Lessons {
 public:
  explicit Lessons(const Vocabulary& vocabulary);
  // Examples of content/measures/examples.
  [[nodiscard]] Done add_examples(const Content& content);
  // The measures of the programmes that come along (content/programs).
  [[nodiscard]] Done add_programmes(const Content& content);
  // The clauses of a dispatch and its annotation (dispatch/score.h). K0301, K0311.
  [[nodiscard]] Done add_document(const Document& document, const Node& truth);
  // Every pair NAME.txt, NAME.json of a folder, but those that `skip` names.
  [[nodiscard]] Done add_folder(const std::filesystem::path& folder,
                                const std::vector<std::string>& skip = {});

  [[nodiscard]] std::size_t size() const { return lessons_.size(); }
  // Trains on all, after a cross-validation that fits the probabilities. Deterministic.
  [[nodiscard]] std::string model_bytes() const;

 private:
  const Vocabulary& v_;
  std::vector<std::string> columns_;
  std::vector<Lesson> lessons_;
  int papers_ = 0;
  [[nodiscard]] int role_of(SentenceRole role) const;
  void add_clause(const std::string& utf8, std::vector<int> columns, SentenceRole role);
};

}  // namespace khien
