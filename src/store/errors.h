// Error codes of store (K02xx). Texts in content/text/*/store.yaml.
#pragma once

#include "base/error.h"

namespace khien::err {

inline constexpr Code facts_malformed = "K0201";      // args: detail
inline constexpr Code fact_undeclared = "K0202";      // args: table, column, detail
inline constexpr Code file_not_khien = "K0210";       // no trailer with our magic
inline constexpr Code file_cut = "K0211";             // trailer there, bytes too short
inline constexpr Code seal_broken = "K0212";          // bytes do not match the seal
inline constexpr Code format_newer = "K0213";         // args: version
inline constexpr Code key_unreadable = "K0214";       // args: detail
inline constexpr Code assessment_malformed = "K0215"; // args: detail

}  // namespace khien::err
