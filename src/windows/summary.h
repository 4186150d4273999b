// What the person at the machine reads in the end. Two texts: what could not be read, however long,
// and a summary that an 80x25 console shows whole, so that it can be printed last.
#pragma once

#include <string>

#include "store/facts.h"
#include "windows/words.h"

namespace khien::windows {

inline constexpr std::size_t kColumns = 79;       // a console of 80 wraps after its last column
inline constexpr std::size_t kSummaryLines = 16;  // beside what is printed around it

// `today` is YYYY-MM-DD, for what has ended.
[[nodiscard]] std::string summary(const Collection& facts, const Words& words,
                                  const std::string& today);
// "" when everything was read.
[[nodiscard]] std::string unread_list(const Collection& facts, const FactSchema& schema,
                                      const Words& words);
// Lines longer than kColumns are broken at blanks; what follows stands in by four.
[[nodiscard]] std::string wrapped(const std::string& text);

}  // namespace khien::windows
