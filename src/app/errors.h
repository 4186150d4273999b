// Error codes of app (K07xx). Texts in content/text/<lang>/draft.yaml and compile.yaml.
#pragma once

#include "base/error.h"

namespace khien::err {

inline constexpr Code draft_order_missing = "K0710";
inline constexpr Code draft_column_missing = "K0711";  // args: column, found
inline constexpr Code draft_state_unknown = "K0712";   // args: value, allowed
inline constexpr Code draft_date_unknown = "K0713";    // args: value
inline constexpr Code draft_shift_invalid = "K0714";   // args: value
inline constexpr Code draft_window_missing = "K0715";

inline constexpr Code draft_template_pdf = "K0716";
inline constexpr Code draft_window_invalid = "K0717";  // args: value
inline constexpr Code draft_urge_column = "K0718";     // args: column

inline constexpr Code diff_needs_two = "K0740";
inline constexpr Code out_needs_one = "K0741";

}  // namespace khien::err
