// How well an order was compiled, against an annotation:
//   {measures: [{id, text_start, kinds|controls: [..], parameters|params: {..}}]}
// Older parameter names are mapped. Kinds newer than the public annotations are not scored; a
// measure of only such kinds counts as other.manual. Used by bench/dispatch_score and the tests.
#pragma once

#include <string>
#include <vector>

#include "base/node.h"
#include "dispatch/vocabulary.h"
#include "store/order.h"

namespace khien {

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
  std::vector<std::string> errors;
};

[[nodiscard]] Score score_order(const Vocabulary& vocabulary, const Order& order,
                                const Node& truth);

}  // namespace khien
