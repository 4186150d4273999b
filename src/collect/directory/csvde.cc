#include "collect/directory/csvde.h"

#include "base/hash.h"
#include "base/text.h"

namespace khien::directory {
namespace {

// "a;b" -> a, b; "\;" is a character of the value.
std::vector<std::string> values_of(std::string_view cell) {
  std::vector<std::string> out(1);
  for (std::size_t i = 0; i < cell.size(); ++i) {
    const bool escaped = cell[i] == '\\' && i + 1 < cell.size() && cell[i + 1] == ';';
    if (cell[i] == ';') out.emplace_back();
    else if (escaped) out.back() += cell[++i];
    else out.back() += cell[i];
  }
  return out;
}

std::string plain(std::string value) {
  const bool bytes = value.size() >= 3 && value.starts_with("X'") && value.ends_with('\'');
  if (!bytes) return value;
  return unhex(value.substr(2, value.size() - 3)).value_or("");
}

}  // namespace

bool looks_like_csvde(std::string_view head) {
  if (head.starts_with("\xEF\xBB\xBF")) head.remove_prefix(3);
  const std::string line = ascii_lower(head.substr(0, head.find_first_of("\r\n")));
  return (line.starts_with("dn,") || line.starts_with("\"dn\",")) &&
         line.find("objectclass") != std::string::npos;
}

std::vector<Entry> csvde_entries(const Table& table) {
  std::vector<Entry> out;
  if (table.rows.empty()) return out;
  std::vector<std::string_view> names;
  for (const std::string& heading : table.rows.front().cells) names.push_back(kept_name(heading));
  out.reserve(table.rows.size());
  for (std::size_t i = 1; i < table.rows.size(); ++i) {
    const std::vector<std::string>& cells = table.rows[i].cells;
    Entry& entry = out.emplace_back();
    entry.dn = cells.empty() ? "" : plain(cells.front());
    for (std::size_t c = 1; c < std::min(cells.size(), names.size()); ++c) {
      if (names[c].empty() || cells[c].empty()) continue;
      for (std::string& value : values_of(cells[c])) {
        entry.values.emplace_back(names[c], plain(std::move(value)));
      }
    }
  }
  return out;
}

}  // namespace khien::directory
