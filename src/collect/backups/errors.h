// Error codes of backups (K0938). Texts in content/text/*/files.yaml.
#pragma once

#include "base/error.h"

namespace khien::err {

inline constexpr Code listing_empty = "K0938";  // no line with a date and a size

}  // namespace khien::err
