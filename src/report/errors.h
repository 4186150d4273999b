// Error codes of report (K06xx). Texts in content/text/<lang>/report.yaml, of
// K0610-K0619 in draft.yaml.
#pragma once

#include "base/error.h"

namespace khien::err {

inline constexpr Code report_font_missing = "K0601";  // args: fonts
inline constexpr Code report_pdf = "K0602";           // args: detail (cairo or pango)
inline constexpr Code report_zip = "K0603";           // args: detail (libzip)
inline constexpr Code report_xlsx = "K0604";          // args: detail (libxlsxwriter)
inline constexpr Code report_format = "K0605";        // args: value, allowed
inline constexpr Code filter_unknown = "K0606";       // args: value, allowed; place = the option
inline constexpr Code inventory_large = "K0607";      // args: limit

inline constexpr Code template_field = "K0610";       // args: field, allowed
inline constexpr Code template_token = "K0611";       // args: text
inline constexpr Code template_broken = "K0612";      // args: detail
inline constexpr Code template_bomb = "K0613";        // args: limit
inline constexpr Code template_password = "K0614";
inline constexpr Code template_macro = "K0615";
inline constexpr Code template_empty = "K0616";       // args: allowed
inline constexpr Code template_limit = "K0617";       // args: limit
inline constexpr Code unit_words = "K0618";           // args: detail; content/headers/units.yaml
inline constexpr Code draft_column_missing = "K0711";  // args: column, found
inline constexpr Code draft_state_unknown = "K0712";   // args: value, allowed
inline constexpr Code draft_date_unknown = "K0713";    // args: value
inline constexpr Code draft_shift_invalid = "K0714";   // args: value
inline constexpr Code draft_window_missing = "K0715";
inline constexpr Code draft_window_invalid = "K0717";  // args: value
inline constexpr Code draft_urge_column = "K0718";     // args: column

}  // namespace khien::err
