// Error codes of report (K06xx). Texts in content/text/<lang>/report.yaml.
#pragma once

#include "base/error.h"

namespace khien::err {

inline constexpr Code report_font_missing = "K0601";  // args: fonts
inline constexpr Code report_pdf = "K0602";           // args: detail (cairo or pango)
inline constexpr Code report_zip = "K0603";           // args: detail (libzip)
inline constexpr Code report_xlsx = "K0604";          // args: detail (libxlsxwriter)
inline constexpr Code report_format = "K0605";        // args: value, allowed

}  // namespace khien::err
