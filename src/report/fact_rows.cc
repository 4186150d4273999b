#include "report/fact_rows.h"

#include <set>

#include "base/calendar.h"
#include "base/text.h"
#include "report/inventory.h"

namespace khien::report {
namespace {

constexpr int kBefore = 2;  // fact_id, collection_id

Result<std::set<std::string>> columns_of(const Database& db, std::string_view table) {
  KHIEN_TRY(Statement s, db.prepare("select name from pragma_table_info(?1)"));
  s.bind(1, std::string(table));
  std::set<std::string> out;
  for (;;) {
    KHIEN_TRY(const bool more, s.step());
    if (!more) return out;
    out.insert(s.text(0));
  }
}

int place_of(std::size_t column) { return static_cast<int>(column) + kBefore; }

}  // namespace

Result<std::string> column_or(const Database& db, std::string_view table, std::string_view name,
                              std::string_view otherwise) {
  KHIEN_TRY(const auto known, columns_of(db, table));
  return std::string(known.contains(std::string(name)) ? name : otherwise);
}

Result<FactRows> FactRows::open(const Database& db, std::string_view table,
                                std::span<const std::string_view> columns) {
  FactRows out;
  out.columns_.assign(columns.begin(), columns.end());
  KHIEN_TRY(const auto known, columns_of(db, table));
  if (!known.contains("fact_id") || !known.contains("collection_id")) return out;
  std::string sql = "select fact_id, collection_id";
  for (const std::string_view name : columns) {
    sql += known.contains(std::string(name)) ? ", " + std::string(name) : ", null";
  }
  KHIEN_TRY(Statement s, db.prepare(sql + " from " + std::string(table) + " order by fact_id"));
  out.rows_.push_back(std::move(s));
  return out;
}

Result<bool> FactRows::step() {
  if (rows_.empty()) return false;
  return rows_[0].step();
}

std::string FactRows::text(std::size_t column) const {
  return shorten(squeeze(rows_[0].text(place_of(column))), kInventoryChars);
}

Node FactRows::value(std::size_t column) const {
  const Value found = rows_[0].value(place_of(column));
  const std::string_view name = columns_[column];
  if (name.ends_with("_at") || name.starts_with("pending_")) {
    const auto* number = std::get_if<std::int64_t>(&found);
    return number == nullptr ? Node() : Node(*number);
  }
  if (!std::holds_alternative<std::string>(found)) return {};
  std::string words = text(column);
  if (name.ends_with("_on") && !parse_date(words)) return {};
  return words.empty() ? Node() : Node(std::move(words));
}

Node FactRows::flag(std::size_t column) const {
  const Value found = rows_[0].value(place_of(column));
  const auto* number = std::get_if<std::int64_t>(&found);
  return number == nullptr ? Node() : Node(*number != 0);
}

}  // namespace khien::report
