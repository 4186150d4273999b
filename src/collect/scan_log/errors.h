// Error codes of scan logs (K049x). Texts in content/text/*/vuln.yaml.
#pragma once

#include "base/error.h"

namespace khien::err {

inline constexpr Code scan_unknown = "K0490";    // no scanner's log or export we read
inline constexpr Code scan_twice = "K0491";      // args: field, first, second
inline constexpr Code scan_value = "K0492";      // args: field, value; place has the line
inline constexpr Code scan_count = "K0493";      // args: limit
inline constexpr Code scan_none = "K0494";       // a folder without logs
inline constexpr Code scan_words = "K0495";      // args: detail; content/headers/scan.yaml

}  // namespace khien::err
