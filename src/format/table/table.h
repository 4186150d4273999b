// Tables as offices have them to plain cells: NFC text, white space squeezed, empty rows left out,
// every row with its number in the source for messages. CSV with , ; tab or |, text in columns,
// XLSX, XLSB, XLS (Excel 5 to 2003), ODS, SpreadsheetML 2003, tables of HTML pages; records of one
// property a line and lists of objects in JSON, whose properties are the headings.
//
// Opened only in workers: read_table() hands the bytes to the job "table.read". The bytes decide
// the format, never the name. Dates of workbooks come out as ISO text (2026-03-01 or
// 2026-03-01T08:30:00), booleans as TRUE and FALSE, formulas as the value kept with them. A merged
// range has its text in all its cells. Text typed for a TCVN3 or VNI font becomes Unicode.
#pragma once

#include <optional>
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
  std::string format;    // "csv" | "text" | "xlsx" | "xlsb" | "xls" | "ods" | "xml" | "html" |
                         // "json" | "records" | "names" (one column, log-ins alone)
  std::string encoding;  // of text files, as decode_text() names it; of others "", "tcvn3", "vni"
  std::string sheet;     // of workbooks; of JSON the way to its list
  int uncounted = 0;     // formulas without a kept value: read as empty, must be reported
  std::vector<std::string> others;  // where no sheet was asked for: those after it that are shown
  std::vector<std::string> hidden;  // ... and those that are not
  std::vector<TableRow> rows;
};

// Adds cells under the limits of base/limits.h, rows in rising order; shared by the readers.
// K0451-K0454.
class TableBuilder {
 public:
  TableBuilder(Table& table, std::string place) : table_(table), place_(std::move(place)) {}
  [[nodiscard]] Done cell(int row, std::size_t column, std::string_view text);
  // A merged range: rows as in cell(), columns from 0, all four inside it. Only rows that exist
  // are filled, and no more cells than a table of people could mean.
  void merged(int top, int bottom, std::size_t left, std::size_t right);
  // Letters of old fonts, merged ranges; call once at the end.
  void finish();

 private:
  struct Place {
    std::size_t row, column;
  };
  struct Range {
    int top, bottom;
    std::size_t left, right;
  };
  [[nodiscard]] std::string remembered(std::string_view text);
  void read_fonts();
  void fill(const Range& range);

  Table& table_;
  std::string place_;
  std::size_t bytes_ = 0;
  std::vector<Place> in_doubt_;  // cells that may be in a font: kept as they came until finish()
  std::vector<Range> ranges_;
  std::size_t copies_ = 0;
  std::unordered_map<std::string, std::string> cleaned_;  // units, states and roles repeat
};

// Pure readers, for the job, tests and fuzzers. `sheet` "" = the first visible one with cells.
[[nodiscard]] Result<Table> read_csv(std::string_view bytes, const std::string& place);
[[nodiscard]] Result<Table> read_xlsx(std::string_view bytes, const std::string& place,
                                      const std::string& sheet);
[[nodiscard]] Result<Table> read_xlsb(std::string_view bytes, const std::string& place,
                                      const std::string& sheet);
[[nodiscard]] Result<Table> read_xls(std::string_view bytes, const std::string& place,
                                     const std::string& sheet);
[[nodiscard]] Result<Table> read_ods(std::string_view bytes, const std::string& place,
                                     const std::string& sheet);
[[nodiscard]] Result<Table> read_spreadsheet_xml(std::string_view bytes, const std::string& place,
                                                 const std::string& sheet);
[[nodiscard]] Result<Table> read_html(std::string_view bytes, const std::string& place);
// Columns held apart by two spaces or more; nullopt: no such table.
[[nodiscard]] Result<std::optional<Table>> read_columns(std::string_view utf8,
                                                        const std::string& place);
// One property a line; nullopt: no such text.
[[nodiscard]] Result<std::optional<Table>> read_records(std::string_view utf8,
                                                        const std::string& place);
// `sheet`: the way to the list; "" = the longest. nullopt: no JSON of objects.
[[nodiscard]] bool begins_as_json(std::string_view utf8);
[[nodiscard]] Result<std::optional<Table>> read_json_table(std::string_view utf8,
                                                           const std::string& place,
                                                           const std::string& sheet);
[[nodiscard]] Result<Table> read_table_bytes(std::string_view bytes, const std::string& place,
                                             const std::string& sheet);

// One text for all cells: a tree of 300,000 nodes would cost more than reading the file.
[[nodiscard]] Node to_node(const Table& table);
[[nodiscard]] Result<Table> table_from(const Node& node, const std::string& place);

[[nodiscard]] Job table_job();
// The job in a worker. K0450-K0460, K0476, K0477, K08xx.
[[nodiscard]] Result<Table> read_table(WorkerPool& pool, std::string_view bytes,
                                       const std::string& name, const std::string& sheet = "");
// The same as the worker hands it back, for table_from().
[[nodiscard]] Result<Node> read_packed_table(WorkerPool& pool, std::string_view bytes,
                                             const std::string& name, const std::string& sheet);

// A sheet of a file that was read to see what it is, kept for its import.
struct KeptTable {
  std::string source_sha256;  // the file must still have it
  std::string sheet;          // as AgencySource::sheet: "" = the first with cells
  Node packed;
};

}  // namespace khien
