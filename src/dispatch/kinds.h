// The kinds of one clause: what phrases say, what the trained model says, and the verdict of both
// with a probability. Also used by the trainer, so that it sees what the compiler sees.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "dispatch/anatomy.h"
#include "dispatch/examples.h"
#include "dispatch/features.h"
#include "dispatch/model.h"
#include "dispatch/vocabulary.h"
#include "store/order.h"

namespace khien {

struct PhraseKind {
  int kind = 0;              // in vocabulary.kinds()
  double confidence = 0;
  std::vector<Hit> hits;
};

// Kinds whose phrases fired and were not vetoed, by kind. `clause` and `document` are hits.
[[nodiscard]] std::vector<PhraseKind> kinds_by_phrases(const Vocabulary& vocabulary,
                                                       const std::vector<Token>& tokens,
                                                       const std::vector<Hit>& clause,
                                                       const std::vector<Hit>& document);

// Kinds that whoever is named so is ordered (`actors` of a kind).
[[nodiscard]] std::set<int> kinds_by_actor(const Vocabulary& vocabulary, std::string_view actor,
                                           bool bare);

// "Các doanh nghiệp viễn thông:": what stands under it is ordered of a telecom firm. So is what
// names nobody in a paper sent to such firms only, unless it merely asks to report or to call.
void add_kinds_of_actor(const Vocabulary& vocabulary, const std::vector<std::string>& recipients,
                        bool bare, Measure& measure);

// The text a clause is read in.
struct Place {
  std::u32string_view clean;
  const std::vector<Token>* tokens = nullptr;
  const std::vector<Hit>* hits = nullptr;  // of the clause
  std::uint32_t begin = 0;   // the clause, code points
  std::uint32_t end = 0;
  std::u32string_view heading;
  std::u32string_view subject;
};
// The words of the clauses above, nearest first.
[[nodiscard]] std::u32string heading_above(const Anatomy& anatomy, const Clause& clause);

// Of clause `index`.
[[nodiscard]] Shape shape_of(const Anatomy& anatomy, std::size_t index);
// What the model is shown: the whole clause, then each of its parts.
[[nodiscard]] std::vector<ClauseView> views_of(const Vocabulary& vocabulary, const Place& place,
                                               const std::vector<PhraseKind>& phrases);

struct Sight {                   // of one clause; empty without a model
  std::vector<float> margins;    // a column each: of kinds, the best of the whole and its parts
  std::vector<float> rival;      // of a kind: the strongest margin of the others
  std::vector<int> part;         // where it was best: -1 the whole, else the part
  std::vector<float> whole;      // of the whole clause
  std::vector<float> lead;       // how far a kind is before all others in it; negative: behind
  std::vector<float> in_part;    // the same of the part that says it best; the whole, without parts
  std::vector<float> part_lead;
  std::size_t views = 0;         // the whole and its parts
  bool heading = false;          // speaks like a heading more than like an order
};
// A part counts a little less than the whole.
inline constexpr float kPartHandicap = 0.2F;
[[nodiscard]] Sight merge(const std::vector<std::vector<float>>& margins,
                          const std::vector<std::string>& columns);
[[nodiscard]] Sight look(const KindModel& model, const std::vector<ClauseView>& views);
// Of the kind of a column. `spoken`: a phrase of some kind fired.
[[nodiscard]] Signs signs_of(const Sight& sight, std::size_t column, bool fired, bool spoken,
                             const Shape& shape);

struct FoundKind {
  int kind = 0;
  double confidence = 0;
  std::vector<Hit> hits;         // empty when no phrase says so
  int part = -1;
};
// Every kind at or above the threshold, the surest first. Without a model: what phrases say.
[[nodiscard]] std::vector<FoundKind> judge(const Vocabulary& vocabulary, const Sight& sight,
                                           const Shape& shape, std::vector<PhraseKind> phrases);

[[nodiscard]] std::string role_column(SentenceRole role);

}  // namespace khien
