// Limits, cleaning of cells and the one-text form in which a worker hands a table back.
#include "format/table/table.h"

#include <charconv>

#include "base/legacy_text.h"
#include "base/limits.h"
#include "base/text.h"
#include "base/zip_parts.h"
#include "format/clean_text.h"
#include "format/errors.h"
#include "format/table/office_package.h"
#include "format/table/ole.h"

namespace khien {
namespace {

constexpr char kCell = '\x1F';  // unit and record separators never occur in a cleaned cell
constexpr char kRow = '\x1E';
constexpr std::size_t kHeadBytes = std::size_t{64} << 10;  // searched for what a file is
constexpr std::size_t kMergedCells = 200'000;  // copies made for merged ranges

Result<Node> run_table(const JobInput& input) {
  KHIEN_TRY(const Table table,
            read_table_bytes(input.bytes, input.name, input.args["sheet"].text()));
  return to_node(table);
}

}  // namespace

std::string TableBuilder::remembered(std::string_view text) {
  constexpr std::size_t most = 4096;
  constexpr std::size_t longest = 64;
  if (text.size() > longest || is_plain(text)) return clean_text(text);
  if (cleaned_.size() >= most) cleaned_.clear();
  const auto [at, fresh] = cleaned_.try_emplace(std::string(text));
  if (fresh) at->second = clean_text(text);
  return at->second;
}

Done TableBuilder::cell(int row, std::size_t column, std::string_view text) {
  if (text.empty()) return {};
  if (text.size() > limits::table_cell_bytes) {
    return fail(err::table_cell, place_, {{"row", std::to_string(row)},
                                          {"limit", std::to_string(limits::table_cell_bytes)}});
  }
  std::string value = remembered(text);
  if (value.empty()) return {};
  const bool text_file = table_.format == "csv" || table_.format == "text" ||
                         table_.format == "json" || table_.format == "records" ||
                         table_.format == "names";  // decoded as a whole
  const bool in_doubt = !text_file && may_be_font(text);
  if (in_doubt) value = trim(text);
  if (column >= limits::table_columns) {
    return fail(err::table_columns, place_, {{"row", std::to_string(row)},
                                             {"limit", std::to_string(limits::table_columns)}});
  }
  bytes_ += value.size() + 1;
  if (bytes_ > limits::table_text_bytes) {
    return fail(err::table_text, place_, {{"limit", std::to_string(limits::table_text_bytes)}});
  }
  if (table_.rows.empty() || table_.rows.back().number != row) {
    if (table_.rows.size() >= limits::table_rows) {
      return fail(err::table_rows, place_, {{"limit", std::to_string(limits::table_rows)}});
    }
    const std::size_t width = table_.rows.empty() ? 0 : table_.rows.back().cells.size();
    table_.rows.push_back({row, {}});
    table_.rows.back().cells.reserve(width);
  }
  std::vector<std::string>& cells = table_.rows.back().cells;
  if (cells.size() <= column) cells.resize(column + 1);
  cells[column] = std::move(value);
  if (in_doubt) in_doubt_.push_back({table_.rows.size() - 1, column});
  return {};
}

void TableBuilder::merged(int top, int bottom, std::size_t left, std::size_t right) {
  if (top <= bottom && left <= right && right < limits::table_columns) {
    ranges_.push_back({top, bottom, left, right});
  }
}

void TableBuilder::finish() {
  read_fonts();
  for (const Range& range : ranges_) fill(range);
  table_.rows.shrink_to_fit();
}

void TableBuilder::read_fonts() {
  LegacyDetector detector;
  for (const Place& at : in_doubt_) detector.see(table_.rows[at.row].cells[at.column]);
  detector.decide();
  const bool font = detector.font() != LegacyFont::none;
  for (const Place& at : in_doubt_) {
    std::string& cell = table_.rows[at.row].cells[at.column];
    cell = remembered(font ? detector.convert(cell) : cell);
  }
  in_doubt_ = {};
  if (font) {
    table_.encoding += (table_.encoding.empty() ? "" : "+") + std::string(to_text(detector.font()));
  }
}

void TableBuilder::fill(const Range& range) {
  const auto first = std::lower_bound(
      table_.rows.begin(), table_.rows.end(), range.top,
      [](const TableRow& r, int number) { return r.number < number; });
  if (first == table_.rows.end() || first->number != range.top) return;
  if (range.left >= first->cells.size()) return;
  const std::string text = first->cells[range.left];
  if (text.empty()) return;
  for (auto row = first; row != table_.rows.end() && row->number <= range.bottom; ++row) {
    for (std::size_t column = range.left; column <= range.right; ++column) {
      bytes_ += text.size();
      if (++copies_ > kMergedCells || bytes_ > limits::table_text_bytes) return;
      if (row->cells.size() <= column) row->cells.resize(column + 1);
      if (row->cells[column].empty()) row->cells[column] = text;
    }
  }
}

namespace {

// Is there `word` (lower case) in the first bytes, whatever their case; zero bytes of UTF-16 left
// out?
bool opens_with(std::string_view bytes, std::string_view word) {
  std::string head;
  for (const char c : bytes.substr(0, kHeadBytes)) {
    if (c != 0) head += ascii_lower(c);
  }
  return head.find(word) != std::string::npos;
}

// The first byte that is no white space, mark of an encoding or half of UTF-16; 0 for none.
char first_sign(std::string_view bytes) {
  for (const unsigned char c : bytes.substr(0, 1024)) {
    const bool before = c == 0 || c <= ' ' || c == 0xEF || c == 0xBB || c == 0xBF || c >= 0xFE;
    if (!before) return static_cast<char>(c);
  }
  return 0;
}

Result<Table> read_zip(std::string_view bytes, const std::string& place,
                       const std::string& sheet) {
  KHIEN_TRY(ZipParts parts, ZipParts::open(bytes, place, {err::xlsx_broken, err::xlsx_bomb,
                                                          err::table_password}));
  if (!parts.has("xl/workbook.xml") && parts.has("content.xml")) {
    return read_ods(bytes, place, sheet);
  }
  const char* usual = parts.has("xl/workbook.bin") ? "xl/workbook.bin" : "xl/workbook.xml";
  KHIEN_TRY(const std::string book, document_part(parts, usual, place));
  return book.ends_with(".bin") ? read_xlsb(bytes, place, sheet)
                                : read_xlsx(bytes, place, sheet);
}

}  // namespace

Result<Table> read_table_bytes(std::string_view bytes, const std::string& place,
                               const std::string& sheet) {
  if (bytes.starts_with("PK\x03\x04")) return read_zip(bytes, place, sheet);
  if (bytes.starts_with(kOleMagic)) return read_xls(bytes, place, sheet);
  if (bytes.starts_with("%PDF")) return fail(err::table_unknown, place, {{"detail", "PDF"}});
  // BOF of Excel 2, 3 and 4, which had no container; of 5 where someone took it out of one.
  const bool bof = bytes.size() > 8 && bytes[0] == 9 && bytes[3] == 0 &&
                   (bytes[1] == 0 || bytes[1] == 2 || bytes[1] == 4);
  if (bof && static_cast<unsigned char>(bytes[2]) < 16) return fail(err::xls_ancient, place);
  const char first = first_sign(bytes);
  if (first == '{' || first == '[') {
    KHIEN_TRY(const Decoded decoded, decode_text(bytes, place));
    KHIEN_TRY(auto json, read_json_table(decoded.text, place, sheet));
    if (json) {
      json->encoding = decoded.encoding;
      return std::move(*json);
    }
  }
  if (first == '<') {
    if (opens_with(bytes, "urn:schemas-microsoft-com:office:spreadsheet") &&
        opens_with(bytes, "<?xml") && !opens_with(bytes, "<html")) {
      return read_spreadsheet_xml(bytes, place, sheet);
    }
    if (opens_with(bytes, "<table") || opens_with(bytes, "<html")) return read_html(bytes, place);
  }
  return read_csv(bytes, place);
}

Node to_node(const Table& table) {
  std::size_t size = 0;
  for (const TableRow& row : table.rows) {
    size += 12;
    for (const std::string& cell : row.cells) size += cell.size() + 1;
  }
  std::string rows;
  rows.reserve(size);
  for (const TableRow& row : table.rows) {
    rows += std::to_string(row.number);
    for (const std::string& cell : row.cells) {
      rows += kCell;
      rows += cell;
    }
    rows += kRow;
  }
  Node out = Node::map({{"format", table.format},
                        {"encoding", table.encoding},
                        {"sheet", table.sheet},
                        {"uncounted", table.uncounted},
                        {"others", Node::list_of(table.others)},
                        {"hidden", Node::list_of(table.hidden)}});
  out.set("rows", std::move(rows));  // not through a list, which would copy it
  return out;
}

Result<Table> table_from(const Node& node, const std::string& place) {
  Table out;
  out.format = node["format"].text();
  out.encoding = node["encoding"].text();
  out.sheet = node["sheet"].text();
  out.uncounted = static_cast<int>(node["uncounted"].integer());
  out.others = node["others"].texts();
  out.hidden = node["hidden"].texts();
  const std::string text = node["rows"].text();
  std::string_view rest = text;
  while (!rest.empty()) {
    const std::size_t end = rest.find(kRow);
    std::string_view line = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    TableRow row;
    row.cells.reserve(out.rows.empty() ? 0 : out.rows.back().cells.size());
    const auto number = std::from_chars(line.data(), line.data() + line.size(), row.number);
    line.remove_prefix(static_cast<std::size_t>(number.ptr - line.data()));
    if (number.ec != std::errc() || out.rows.size() >= limits::table_rows) {
      return fail(err::table_unknown, place, {{"detail", "worker reply"}});
    }
    while (!line.empty()) {
      line.remove_prefix(1);
      const std::size_t stop = std::min(line.find(kCell), line.size());
      row.cells.emplace_back(line.substr(0, stop));
      line.remove_prefix(stop);
      if (row.cells.size() > limits::table_columns) {
        return fail(err::table_unknown, place, {{"detail", "worker reply"}});
      }
    }
    out.rows.push_back(std::move(row));
  }
  return out;
}

Job table_job() { return {"table.read", limits::table_file_bytes, run_table}; }

Result<Table> read_table(WorkerPool& pool, std::string_view bytes, const std::string& name,
                         const std::string& sheet) {
  KHIEN_TRY(const Node reply, read_packed_table(pool, bytes, name, sheet));
  return table_from(reply, name);
}

Result<Node> read_packed_table(WorkerPool& pool, std::string_view bytes, const std::string& name,
                               const std::string& sheet) {
  return pool.run_bytes("table.read", bytes, name, Node::map({{"sheet", sheet}}));
}

}  // namespace khien
