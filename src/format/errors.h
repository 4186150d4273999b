// Error codes of format: bytes that are not what they should be (K0411, K045x, K0460-K0464, K0476,
// K0477, K0934, K0935, K0971, K0972, K1024-K1026). Texts in
// content/text/*/{collect,host,files,directory}.yaml.
#pragma once

#include "base/error.h"

namespace khien::err {

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

// Headings.
inline constexpr Code table_empty = "K0460";         // no rows
inline constexpr Code header_unknown = "K0461";      // args: wanted
inline constexpr Code header_lacks = "K0462";        // args: field, row
inline constexpr Code header_twice = "K0463";        // args: field, first, second
inline constexpr Code headers_invalid = "K0464";     // args: detail; content/headers/account.yaml

// Packed bytes.
inline constexpr Code list_malformed = "K0411";         // args: detail; compressed package list
inline constexpr Code gzip_broken = "K0934";        // args: detail
inline constexpr Code gzip_large = "K0935";         // args: limit

// Archives.
inline constexpr Code archive_broken = "K1024";       // args: detail
inline constexpr Code archive_large = "K1025";        // args: limit
inline constexpr Code archive_password = "K1026";

// LDIF and the text forms of directories.
inline constexpr Code directory_entries = "K0971";    // args: limit
inline constexpr Code directory_value = "K0972";      // args: line, limit; one value is too long

}  // namespace khien::err
