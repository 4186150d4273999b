// Error codes of judge (K05xx). Texts in content/text/*/judge.yaml.
#pragma once

#include "base/error.h"

namespace khien::err {

inline constexpr Code control_invalid = "K0501";    // args: detail
inline constexpr Code control_sql = "K0502";        // args: detail; place = control id
inline constexpr Code control_columns = "K0503";    // args: wanted
inline constexpr Code control_limit = "K0504";      // args: detail
inline constexpr Code control_result = "K0505";     // args: value
inline constexpr Code content_test = "K0506";       // args: detail
inline constexpr Code norm_invalid = "K0507";       // args: detail
inline constexpr Code parameter_type = "K0508";     // args: parameter, wanted
inline constexpr Code control_undeclared = "K0509"; // args: table; place = control id
inline constexpr Code compare_agencies = "K0510";   // args: before, after
inline constexpr Code compare_order = "K0511";      // args: before, after (days)

}  // namespace khien::err
