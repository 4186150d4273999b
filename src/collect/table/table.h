// Tables as offices export them (CSV, XLSX) to plain cells: NFC text, white space squeezed, empty
// rows left out, every row with its number in the source for messages.
//
// Opened only in workers: read_table() hands the bytes to the job "table.read". The bytes decide
// the format, never the name. Dates of XLSX come out as ISO text (2026-03-01 or
// 2026-03-01T08:30:00), booleans as TRUE and FALSE, formulas as the value Excel kept with them.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/error.h"
#include "base/node.h"
#include "base/worker.h"

namespace khien {

struct TableRow {
  int number = 0;  // 1-based line (CSV: where the row starts) or row of the sheet
  std::vector<std::string> cells;  // trailing empty cells are left out
};

struct Table {
  std::string format;    // "csv" | "xlsx"
  std::string encoding;  // CSV only
  std::string sheet;     // XLSX only
  int uncounted = 0;     // formulas without a kept value: read as empty, must be reported
  std::vector<TableRow> rows;
};

// Adds cells under the limits of base/limits.h; shared by the readers. K0451-K0454.
class TableBuilder {
 public:
  TableBuilder(Table& table, std::string place) : table_(table), place_(std::move(place)) {}
  [[nodiscard]] Done cell(int row, std::size_t column, std::string_view text);
  // Drops trailing empty rows' memory; call once at the end.
  void finish();

 private:
  [[nodiscard]] std::string remembered(std::string_view text);

  Table& table_;
  std::string place_;
  std::size_t bytes_ = 0;
  std::unordered_map<std::string, std::string> cleaned_;  // units, states and roles repeat
};

// Pure readers, for the job, tests and fuzzers. `sheet` "" = the first visible one with cells.
[[nodiscard]] Result<Table> read_csv(std::string_view bytes, const std::string& place);
[[nodiscard]] Result<Table> read_xlsx(std::string_view bytes, const std::string& place,
                                      const std::string& sheet);
[[nodiscard]] Result<Table> read_table_bytes(std::string_view bytes, const std::string& place,
                                             const std::string& sheet);

// One text for all cells: a tree of 300,000 nodes would cost more than reading the file.
[[nodiscard]] Node to_node(const Table& table);
[[nodiscard]] Result<Table> table_from(const Node& node, const std::string& place);

[[nodiscard]] Job table_job();
// The job in a worker. K0450-K0460, K08xx.
[[nodiscard]] Result<Table> read_table(WorkerPool& pool, std::string_view bytes,
                                       const std::string& name, const std::string& sheet = "");

}  // namespace khien
