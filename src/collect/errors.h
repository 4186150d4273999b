// Error codes of collect, without host_linux (K040x, K045x, K0460-K0464, K0476, K0477,
// K0993-K0996, K1000-K1002). Texts in content/text/*/collect.yaml.
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
inline constexpr Code no_account_data = "K0407";     // a folder in which nothing was recognised

inline constexpr Code store_files = "K0408";       // a task without its files: our own mistake
inline constexpr Code store_lists = "K0409";       // args: limit; more lists than one test takes

// A folder nobody described.
inline constexpr Code table_of_no_kind = "K0993";  // args: rows, columns
inline constexpr Code stated_absent = "K0994";     // args: path; named in --map, not in the folder
inline constexpr Code folders_closed = "K0995";    // args: count; folders that cannot be listed
inline constexpr Code too_many_sheets = "K0996";   // args: limit

// Tables to cells.
inline constexpr Code table_unknown = "K0450";       // args: detail; bytes of no table we read
inline constexpr Code table_rows = "K0451";          // args: limit
inline constexpr Code table_columns = "K0452";       // args: row, limit
inline constexpr Code table_cell = "K0453";          // args: row, limit
inline constexpr Code table_text = "K0454";          // args: limit
inline constexpr Code csv_quote = "K0455";           // args: row; a quote that never ends
inline constexpr Code xlsx_broken = "K0456";         // args: detail
inline constexpr Code table_password = "K0457";      // a workbook with a password
inline constexpr Code xlsx_bomb = "K0458";           // args: limit
inline constexpr Code sheet_unknown = "K0459";       // args: sheet, sheets
inline constexpr Code table_broken = "K0476";        // args: format, detail
inline constexpr Code xls_ancient = "K0477";         // Excel 2, 3, 4

// Cells to facts.
inline constexpr Code table_empty = "K0460";         // no rows
inline constexpr Code header_unknown = "K0461";      // args: wanted
inline constexpr Code header_lacks = "K0462";        // args: field, row
inline constexpr Code decision_contradicts = "K1000";  // args: first; two decisions for one account
inline constexpr Code decision_no_person = "K1001";    // args: id
inline constexpr Code decision_no_account = "K1002";   // args: account
inline constexpr Code header_twice = "K0463";        // args: field, first, second
inline constexpr Code headers_invalid = "K0464";     // args: detail; content/headers/account.yaml

}  // namespace khien::err
