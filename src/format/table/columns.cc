// Text in columns, as terminals print it and Word pastes it. Where a rule of dashes under the
// heading shows the columns (Format-Table, sqlcmd, zmaccts), it is believed; else cells are held
// apart by two spaces or more: lines with as many cells as the heading are taken in order, shorter
// ones by where their cells stand under it.
#include "base/text.h"
#include "format/errors.h"
#include "format/table/table.h"

namespace khien {
namespace {

constexpr std::size_t kSample = 50;

struct Piece {
  std::size_t begin = 0, end = 0;  // code points
  std::string_view text;
};

std::vector<Piece> pieces_of(std::string_view line) {
  std::vector<Piece> out;
  std::size_t column = 0;
  for (std::size_t i = 0; i < line.size();) {
    if (line[i] == ' ') {
      ++i;
      ++column;
      continue;
    }
    const std::size_t from = i;
    const std::size_t begin = column;
    while (i < line.size() && !(line[i] == ' ' && (i + 1 == line.size() || line[i + 1] == ' '))) {
      column += (static_cast<unsigned char>(line[i]) & 0xC0) != 0x80;
      ++i;
    }
    out.push_back({begin, column, line.substr(from, i - from)});
  }
  return out;
}

bool is_rule(std::string_view line) {
  return line.find_first_not_of("-=+_ ") == std::string_view::npos;
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    out.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

// What a program says above its columns ("Flags: X - disabled") does not count.
bool in_columns(const std::vector<std::string_view>& lines) {
  constexpr std::size_t kAbove = 8;  // such lines
  std::size_t above = 0;
  std::size_t seen = 0;
  std::size_t apart = 0;
  std::size_t separated = 0;
  for (std::size_t i = 0; i < lines.size() && seen < kSample; ++i) {
    if (trim(lines[i]).empty() || is_rule(lines[i])) continue;
    if (seen == 0 && above < kAbove && pieces_of(lines[i]).size() == 1) {
      ++above;
      continue;
    }
    ++seen;
    apart += pieces_of(lines[i]).size() > 1;
    if (lines[i].find('\t') != std::string_view::npos) return false;
    separated += lines[i].find_first_of(",;|") != std::string_view::npos;
  }
  return seen >= 2 && apart * 10 >= seen * 8 && separated * 2 < seen;
}

// The column of the heading under which most of the piece stands, else the one it begins in.
std::size_t column_of(const std::vector<Piece>& heading, const Piece& piece, std::size_t from) {
  std::size_t out = from;
  for (std::size_t i = from; i < heading.size(); ++i) {
    if (piece.begin < heading[i].end && heading[i].begin < piece.end) return i;
    if (heading[i].begin <= piece.begin) out = i;
  }
  return out;
}

// Where the groups of dashes of a rule begin; empty: no rule of several columns.
std::vector<std::size_t> columns_of_rule(std::string_view line) {
  std::vector<std::size_t> out;
  if (line.find_first_not_of("- \r") != std::string_view::npos) return out;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const bool begins = line[i] == '-' && (i == 0 || line[i - 1] == ' ');
    if (begins) out.push_back(i);
  }
  return out.size() < 2 ? std::vector<std::size_t>() : out;
}

// The line cut at the columns; a word that crosses one goes where most of its room is.
std::vector<std::string> cells_under(std::string_view text,
                                     const std::vector<std::size_t>& starts) {
  const std::u32string line = to_u32(text);
  std::vector<std::string> out;
  std::size_t from = 0;
  for (std::size_t c = 0; c < starts.size(); ++c) {
    std::size_t end = c + 1 < starts.size() ? std::min(starts[c + 1], line.size()) : line.size();
    const bool inside = end > 0 && end < line.size() && line[end] != U' ' && line[end - 1] != U' ';
    if (inside) {
      const std::size_t space = line.rfind(U' ', end);
      if (space != std::u32string::npos && space >= from) end = space;
      else end = std::min(line.find(U' ', end), line.size());
    }
    out.emplace_back(trim(to_utf8(line.substr(from, end - from))));
    from = end;
  }
  return out;
}

bool is_count(const std::string& cell) {
  return !cell.empty() && cell.find_first_not_of("0123456789.,%") == std::string::npos;
}

// A second rule opens another table: the same heading printed again (nullopt), sums of the first
// (its rows end where the line returned stands), or what one table cannot hold (K0476).
Result<std::optional<std::size_t>> second_table(const std::vector<std::string_view>& lines,
                                                std::size_t heading, std::size_t rule,
                                                const std::string& place) {
  const std::string_view above = trim(lines[rule - 1]);
  if (above == trim(lines[heading])) return std::optional<std::size_t>();
  const std::vector<std::size_t> starts = columns_of_rule(lines[rule]);
  for (std::size_t i = rule + 1; i < lines.size() && !trim(lines[i]).empty(); ++i) {
    const std::vector<std::string> cells = cells_under(lines[i], starts);
    if (!std::all_of(cells.begin() + 1, cells.end(), is_count)) {
      return fail(err::table_broken, place, {{"format", "text"}, {"detail", squeeze(above)}});
    }
  }
  std::size_t end = rule - 1;
  const auto blank = [&](std::size_t i) { return trim(lines[i]).empty(); };
  while (end > heading + 2 && (blank(end - 1) || blank(end - 2))) --end;  // its title
  return std::optional(end);
}

Result<std::optional<Table>> read_ruled(const std::vector<std::string_view>& lines,
                                        const std::string& place) {
  std::size_t rule = 1;
  while (rule < std::min(lines.size(), kSample) &&
         (columns_of_rule(lines[rule]).empty() || trim(lines[rule - 1]).empty())) {
    ++rule;
  }
  if (rule >= std::min(lines.size(), kSample)) return std::optional<Table>();
  const std::vector<std::size_t> starts = columns_of_rule(lines[rule]);
  Table out;
  out.format = "text";
  TableBuilder builder(out, place);
  std::size_t end = lines.size();
  for (std::size_t i = rule - 1; i < end; ++i) {
    if (i == rule) continue;
    if (i > rule && !columns_of_rule(lines[i]).empty()) continue;
    const bool opens = i > rule && i + 1 < end && !columns_of_rule(lines[i + 1]).empty() &&
                       !trim(lines[i]).empty();
    if (opens) continue;
    const std::vector<std::string> cells = cells_under(lines[i], starts);
    for (std::size_t c = 0; c < cells.size(); ++c) {
      KHIEN_DO(builder.cell(static_cast<int>(i) + 1, c, cells[c]));
    }
    if (i != rule - 1) continue;
    for (std::size_t next = rule + 1; next < lines.size(); ++next) {
      if (columns_of_rule(lines[next]).empty() || trim(lines[next - 1]).empty()) continue;
      KHIEN_TRY(const auto stop, second_table(lines, rule - 1, next, place));
      if (stop) end = *stop;
      if (stop) break;
    }
  }
  builder.finish();
  return std::optional(std::move(out));
}

}  // namespace

Result<std::optional<Table>> read_columns(std::string_view text, const std::string& place) {
  const std::vector<std::string_view> lines = lines_of(text);
  KHIEN_TRY(auto ruled, read_ruled(lines, place));
  if (ruled) return ruled;
  if (!in_columns(lines)) return std::optional<Table>();
  std::vector<Piece> heading;
  for (std::size_t i = 0; i < std::min(lines.size(), kSample); ++i) {
    std::vector<Piece> pieces = pieces_of(lines[i]);
    if (!is_rule(lines[i]) && pieces.size() > heading.size()) heading = std::move(pieces);
  }
  Table out;
  out.format = "text";
  TableBuilder builder(out, place);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (is_rule(lines[i])) continue;
    const std::vector<Piece> pieces = pieces_of(lines[i]);
    std::size_t column = 0;
    for (const Piece& piece : pieces) {
      if (pieces.size() < heading.size()) column = column_of(heading, piece, column);
      KHIEN_DO(builder.cell(static_cast<int>(i) + 1, column, piece.text));
      ++column;
    }
  }
  builder.finish();
  return out;
}

}  // namespace khien
