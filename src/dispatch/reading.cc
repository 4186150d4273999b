// Lines and rows, to a Node and back, and into a Document.
#include "dispatch/reading.h"

#include <algorithm>

#include "base/limits.h"
#include "base/text.h"
#include "dispatch/errors.h"

namespace khien {
namespace {

constexpr std::size_t kReadingLayoutBytes = 4000;  // read to tell a table of the head from others
constexpr std::size_t kReadingHeadLetters = 300;  // a table this short may be the head of a paper

}  // namespace

void LineWriter::line(std::string_view text) {
  if (full()) return;
  const std::string clean = nfc(text);
  std::string_view rest = clean;
  if (addressed_ && !as_printed_ && !trim(rest).empty()) gap();
  if (!addressed_) addressed_ = skeleton(trim(rest).substr(0, 16)).starts_with("kinh gui");
  for (;;) {
    const std::size_t end = rest.find('\n');
    std::string_view one = rest.substr(0, end);
    while (!one.empty() && (one.back() == ' ' || one.back() == '\r')) one.remove_suffix(1);
    last_empty_ = trim(one).empty();
    out_.text += one;
    out_.text += '\n';
    ++lines_;
    if (end == std::string_view::npos) return;
    rest.remove_prefix(end + 1);
  }
}

void LineWriter::gap() {
  if (!last_empty_) line("");
}

void LineWriter::row(std::size_t table, std::vector<std::string> printed,
                     std::vector<std::string> full) {
  std::string text;
  for (const std::string& cell : printed) {
    if (!text.empty()) text += " | ";
    text += squeeze(nfc(cell));
  }
  for (std::string& cell : full) cell = squeeze(nfc(cell));
  while (text.ends_with(" | ")) text.resize(text.size() - 3);
  if (trim(text).empty()) return;
  gap();
  const std::size_t at = lines_;
  line(text);
  gap();
  out_.rows.push_back({table, at, std::move(full)});
}

void LineWriter::warn(const std::string& code, std::map<std::string, std::string> args) {
  const bool said = std::any_of(out_.warnings.begin(), out_.warnings.end(),
                                [&](const Warning& w) { return w.code == code; });
  if (!said) out_.warnings.push_back({code, "warning." + code, std::move(args)});
}

bool LineWriter::full() const { return out_.text.size() > limits::dispatch_text_bytes; }

Result<Reading> LineWriter::finish(const std::string& place, Code empty_code) {
  if (trim(out_.text).empty()) return fail(empty_code, place);
  if (full()) {
    return fail(err::document_text_large, place,
                {{"limit", std::to_string(limits::dispatch_text_bytes)}});
  }
  return std::move(out_);
}

bool is_layout_table(std::string_view text, std::size_t columns) {
  if (columns > 3) return false;
  const std::string key = squeeze(skeleton(text.substr(0, kReadingLayoutBytes)));
  for (const char* word : {"cong hoa xa hoi", "doc lap -", "noi nhan:", "dang cong san"}) {
    if (key.find(word) != std::string::npos) return true;
  }
  for (const char* word : {"so:", "kt. ", "tm. ", "tl. ", "tuq. ", "kinh gui"}) {
    if (key.starts_with(word)) return true;
  }
  return key.find("/ubnd-") != std::string::npos && key.size() < kReadingHeadLetters;
}

void plain_row_number(std::string& cell) {
  std::string_view text = trim(cell);
  if (text.size() < 2 || text.back() != '.') return;
  text.remove_suffix(1);
  const bool digits = std::all_of(text.begin(), text.end(),
                                  [](char c) { return c >= '0' && c <= '9'; });
  if (digits) cell = std::string(text);
}

void write_table(LineWriter& writer,
                 const std::vector<std::vector<std::vector<std::string>>>& rows) {
  if (rows.empty()) return;
  std::string all;
  std::size_t widest = 0;
  for (const auto& row : rows) {
    widest = std::max(widest, row.size());
    for (const auto& cell : row) {
      for (const std::string& one : cell) {
        if (all.size() < kReadingLayoutBytes) all += nfc(one) + " ";
      }
    }
  }
  const bool layout = is_layout_table(all, widest);
  if (layout) writer.as_printed(true);
  const std::size_t id = layout ? 0 : writer.new_table();
  for (const auto& row : rows) {
    std::vector<std::string> cells;
    for (const auto& cell : row) {
      std::string text;
      for (const std::string& one : cell) {
        if (layout) writer.line(one);
        text += one + " ";
      }
      text = squeeze(text);
      if (cells.empty()) plain_row_number(text);
      cells.push_back(std::move(text));
    }
    if (layout) continue;
    std::vector<std::string> full = cells;
    writer.row(id, std::move(cells), std::move(full));
  }
  writer.as_printed(false);
  writer.gap();
}

Node to_node(const Reading& reading) {
  Node rows = Node::list();
  for (const ReadRow& r : reading.rows) {
    rows.push(Node::map({{"table", Node(static_cast<std::int64_t>(r.table))},
                         {"line", Node(static_cast<std::int64_t>(r.line))},
                         {"cells", Node::list_of(r.cells)}}));
  }
  Node warnings = Node::list();
  for (const Warning& w : reading.warnings) {
    Node args = Node::map();
    for (const auto& [key, value] : w.args) args.set(key, value);
    warnings.push(Node::map({{"code", w.code}, {"args", std::move(args)}}));
  }
  Node pages = Node::list();
  for (const PageSeen& p : reading.pages) {
    pages.push(Node::map({{"page", Node(static_cast<std::int64_t>(p.page))},
                          {"percent", Node(static_cast<std::int64_t>(p.percent))},
                          {"words", Node(static_cast<std::int64_t>(p.words))}}));
  }
  return Node::map({{"text", Node(reading.text)},
                    {"encoding", Node(reading.encoding)},
                    {"rows", std::move(rows)},
                    {"warnings", std::move(warnings)},
                    {"pages", std::move(pages)},
                    {"places", to_node(reading.places)}});
}

Reading reading_from(const Node& node) {
  Reading out;
  out.text = node["text"].text();
  out.encoding = node["encoding"].text();
  for (const Node& r : node["rows"].items()) {
    out.rows.push_back({static_cast<std::size_t>(r["table"].integer()),
                        static_cast<std::size_t>(r["line"].integer()), r["cells"].texts()});
  }
  for (const Node& w : node["warnings"].items()) {
    Warning warning{w["code"].text(), "warning." + w["code"].text(), {}};
    for (const auto& [key, value] : w["args"].pairs()) warning.args[key] = value.text();
    out.warnings.push_back(std::move(warning));
  }
  for (const Node& p : node["pages"].items()) {
    out.pages.push_back({static_cast<int>(p["page"].integer()),
                         static_cast<int>(p["percent"].integer()),
                         static_cast<int>(p["words"].integer())});
  }
  out.places = places_from(node["places"]);
  return out;
}

namespace {



// Where each line begins, in code points, and the end of the last.
std::vector<std::uint32_t> line_starts(std::string_view text) {
  std::vector<std::uint32_t> out = {0};
  std::uint32_t at = 0;
  for (const char c : text) {
    at += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    if (c == '\n') out.push_back(at);
  }
  out.push_back(at + 1);
  return out;
}

}  // namespace

void take_reading(Document& document, Reading reading) {
  document.text = std::move(reading.text);
  document.encoding = std::move(reading.encoding);
  document.warnings = std::move(reading.warnings);
  document.scanned = std::move(reading.pages);
  document.places = std::move(reading.places);
  document.marks_unreliable = !document.scanned.empty();
  if (reading.rows.empty()) return;
  const std::vector<std::uint32_t> starts = line_starts(document.text);
  std::map<std::size_t, std::size_t> tables;  // of the file -> of the document
  for (ReadRow& r : reading.rows) {
    if (r.line + 1 >= starts.size()) continue;
    const auto [at, fresh] = tables.try_emplace(r.table, document.tables.size());
    if (fresh) document.tables.emplace_back();
    document.tables[at->second].rows.push_back(
        {starts[r.line], starts[r.line + 1] - 1, std::move(r.cells)});
  }
}

}  // namespace khien
