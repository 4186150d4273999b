// What a collector of a machine fills, on whichever system: its collection, and what is said about
// tables that are not all there. Each adds the machine it reads and what it has learned about it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "base/text.h"
#include "store/facts.h"

namespace khien {

struct MachineSurvey {
  Collection& out;
  std::int64_t now = 0;
  std::string host;

  Row& add(const std::string& table) {
    Row& row = out.add(table);
    row["host"] = host;
    return row;
  }
  // Makes the table present and complete if nothing was said about it yet.
  void begin(const std::string& table) { out.tables[table]; }
  // Worse news wins: missing over partial over complete; the first reason stays.
  void partial(const std::string& table, const std::string& reason, const std::string& detail) {
    TableFacts& t = out.tables[table];
    if (t.status != TableFacts::Status::complete) return;
    t.status = TableFacts::Status::partial;
    t.reason = reason;
    t.detail = detail;
  }
  void missing(const std::string& table, const std::string& reason, const std::string& detail) {
    out.mark(table, TableFacts::Status::missing, reason, detail);
    out.tables[table].rows.clear();
  }
  void gap(const std::string& table, const std::string& column, const std::string& reason) {
    out.tables[table].gaps.emplace(column, reason);
  }
};

inline constexpr std::size_t kCellCharacters = 1000;

// Machine text comes in any encoding: valid UTF-8 of at most kCellCharacters without control
// characters; bad bytes become U+FFFD.
[[nodiscard]] inline std::string fact_text(const std::string& text) {
  std::string out = is_valid_utf8(text) ? text : to_utf8(to_u32(text));
  for (char& c : out) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
  }
  return shorten(out, kCellCharacters);
}
// The last look over every value before it leaves.
inline void clean_facts(Collection& out) {
  for (auto& [name, table] : out.tables) {
    table.detail = fact_text(table.detail);
    for (Row& row : table.rows) {
      for (auto& [column, value] : row) {
        if (auto* text = std::get_if<std::string>(&value)) *text = fact_text(*text);
      }
    }
  }
}

inline void put(Row& row, const std::string& column, std::string_view value) {
  if (!value.empty()) row[column] = std::string(value);
}
inline void put_flag(Row& row, const std::string& column, bool value) {
  row[column] = std::int64_t{value};
}
template <class T>
void put_number(Row& row, const std::string& column, const std::optional<T>& value) {
  if (value) row[column] = static_cast<std::int64_t>(*value);
}

}  // namespace khien
