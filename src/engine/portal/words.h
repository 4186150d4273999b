// Lists of words: content/words/gambling.yaml, hostile.yaml and exposed_files.yaml, and the
// agency's own.
// Pages are reported by the ids of words, never by their text.
#pragma once

#include <string>
#include <string_view>

#include "base/content.h"
#include "base/error.h"
#include "base/node.h"

namespace khien::portal {

inline constexpr std::size_t kWords = 2000;        // of one list
inline constexpr std::size_t kWordBytes = 200;
inline constexpr std::size_t kWordsFileBytes = std::size_t{1} << 20;

// Folded, everything but letters and digits as one space, a space at both ends: a phrase is found
// as whole words by a plain search.
[[nodiscard]] std::string as_words(std::string_view text);

// For the job "portal.page": {gambling: [{id, say}], pieces: [{id, say}],
// hostile: [{id, say, sure}], exposed: [{path, shape}]}. `own`: the agency's list as text, one
// phrase a line; '#' begins a comment, a line that begins with '?' needs a person to read the post
// ("sure" is false); its words get the ids own.1, own.2 ... by line. K0913.
[[nodiscard]] Result<Node> word_lists(const Content& content, std::string_view own,
                                      const std::string& place);

}  // namespace khien::portal
