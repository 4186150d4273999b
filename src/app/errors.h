// Error codes of app (K07xx). Texts in content/text/<lang>/draft.yaml.
#pragma once

#include "base/error.h"

namespace khien::err {

inline constexpr Code draft_order_missing = "K0710";
inline constexpr Code draft_window_missing = "K0715";

inline constexpr Code draft_template_pdf = "K0716";
inline constexpr Code draft_window_invalid = "K0717";  // args: value

}  // namespace khien::err
