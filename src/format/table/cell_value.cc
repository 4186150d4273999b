// ECMA-376 18.8.30 lists the built-in formats; 27-36 and 50-58 are dates of East Asian systems.
#include "format/table/cell_value.h"

#include <cmath>
#include <cstdint>

#include <fmt/format.h>

#include "format/table/dates.h"

namespace khien {

bool is_date_format(std::string_view code) {
  bool quoted = false;
  bool bracket = false;
  for (std::size_t i = 0; i < code.size(); ++i) {
    const char c = code[i];
    if (c == '\\' || c == '_' || c == '*') { ++i; continue; }
    if (c == '"') quoted = !quoted;
    else if (c == '[') bracket = true;
    else if (c == ']') bracket = false;
    else if (!quoted && !bracket && (c == 'y' || c == 'Y' || c == 'd' || c == 'D')) return true;
  }
  return false;
}

bool is_builtin_date(int id) {
  return (id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 31) || id == 36 ||
         (id >= 50 && id <= 54) || id == 57 || id == 58;
}

std::string number_text(double value, bool is_date, bool date_1904) {
  if (is_date) {
    if (const auto date = serial_to_iso(value, date_1904)) return *date;
  }
  if (std::abs(value) < 1e15 && value == std::floor(value)) {
    return fmt::format("{}", static_cast<std::int64_t>(value));
  }
  return fmt::format("{}", value);
}

}  // namespace khien
