// Error codes of the portal engine. Texts in content/text/*/network.yaml.
#pragma once

#include "base/error.h"

namespace khien::err {

inline constexpr Code answer_too_large = "K0907";   // args: limit
inline constexpr Code target_invalid = "K0908";     // args: value, wanted
inline constexpr Code words_invalid = "K0913";      // args: detail; a list of words
inline constexpr Code page_malformed = "K0914";     // args: detail; HTML, sitemap

}  // namespace khien::err
