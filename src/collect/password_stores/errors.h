// Error codes of password_stores (K0408, K0409). Texts in content/text/*/password.yaml.
#pragma once

#include "base/error.h"

namespace khien::err {

inline constexpr Code store_files = "K0408";  // a task without its files: our own mistake
inline constexpr Code store_lists = "K0409";  // args: limit; more lists than one test takes

}  // namespace khien::err
