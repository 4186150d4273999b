// The one model of a paper: what stands on it, in order, without saying how DOCX, PDF or HTML draw
// it. Lengths are millimetres, sizes are points. Every text is UTF-8, already cleaned (words.h:
// clean()), never markup: each printer escapes.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "report/lines.h"

namespace khien::report {

// Decree 30/2020, Annex I: A4, margins 20-25 top and bottom, 30-35 left, 15-20 right.
inline constexpr double kPageWidth = 210;
inline constexpr double kPageHeight = 297;
struct Margins {
  double top = 20;
  double bottom = 20;
  double left = 30;
  double right = 15;
};
inline constexpr double kBodyPt = 14;     // 13-14
inline constexpr double kTablePt = 12;
inline constexpr double kListPt = 10.5;     // tables of annexes
inline constexpr double kHeadPt = 13;     // motto, agency: 12-13
inline constexpr double kFirstLine = 10;  // first line of a paragraph: 1 or 1.27 cm

enum class Align { left, center, right, justify };

struct Run {
  std::string text;
  bool bold = false;
  bool italic = false;
};
using Runs = std::vector<Run>;

struct Paragraph {
  Runs runs;
  Align align = Align::justify;
  double first_line = kFirstLine;
  double left = 0;
  double size = kBodyPt;
  double before = 6;        // points above
  bool keep_next = false;   // never the last thing on its page
};

struct Heading {
  int level = 1;            // 1: "I. ...", 2: "1. ..."
  std::string text;
};

struct Cell {
  std::vector<Runs> paragraphs;
};

struct Column {
  double width = 0;         // mm; the sum is the width between the margins
  Align align = Align::left;
  std::string title;
};

struct Table {              // the row of titles is repeated on every page
  std::vector<Column> columns;
  std::vector<std::vector<Cell>> rows;
  std::string about;        // one line for screen readers and captions; not printed on paper
  double size = kTablePt;   // annexes are smaller
};

struct NoteHead {           // two columns without borders
  std::vector<std::string> parent;  // CAPS, upright, balanced lines; may be empty
  std::vector<std::string> agency;  // CAPS, bold
  double rule = 0;                  // mm below it, a third to a half of it
  std::string number;       // "Số:      /BC-SCT"; empty on papers without one
  std::string about;        // "V/v ..." of a công văn, under the number
  std::string motto;        // CỘNG HÒA ...: one line
  std::string slogan;       // Độc lập - Tự do - Hạnh phúc: rule of its length below
  std::string place_date;   // italic
};

struct Title {              // name of the kind of document, what it is about, rule below
  std::string kind;
  std::string about;
};

struct Addressees {         // Kính gửi: one on the same line, several as a list
  std::string label;
  std::vector<std::string> names;
};

struct SignatureBlock {     // kept on one page, with the paragraph before it
  std::string recipients_label;
  std::vector<std::string> recipients;   // "- Như trên;"
  std::vector<std::string> signer_title; // lines, CAPS
  std::string signer_name;               // may be empty
};

struct AnnexTitle {         // starts a page
  std::string label;        // Phụ lục I
  std::string title;
};

struct PageBreak {};

// A drawing of lines and areas, centred. Paths are SVG's M, L, C and Z with absolute millimetres.
struct Shape {
  std::string path;
  std::string fill;         // "0B4F9C"; empty: none
  std::string stroke;       // empty: none
  double line = 0;          // mm
};
struct Picture {
  double width = 0, height = 0;  // mm
  std::string about;             // for those who do not see it
  std::vector<Shape> shapes;
};

using Block = std::variant<Paragraph, Heading, Table, NoteHead, Title, Addressees, SignatureBlock,
                           AnnexTitle, PageBreak, Picture>;

struct Document {
  std::string lang = "vi";
  std::string title;        // of the file's properties
  std::string author;       // the agency
  std::int64_t created_at = 0;  // ms UTC, for the file's properties: never the clock
  Margins margins;
  Breaks breaks;            // of its titles
  bool numbered = true;     // page numbers from page 2; not on forms signed one by one
  std::string sample_mark;  // "DỮ LIỆU MẪU" on every page; empty for real data
  std::vector<Block> blocks;
};

[[nodiscard]] inline double body_width(const Document& d) {
  return kPageWidth - d.margins.left - d.margins.right;
}

}  // namespace khien::report
