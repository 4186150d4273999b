// Text in columns, as terminals print it and Word pastes it: cells are held apart by two spaces or
// more. Lines with as many cells as the heading are taken in order, shorter ones by where their
// cells stand under it.
#include "base/text.h"
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

bool in_columns(const std::vector<std::string_view>& lines) {
  std::size_t seen = 0;
  std::size_t apart = 0;
  std::size_t separated = 0;
  for (std::size_t i = 0; i < lines.size() && seen < kSample; ++i) {
    if (trim(lines[i]).empty() || is_rule(lines[i])) continue;
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

}  // namespace

Result<std::optional<Table>> read_columns(std::string_view text, const std::string& place) {
  const std::vector<std::string_view> lines = lines_of(text);
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
