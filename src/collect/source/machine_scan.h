// What a collector of a machine fills, on whichever system: its collection, and what is said about
// tables that are not all there. Each adds the machine it reads and what it has learned about it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "store/facts.h"

namespace khien {

struct MachineScan {
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
