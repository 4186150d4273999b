// Line by line; a dispatch in Markdown is a plain text with a few marks.
#include "dispatch/markdown.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "dispatch/errors.h"

namespace khien {
namespace {

constexpr std::size_t kCells = 64;

bool is_rule(std::string_view line) {  // ---, ***, |---|:--:|
  return line.size() >= 3 && line.find_first_not_of("-*_=|: ") == std::string_view::npos &&
         (line.find("--") != std::string_view::npos || line.find("**") != std::string_view::npos ||
          line.find("__") != std::string_view::npos || line.find("==") != std::string_view::npos);
}

std::string without_struck(std::string line, LineWriter& writer) {
  for (std::size_t at = line.find("~~"); at != std::string::npos; at = line.find("~~", at)) {
    const std::size_t end = line.find("~~", at + 2);
    if (end == std::string::npos) break;
    writer.warn("text_struck", {{"sample", shorten(line.substr(at + 2, end - at - 2), 80)}});
    line.erase(at, end + 2 - at);
  }
  return line;
}

// [text](address) and ![text](address) to the text.
std::string without_links(std::string_view line) {
  std::string out;
  while (!line.empty()) {
    const std::size_t middle = line.find("](");
    const std::size_t open = middle == std::string_view::npos ? middle : line.rfind('[', middle);
    const std::size_t close =
        middle == std::string_view::npos ? middle : line.find(')', middle);
    if (open == std::string_view::npos || close == std::string_view::npos) break;
    const std::size_t picture = open > 0 && line[open - 1] == '!' ? 1 : 0;
    out += line.substr(0, open - picture);
    out += line.substr(open + 1, middle - open - 1);
    line.remove_prefix(close + 1);
  }
  return out + std::string(line);
}

std::string plain_inline(std::string_view line) {
  std::string out;
  const std::string text = without_links(line);
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const char next = i + 1 < text.size() ? text[i + 1] : '\0';
    if (c == '\\' && next != '\0' && std::string_view("\\`*_{}[]()#+-.!|>~").find(next) !=
                                          std::string_view::npos) {
      out += next;
      ++i;
    } else if (c == '`' || c == '*') {
      continue;
    } else if (c == '_' && (next == '_' || (i > 0 && text[i - 1] == '_'))) {
      continue;
    } else {
      out += c;
    }
  }
  return out;
}

std::vector<std::string> cells_of(std::string_view line) {
  if (line.starts_with("|")) line.remove_prefix(1);
  if (line.ends_with("|")) line.remove_suffix(1);
  std::vector<std::string> out;
  for (;;) {
    const std::size_t end = line.find('|');
    out.push_back(squeeze(plain_inline(line.substr(0, end))));
    if (end == std::string_view::npos || out.size() >= kCells) return out;
    line.remove_prefix(end + 1);
  }
}

std::string_view without_heading(std::string_view line) {
  const std::size_t n = line.find_first_not_of('#');
  return n > 0 && n <= 6 && n < line.size() && line[n] == ' ' ? trim(line.substr(n)) : line;
}

void take_line(std::string_view raw, LineWriter& writer, bool& in_table) {
  const std::string clean = without_struck(std::string(trim(raw)), writer);
  std::string_view line = clean;
  while (line.starts_with(">")) line = trim(line.substr(1));
  if (line.starts_with("|") && std::count(line.begin(), line.end(), '|') >= 2) {
    if (!std::exchange(in_table, true)) writer.new_table();
    if (is_rule(line)) return;
    std::vector<std::string> cells = cells_of(line);
    plain_row_number(cells.front());
    std::vector<std::string> full = cells;
    writer.row(writer.tables() - 1, std::move(cells), std::move(full));
    return;
  }
  in_table = false;
  if (is_rule(line) || line.starts_with("```")) return;
  const bool star = line.starts_with("* ");
  writer.line((star ? "- " : "") + plain_inline(without_heading(star ? line.substr(2) : line)));
}

}  // namespace

Result<Reading> read_markdown(std::string_view bytes, const std::string& name) {
  KHIEN_TRY(const Decoded decoded, decode_text(bytes, name));
  LineWriter writer;
  writer.reading().encoding = decoded.encoding;
  writer.as_printed(true);
  bool in_table = false;
  std::string_view rest = decoded.text;
  while (!rest.empty() && !writer.full()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    take_line(rest.substr(0, end), writer, in_table);
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return writer.finish(name, err::document_empty);
}

}  // namespace khien
