// What an officer corrected becomes examples of this agency, so that the same wording is read right
// the next time (content/measures/examples/own.yaml of the --content folder; Vocabulary::own_like).
#pragma once

#include <string>
#include <string_view>

#include "store/order.h"

namespace khien {

struct Remembered {
  std::string yaml;   // the whole file
  int count = 0;      // corrections that were not in it
};

// `before` and `after` apply_corrections(); `known` is the file as it is, "" when there is none.
[[nodiscard]] Remembered remember(const Order& before, const Order& after,
                                  std::string_view known);

// Warnings that the corrections have answered are taken away.
void settle_warnings(Order& order);

}  // namespace khien
