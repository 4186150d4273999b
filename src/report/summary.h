// What `khien assess` prints on a terminal: a head line per order, one aligned row per measure,
// what could not be checked and why, what to do first. Plain text, readable without colour.
#pragma once

#include <string>
#include <vector>

#include "base/texts.h"
#include "store/model.h"

namespace khien::report {

// width: columns of the terminal; below 60 reads as 60, above 200 as 200.
[[nodiscard]] std::string summary(const Assessment& assessment, const Texts& texts, int width);

// Breaks at spaces into lines of at most `columns` (display columns); a longer word is cut.
[[nodiscard]] std::vector<std::string> wrap(std::string_view text, std::size_t columns);

}  // namespace khien::report
