// Error codes of folders of vulnerability data (K0483). Texts in content/text/*/vuln.yaml.
#pragma once

#include "base/error.h"

namespace khien::err {

inline constexpr Code cvrf_none = "K0483";  // a folder without *.xml

}  // namespace khien::err
