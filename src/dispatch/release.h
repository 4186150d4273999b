// What a clause takes back: a duty that is lifted ("không phải báo cáo"), an order repealed ("bãi
// bỏ"), an act stopped or forbidden ("tạm dừng cài đặt"), or one that is only told ("Sở đã cài
// đặt"). The kinds such words govern are no orders. The words are data: `release`, `refusal` and
// `fact` of content/measures/words.yaml, and `forbids` of the kinds that forbid by nature.
#pragma once

#include <string>
#include <vector>

#include "dispatch/kinds.h"
#include "dispatch/parameters.h"

namespace khien {

struct TakenBack {
  std::string words;      // that took a kind back; "" when none was
  bool told = false;      // all that was taken is only told
};

// Takes out of `kinds` what the clause takes back or only tells. A point without a number under a
// line that leads to demands states what is to be so, and tells nothing.
[[nodiscard]] TakenBack take_back(const ClauseText& text, const Clause& clause,
                                  std::vector<FoundKind>& kinds);

}  // namespace khien
