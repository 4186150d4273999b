// Rows of a fact table by the columns a reader knows; what the file lacks reads as null.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/node.h"
#include "base/sqlite.h"

namespace khien::report {

// "name" where the table has that column, else `otherwise`: an expression for a select.
[[nodiscard]] Result<std::string> column_or(const Database& db, std::string_view table,
                                            std::string_view name, std::string_view otherwise);

class FactRows {
 public:
  // Fact id and collection id, then the columns; by fact id. No such table: no rows.
  [[nodiscard]] static Result<FactRows> open(const Database& db, std::string_view table,
                                             std::span<const std::string_view> columns);
  [[nodiscard]] Result<bool> step();
  [[nodiscard]] std::int64_t fact() const { return rows_[0].integer(0); }
  [[nodiscard]] std::int64_t collection() const { return rows_[0].integer(1); }
  // By the place of the column in `columns`, whose names must outlive this. Texts squeezed and at
  // most kInventoryChars long.
  [[nodiscard]] std::string text(std::size_t column) const;
  // Null for what does not fit the column's name: a whole number for ..._at and pending_..., an ISO
  // day for ..._on, else a text. A file of others may hold anything.
  [[nodiscard]] Node value(std::size_t column) const;
  [[nodiscard]] Node flag(std::size_t column) const;   // true, false or null

 private:
  std::vector<std::string_view> columns_;
  std::vector<Statement> rows_;  // one, or none
};

}  // namespace khien::report
