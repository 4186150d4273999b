// Dates as PowerShell exports them: in the order of the machine's region, 11/18/2026 8:00:00 AM or
// 18/11/2026 08:00:00. One date with a number over 12 shows the order of the whole file; a file
// without one is not guessed at.
#pragma once

#include <optional>
#include <string_view>

#include "format/table/dates.h"

namespace khien {

class DateOrder {
 public:
  void see(std::string_view cell);  // every date of the file, before the first read()
  // Years 1990-2199. nullopt: no date, or its order is not known (12/12/2026 is read anyway).
  [[nodiscard]] std::optional<Moment> read(std::string_view cell) const;
  [[nodiscard]] bool conflicting() const { return day_first_ && month_first_; }

 private:
  bool day_first_ = false;
  bool month_first_ = false;
};

}  // namespace khien
