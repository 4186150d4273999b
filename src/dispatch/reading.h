// What every reader of a file gives: lines of text, one paragraph (or printed line) a line, the
// rows of its tables by line, and what the person should know of how it was read. It travels from
// the worker as a Node and becomes a Document.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/node.h"
#include "dispatch/document.h"
#include "dispatch/places.h"

namespace khien {

struct ReadRow {
  std::size_t table = 0;           // which table of the file
  std::size_t line = 0;            // of Reading::text, from 0
  std::vector<std::string> cells;  // as printed; a cell merged from above repeats its text
};

struct Reading {
  std::string text;
  std::vector<ReadRow> rows;
  std::vector<Warning> warnings;
  std::vector<PageSeen> pages;     // scans
  std::vector<PagePlaces> places;  // PDF and scans
  std::string encoding;            // plain text
};

// Collects lines within limits::dispatch_text_bytes; each is made NFC. Below "Kính gửi" each line
// is a whole paragraph and an empty line stands between two, so that nothing is taken for wrapped.
class LineWriter {
 public:
  void line(std::string_view text);        // line ends inside it make several lines
  void as_printed(bool on) { as_printed_ = on; }  // no empty lines: a head, text wrapped by hand
  void gap();                              // an empty line, never two
  // "cell | cell" with a gap around; `full` holds the cells with what was merged from above.
  void row(std::size_t table, std::vector<std::string> printed, std::vector<std::string> full);
  void warn(const std::string& code, std::map<std::string, std::string> args = {});  // once a code
  [[nodiscard]] bool full() const;
  [[nodiscard]] std::size_t tables() const { return tables_; }
  std::size_t new_table() { return tables_++; }
  [[nodiscard]] Reading& reading() { return out_; }
  // K0301 or `empty_code` without any text, K0310 beyond the limit.
  [[nodiscard]] Result<Reading> finish(const std::string& place, Code empty_code);

 private:
  Reading out_;
  std::size_t lines_ = 0;
  std::size_t tables_ = 0;
  bool last_empty_ = true;
  bool as_printed_ = false;
  bool addressed_ = false;
};

// The head and the signature stand in tables without lines, to be read one cell after the other.
[[nodiscard]] bool is_layout_table(std::string_view text, std::size_t columns);

// "1." of a numbered cell to "1": the marker of a row has no dot.
void plain_row_number(std::string& cell);

// Rows of cells of paragraphs: a layout cell after cell, anything else a line a row.
void write_table(LineWriter& writer,
                 const std::vector<std::vector<std::vector<std::string>>>& rows);

[[nodiscard]] Node to_node(const Reading& reading);
[[nodiscard]] Reading reading_from(const Node& node);

// The Document of a reading: rows become spans of code points.
void take_reading(Document& document, Reading reading);

}  // namespace khien
