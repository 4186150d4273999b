// Error codes of folders of vulnerability data and of Windows machines as text (K048x). Texts in
// content/text/*/vuln.yaml.
#pragma once

#include "base/error.h"

namespace khien::err {

inline constexpr Code cvrf_none = "K0483";          // a folder without *.xml
inline constexpr Code systeminfo_invalid = "K0485"; // no line with a Windows version
inline constexpr Code hotfix_columns = "K0486";     // args: wanted
inline constexpr Code windows_none = "K0487";       // a folder without readable files
inline constexpr Code month_invalid = "K0488";      // args: value

}  // namespace khien::err
