// The steps of a drawn path, for printers that draw them one by one.
#pragma once

#include <string_view>
#include <vector>

namespace khien::report {

struct Step {
  char kind = 'M';            // M, L, C or Z
  std::vector<double> at;     // x, y of each point: one, one, three, none
};
// Anything else than M, L, C, Z and their numbers ends the path there.
[[nodiscard]] std::vector<Step> steps_of(std::string_view path);

}  // namespace khien::report
