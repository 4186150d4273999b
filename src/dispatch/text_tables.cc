// A typed page is a page of letters of one width, so aligned columns are found as in print. A table
// of two columns is left alone: the head and the signature are typed so.
#include "dispatch/text_tables.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "dispatch/page_rows.h"

namespace khien {
namespace {

constexpr float kTypedLetter = 6;            // points of a typed letter
constexpr float kTypedTail = 2.5F;      // one space parts words, two part cells
constexpr float kTypedLine = 14;
constexpr std::size_t kLeastCells = 3;
constexpr std::size_t kMostCells = 40;
constexpr std::size_t kAlignedLines = 4000;

using TextLines = std::vector<std::string_view>;
using Cells = std::vector<std::string>;

struct TextTable {
  std::size_t from = 0;  // lines [from, to)
  std::size_t to = 0;
  std::vector<Cells> rows;
};

TextLines text_lines(std::string_view text) {
  TextLines out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    out.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

// "+----+----+", "|---|:--:|"
bool is_text_rule(std::string_view line) {
  line = trim(line);
  return line.size() >= 3 && line.find("--") != std::string_view::npos &&
         line.find_first_not_of("-+|:= ") == std::string_view::npos;
}

Cells marked_cells(std::string_view line, char mark) {
  line = trim(line);
  if (mark == '|' && line.starts_with("|")) line.remove_prefix(1);
  if (mark == '|' && line.ends_with("|")) line.remove_suffix(1);
  Cells out;
  while (out.size() < kMostCells) {
    const std::size_t end = line.find(mark);
    out.push_back(squeeze(line.substr(0, end)));
    if (end == std::string_view::npos) break;
    line.remove_prefix(end + 1);
  }
  return out;
}

bool is_row(std::string_view line, char mark) {
  const auto marks = static_cast<std::size_t>(std::count(line.begin(), line.end(), mark));
  return marks + 1 >= kLeastCells && marked_cells(line, mark).size() >= kLeastCells;
}

// The table whose first row is line `from`; without rows when there is none. Rules between all rows
// tell where a wrapped one ends.
TextTable marked_table(const TextLines& lines, std::size_t from, char mark) {
  TextTable out{from, from, {}};
  std::size_t rules = 0;
  bool opens = true;
  std::vector<std::pair<Cells, bool>> found;  // with whether a rule stood above
  for (std::size_t i = from; i < lines.size(); ++i) {
    if (mark == '|' && is_text_rule(lines[i])) {
      ++rules;
      opens = true;
    } else if (is_row(lines[i], mark)) {
      found.emplace_back(marked_cells(lines[i], mark), std::exchange(opens, false));
    } else if (trim(lines[i]).empty()) {
      continue;
    } else {
      break;
    }
    out.to = i + 1;
  }
  const bool ruled = rules > 2;
  for (auto& [cells, first] : found) {
    if (first || !ruled || out.rows.empty()) {
      out.rows.push_back(std::move(cells));
      continue;
    }
    Cells& above = out.rows.back();
    for (std::size_t i = 0; i < std::min(cells.size(), above.size()); ++i)
      above[i] = squeeze(above[i] + " " + cells[i]);
  }
  if (out.rows.size() < 2) out.rows.clear();
  return out;
}

// Words of a line as they stand on a typed page.
PrintedLine typed(std::string_view line, std::size_t number) {
  PrintedLine out;
  const float y = kTypedLine * static_cast<float>(number);
  std::size_t column = 0;
  std::size_t at = 0;
  while (at < line.size()) {
    if (line[at] == ' ') {
      ++at;
      ++column;
      continue;
    }
    const std::size_t end = std::min(line.find(' ', at), line.size());
    const std::string word(line.substr(at, end - at));
    const std::size_t letters = code_points(word);
    out.words.push_back({kTypedLetter * static_cast<float>(column), y + 1,
                         kTypedLetter * static_cast<float>(column + letters) + kTypedTail,
                         y + kTypedLine - 1,
                         word});
    column += letters;
    at = end;
  }
  if (out.words.empty()) return out;
  out.x0 = out.words.front().x0;
  out.x1 = out.words.back().x1;
  out.y0 = y + 1;
  out.y1 = y + kTypedLine - 1;
  return out;
}

bool is_aligned_row(std::string_view line) {
  line = trim(line);
  std::size_t cells = 1;
  for (std::size_t at = line.find("  "); at != std::string_view::npos;
       at = line.find("  ", line.find_first_not_of(' ', at))) {
    ++cells;
  }
  return cells >= kLeastCells;
}

// Tables of three columns and more whose rows are counted.
std::vector<TextTable> aligned_tables(const TextLines& lines) {
  std::vector<TextTable> out;
  const auto rows = std::count_if(lines.begin(), lines.end(), is_aligned_row);
  if (rows < 2 || lines.size() > kAlignedLines) return out;
  // above it stands the head, whose halves would take the table for more of themselves
  const auto first = static_cast<std::size_t>(
      std::find_if(lines.begin(), lines.end(), is_aligned_row) - lines.begin());
  std::vector<PrintedLine> page;
  std::vector<std::size_t> numbers;
  for (std::size_t i = first; i < lines.size(); ++i) {
    PrintedLine line = typed(lines[i], i);
    if (line.words.empty()) continue;
    page.push_back(std::move(line));
    numbers.push_back(i);
  }
  for (const Zone& zone : find_zones(page, false)) {
    if (!zone.is_table()) continue;
    TextTable table{numbers[zone.from], numbers[zone.to - 1] + 1, {}};
    std::size_t counted = 0;
    for (ZoneRow& row : rows_of(page, zone)) {
      counted += is_row_number(row.cells.front()) ? 1 : 0;
      table.rows.push_back(std::move(row.cells));
    }
    if (counted >= 2) out.push_back(std::move(table));
  }
  return out;
}

std::vector<TextTable> tables_in(const TextLines& lines) {
  std::vector<TextTable> out;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    for (const char mark : {'|', '\t'}) {
      if (!is_row(lines[i], mark)) continue;
      TextTable table = marked_table(lines, i, mark);
      if (table.rows.empty()) continue;
      i = table.to - 1;
      out.push_back(std::move(table));
      break;
    }
  }
  return out.empty() ? aligned_tables(lines) : out;
}

}  // namespace

Reading read_text_tables(std::string_view text) {
  const TextLines lines = text_lines(text);
  const std::vector<TextTable> tables = tables_in(lines);
  LineWriter writer;
  if (tables.empty()) {
    writer.reading().text = text;
    return std::move(writer.reading());
  }
  writer.as_printed(true);
  std::size_t next = 0;
  const auto lines_until = [&](std::size_t to) {
    for (; next < to; ++next) {
      if (!is_text_rule(lines[next]) || lines[next].find('+') == std::string_view::npos)
        writer.line(lines[next]);
    }
  };
  for (const TextTable& table : tables) {
    lines_until(table.from);
    const std::size_t id = writer.new_table();
    for (Cells cells : table.rows) {
      plain_row_number(cells.front());
      writer.row(id, cells, cells);
    }
    next = table.to;
  }
  lines_until(lines.size());
  return std::move(writer.reading());
}

}  // namespace khien
