// Error codes of registers (K048x-K049x). Texts in content/text/*/registers.yaml.
#pragma once

#include "base/error.h"

namespace khien::err {

inline constexpr Code register_unknown = "K0480";   // args: name, allowed
inline constexpr Code register_header = "K0481";    // args: wanted; no row of headings
inline constexpr Code register_column = "K0482";    // args: row, column, allowed
inline constexpr Code register_twice = "K0483";     // args: row, column
inline constexpr Code register_lacks = "K0484";     // args: row, column
inline constexpr Code register_date = "K0485";      // args: row, column, value
inline constexpr Code register_number = "K0486";    // args: row, column, value
inline constexpr Code register_word = "K0487";      // args: row, column, value, allowed
inline constexpr Code register_empty = "K0488";     // args: row, column; a required cell
inline constexpr Code register_invalid = "K0489";   // args: detail; content/registers/<name>.yaml
inline constexpr Code register_formula = "K0490";   // args: count; formulas without a kept value

}  // namespace khien::err
