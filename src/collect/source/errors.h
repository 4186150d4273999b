// Error codes that types of source share; each has its own beside it. Texts in
// content/text/*/collect.yaml, vuln.yaml and files.yaml.
#pragma once

#include "base/error.h"

namespace khien::err {

inline constexpr Code source_absent = "K0400";  // args: path; the file or folder is not there
inline constexpr Code source_no_hook = "K0403";  // bundles of facts cannot be opened here
inline constexpr Code column_field = "K0404";  // args: field, allowed; `columns:` of a source
inline constexpr Code source_type_near = "K0413";  // args: value, near, allowed
inline constexpr Code windows_none = "K0487";  // a folder of Windows machines without files
inline constexpr Code too_many_files = "K0932";  // args: limit

inline constexpr Code files_left_out = "K1040";  // args: count, names; of a folder
inline constexpr Code file_outside = "K1041";    // args: field; not below the folder of agency.yaml
inline constexpr Code too_many_sources = "K1043";  // args: limit
inline constexpr Code secret_open = "K1042";     // args: mode; others may read a password

}  // namespace khien::err
