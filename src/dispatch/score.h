// How well an order was compiled, against an annotation:
//   {number, symbol, issuer, parent, place, date, subject, legal_basis, recipients, deadline,
//    contacts_present, guide,
//    measures: [{id, text_start, kinds|controls: [..], parameters|params: {..}}]}
// Older parameter names are mapped. In annotations older than the rule book (no `guide`) the kinds
// that are newer than them are not scored. Kinds are compared without other.manual; a parameter
// counts for any kind of its measure; unnumbered contact lines count neither way. A head field
// counts when the annotation or the compiler gives it. Used by bench/dispatch_score and the tests.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/node.h"
#include "dispatch/vocabulary.h"
#include "store/order.h"

namespace khien {

// White space collapsed, with the place of every code point in the original: where an annotation's
// text_start stands.
struct SqueezedText {
  std::u32string text;
  std::vector<std::uint32_t> place;
  explicit SqueezedText(std::u32string_view original);
};

struct ScoreCount {
  int hit = 0;
  int found = 0;
  int wanted = 0;
  void operator+=(const ScoreCount& o) {
    hit += o.hit;
    found += o.found;
    wanted += o.wanted;
  }
  [[nodiscard]] double f1() const {
    return found + wanted == 0 ? 1 : 2.0 * hit / (found + wanted);
  }
};

struct Score {
  ScoreCount segments;
  ScoreCount kinds;
  int parameters_right = 0;
  int parameters = 0;
  int parameters_extra = 0;
  int head_right = 0;
  int head = 0;
  std::map<std::string, ScoreCount> by_kind;
  // What was missing and what stood in its place; "" for nothing.
  std::map<std::pair<std::string, std::string>, int> confused;
  std::vector<std::pair<double, bool>> sure;  // what was printed as confidence, and was it right
  void operator+=(const Score& o);
  std::vector<std::string> errors;
};

[[nodiscard]] Score score_order(const Vocabulary& vocabulary, const Order& order,
                                const Node& truth);
// The fields of the head alone; score_order() adds it in.
void score_head(const Dispatch& found, const Node& truth, Score& score);

}  // namespace khien
