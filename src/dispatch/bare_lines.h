// Short lines without a number, a dash or a full stop: headings, or a list of commands.
#pragma once

#include <vector>

#include "dispatch/parameters.h"

namespace khien {

struct BareLine {
  const Clause* clause = nullptr;
  const ClauseText* text = nullptr;
  bool kinds = false;          // a kind was found in it
};

// For each clause: is it one of a list of bare commands? A heading stands above what it heads; two
// such lines with nothing under them, or a last one, head nothing.
[[nodiscard]] std::vector<bool> bare_commands(const std::vector<BareLine>& clauses);

}  // namespace khien
