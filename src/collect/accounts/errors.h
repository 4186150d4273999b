// Error codes of account files (K0402, K1020, K1027-K1029). Texts in content/text/*/collect.yaml.
#pragma once

#include "base/error.h"

namespace khien::err {

inline constexpr Code passwd_absent = "K0402";  // a folder without a file "passwd"
inline constexpr Code state_words = "K1020";   // args: heading, words; states nobody knows
inline constexpr Code sheet_hidden = "K1027";  // args: sheet; it holds people or accounts
inline constexpr Code no_log_ins = "K1029";    // args: heading; something else stands under it
inline constexpr Code sheet_left = "K1028";    // args: sheet; the same, and another was taken

}  // namespace khien::err
