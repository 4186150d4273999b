// Numbers of workbooks as text: which number formats are dates is the same in XLS and XLSX.
#pragma once

#include <string>
#include <string_view>

namespace khien {

// A format code with a day or a year in it, outside quotes and brackets.
[[nodiscard]] bool is_date_format(std::string_view code);
// The numbers of the formats every Excel knows.
[[nodiscard]] bool is_builtin_date(int id);
// 3.0 -> "3"; a date by its serial as ISO text.
[[nodiscard]] std::string number_text(double value, bool is_date, bool date_1904);

}  // namespace khien
