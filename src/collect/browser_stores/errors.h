// Error codes of browser_stores (K0406). Texts in content/text/*/collect.yaml.
#pragma once

#include "base/error.h"

namespace khien::err {

inline constexpr Code no_browser_store = "K0406";  // a folder without browser password stores

}  // namespace khien::err
