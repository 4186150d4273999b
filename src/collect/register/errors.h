// Error codes of registers (K0465-K0475). Texts in content/text/*/registers.yaml.
#pragma once

#include "base/error.h"

namespace khien::err {

inline constexpr Code register_unknown = "K0465";   // args: name, allowed
inline constexpr Code register_header = "K0466";    // args: wanted; no row of headings
inline constexpr Code register_column = "K0467";    // args: row, column, allowed
inline constexpr Code register_twice = "K0468";     // args: row, column
inline constexpr Code register_lacks = "K0469";     // args: row, column
inline constexpr Code register_date = "K0470";      // args: row, column, value
inline constexpr Code register_number = "K0471";    // args: row, column, value
inline constexpr Code register_word = "K0472";      // args: row, column, value, allowed
inline constexpr Code register_empty = "K0473";     // args: row, column; a required cell
inline constexpr Code register_invalid = "K0474";   // args: detail; content/registers/<name>.yaml
inline constexpr Code register_formula = "K0475";   // args: count; formulas without a kept value

}  // namespace khien::err
