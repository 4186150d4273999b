// Error codes of collect, without those of single collectors (K040x, K0993-K0996, K1000).
// Texts in content/text/*/collect.yaml.
#pragma once

#include "base/error.h"

namespace khien::err {

// agency.yaml and the sources it names.
inline constexpr Code source_absent = "K0400";       // args: path; the file or folder is not there
inline constexpr Code attestation_date = "K0401";    // args: field, value
inline constexpr Code passwd_absent = "K0402";       // a folder without a file "passwd"
inline constexpr Code source_no_hook = "K0403";      // bundles of facts cannot be opened here
inline constexpr Code column_field = "K0404";        // args: field, allowed; `columns:` of a source
inline constexpr Code external_unknown = "K0405";    // JSON that is no list of addresses
inline constexpr Code no_browser_store = "K0406";    // a folder without browser password stores
inline constexpr Code windows_none = "K0487";     // a folder of Windows machines without files
inline constexpr Code no_account_data = "K0407";     // a folder in which nothing was recognised

inline constexpr Code source_type_near = "K0413";  // args: value, near, allowed

inline constexpr Code store_files = "K0408";       // a task without its files: our own mistake
inline constexpr Code store_lists = "K0409";       // args: limit; more lists than one test takes

// A folder nobody described.
inline constexpr Code table_of_no_kind = "K0993";  // args: rows, columns
inline constexpr Code stated_absent = "K0994";     // args: path; named in --map, not in the folder
inline constexpr Code folders_closed = "K0995";    // args: count; folders that cannot be listed
inline constexpr Code too_many_sheets = "K0996";   // args: limit

// Lists of decisions.
inline constexpr Code decision_contradicts = "K1000";  // args: first; two decisions for one account

}  // namespace khien::err
