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

inline constexpr Code file_is_assessment = "K0216";   // where facts were wanted
inline constexpr Code not_a_bundle_name = "K0217";    // may hold facts, and is no *.facts file
inline constexpr Code known_keys_open = "K0218";      // others may write it; args: mode
inline constexpr Code key_open = "K0219";             // others may read it; args: mode
inline constexpr Code key_name_invalid = "K0220";     // args: detail

}  // namespace khien::err
