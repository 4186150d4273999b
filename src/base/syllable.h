// Is this Vietnamese? Judged by whole syllables: initial, rime, tone and letter case must go
// together, which text read in a wrong encoding seldom manages.
#pragma once

#include <string_view>

namespace khien {

// One syllable in lower case and NFC; ASCII-only ones count too ("nam").
[[nodiscard]] bool is_syllable(std::u32string_view lower);

// Over the words of `text` (NFC) that hold a character beyond ASCII: +3 for a syllable of the
// commonest ones in names and headings, +1 for any other syllable, -3 for what is none.
[[nodiscard]] int vietnamese_score(std::u32string_view text);

}  // namespace khien
