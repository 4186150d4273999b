// Error codes of a folder nobody described (K0407, K0993-K0996, K1021-K1023, K1030-K1031). Texts in
// content/text/*/collect.yaml.
#pragma once

#include "base/error.h"

namespace khien::err {

inline constexpr Code no_account_data = "K0407";  // a folder in which nothing was recognised
inline constexpr Code table_of_no_kind = "K0993";  // args: rows, columns
inline constexpr Code stated_absent = "K0994";  // args: path; named in --map, not in the folder
inline constexpr Code folders_closed = "K0995";  // args: count; folders that cannot be listed
inline constexpr Code too_many_sheets = "K0996";  // args: limit
inline constexpr Code container_unread = "K1021";  // args: kind; a file that is not opened
inline constexpr Code clear_passwords = "K1022";  // passwords somebody found out, in clear
inline constexpr Code names_alone = "K1023";  // one name or address a line, nothing says of what
inline constexpr Code kind_unsure = "K1030";  // args: kinds; two fit equally well
inline constexpr Code states_of_others = "K1031";  // args: heading; states of no account or person

}  // namespace khien::err
