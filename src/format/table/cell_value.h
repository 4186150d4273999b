// What the workbook formats share: the last row, XML names, numbers as text.
#pragma once

#include <string>
#include <string_view>

namespace khien {

inline constexpr int kLastRow = 1'048'576;  // Excel's own

// An XML name without its prefix: "ss:Data" -> "Data".
[[nodiscard]] inline std::string_view local(std::string_view name) {
  return name.substr(name.find(':') + 1);
}

// A format code with a day or a year in it, outside quotes and brackets.
[[nodiscard]] bool is_date_format(std::string_view code);
// The numbers of the formats every Excel knows.
[[nodiscard]] bool is_builtin_date(int id);
// 3.0 -> "3"; a date by its serial as ISO text.
[[nodiscard]] std::string number_text(double value, bool is_date, bool date_1904);

}  // namespace khien
