// How old the facts are that a control judges a machine by. A pass of March says nothing in June:
// facts of a machine older than the control's limit are unknown, with their date. Facts about no
// single machine (lists, registers) carry dates of their own and are not aged here.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "judge/catalog.h"

namespace khien {

class FactsAge {
 public:
  // `period`: ISO 8601, such as P30D; empty: no limit. The day of collection counts as day 0.
  FactsAge(const Control& control, const std::string& period, std::int64_t as_of,
           const std::vector<CollectionRecord>& collections);

  [[nodiscard]] bool any_too_old() const { return !since_.empty(); }
  // Date (YYYY-MM-DD) of the oldest facts of this machine that are too old; "" when none are.
  // `host`: its name, folded.
  [[nodiscard]] std::string too_old_since(const std::string& host) const;

 private:
  std::map<std::string, std::int64_t> since_;
};

}  // namespace khien
