// Lengths of time in a clause and what each is for: "định kỳ 03 tháng", "trong vòng 05 ngày làm
// việc", "lưu nhật ký tối thiểu 06 tháng", "không đăng nhập quá 90 ngày", "02 lần/năm".
#pragma once

#include <string>
#include <vector>

#include "dispatch/parameters.h"

namespace khien {

struct FoundPeriod {
  enum class Use { plain, every, within, keep, idle };
  Use use = Use::plain;
  int count = 1;               // of the unit; of the shorter end of a range when `keep`
  char unit = 'M';             // H D W M Y
  std::size_t first = 0;       // tokens, both included
  std::size_t last = 0;
  [[nodiscard]] std::string iso() const;  // "P3M"; hours round up to days
};

[[nodiscard]] std::vector<FoundPeriod> find_periods(const ClauseText& clause);

// The period belongs to the work that `own` hits say, not to another ("works" in words.yaml) that
// stands in its own part of the sentence, or in the nearest part before it.
[[nodiscard]] bool is_of(const ClauseText& clause, const FoundPeriod& period,
                         const std::vector<Hit>& own);

}  // namespace khien
