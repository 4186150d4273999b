// What the person in front of the machine reads at the end: a dozen lines and what was not read.
// It repeats facts and judges nothing: the assessment does.
#pragma once

#include <string>

#include "store/facts.h"
#include "windows/words.h"

namespace khien::windows {

[[nodiscard]] std::string summary(const Collection& facts, const FactSchema& schema,
                                  const Words& words, const std::string& today);

}  // namespace khien::windows
