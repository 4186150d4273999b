// Letters to paragraphs, cells and rows. 0x07 ends a cell and, where the paragraph says so, a row;
// 0x13-0x15 fence a field whose command is not shown; 0x02 calls a note.
#include "dispatch/doc.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "base/legacy_text.h"
#include "base/text.h"
#include "dispatch/doc_file.h"
#include "dispatch/errors.h"
#include "dispatch/letters.h"

namespace khien {
namespace {

using Cell = std::vector<std::string>;
using Row = std::vector<Cell>;

class DocText {
 public:
  explicit DocText(DocFile& file) : file_(file) {}

  Result<Reading> read(const std::string& place) {
    find_unnamed_font();
    const auto& letters = file_.letters();
    for (std::size_t i = 0; i < file_.main_length() && !writer_.full(); ++i)
      take(letters[i], false);
    if (!text_.empty()) end_paragraph({});
    end_table();
    for (std::size_t i = file_.main_length(); i < letters.size(); ++i) take(letters[i], true);
    for (std::size_t i = 0; i < notes_.size(); ++i) {
      writer_.gap();
      writer_.line(superscript(static_cast<int>(i) + 1) + " " + notes_[i]);
    }
    return writer_.finish(place, err::document_scan);
  }

 private:
  DocFile& file_;
  LineWriter writer_;
  LegacyDetector unnamed_;
  std::u32string text_;
  char32_t high_ = 0;
  int fields_ = 0;        // open, their command is being read
  int results_ = 0;
  int calls_ = 0;
  std::vector<std::string> notes_;
  Cell cell_;
  Row row_;
  std::vector<Row> rows_;

  void find_unnamed_font() {
    std::u32string line;
    bool unicode = false;
    for (const auto& letter : file_.letters()) {
      unicode = unicode || (letter.c >= 0x1EA0 && letter.c <= 0x1EF9);
      if (letter.c >= 0x20) line += letter.c;
      if (letter.c != 0x0D && letter.c != 0x07) continue;
      unnamed_.see(to_utf8(line));
      line.clear();
    }
    if (!unicode) unnamed_.decide();
  }

  void take(const DocFile::Letter& letter, bool note) {
    const char32_t c = letter.c;
    if (c == 0x13) {
      ++fields_;
    } else if (c == 0x14) {
      if (fields_ > 0) {
        --fields_;
        ++results_;
      }
    } else if (c == 0x15) {
      if (results_ > 0) --results_;
      else if (fields_ > 0) --fields_;
    } else if (c == 0x0D || c == 0x0C) {
      note ? end_note() : end_paragraph(file_.paragraph_at(letter.at));
    } else if (c == 0x07) {
      end_cell(file_.paragraph_at(letter.at));
    } else if (fields_ == 0) {
      character(letter, note);
    }
  }

  void character(const DocFile::Letter& letter, bool note) {
    char32_t c = letter.c;
    if (c >= 0xD800 && c < 0xE000) {  // halves of a letter beyond the first plane
      if (c >= 0xDC00 && high_ != 0) text_ += 0x10000 + ((high_ - 0xD800) << 10) + (c - 0xDC00);
      high_ = c < 0xDC00 ? c : 0;
      return;
    }
    if (c == 0x02 && !note) {
      for (const char32_t sign : to_u32(superscript(++calls_))) text_ += sign;
      return;
    }
    if (const DocRun* run = file_.run_at(letter.at); run != nullptr) {
      if (run->hidden || run->struck || run->deleted) return leave_out(*run, c);
      if (run->capitals) {
        const std::u32string up = to_u32(to_capitals(to_utf8(std::u32string(1, c))));
        if (up.size() == 1) c = up[0];
      }
    }
    if (c == 0x0B) text_ += U'\n';
    else if (c == 0x09) text_ += U"   ";
    else if (c == 0x1E) text_ += U'-';
    else if (c == 0xA0) text_ += U' ';
    else if (c >= 0x20) text_ += c;
  }

  void leave_out(const DocRun& run, char32_t c) {
    if (c <= 0x20) return;
    writer_.warn(run.deleted ? "text_deleted" : run.struck ? "text_struck" : "text_hidden",
                 {{"sample", "…"}});
  }

  std::string text() { return unnamed_.convert(to_utf8(std::exchange(text_, {}))); }

  void end_note() {
    const std::string note = squeeze(text());
    if (!note.empty()) notes_.push_back(note);
  }

  // The number Word prints before it; an empty paragraph counts, too.
  std::string paragraph(const DocParagraph& look) {
    const std::string mark = look.list > 0 ? file_.numbering().next(look.list, look.level) : "";
    const std::string own = text();
    return trim(own).empty() && !look.in_table ? "" : mark + own;
  }
  void end_paragraph(const DocParagraph& look) {
    std::string line = paragraph(look);
    if (look.in_table) {
      cell_.push_back(std::move(line));
      return;
    }
    end_table();
    writer_.line(line);
  }
  void end_cell(const DocParagraph& look) {
    if (look.row_end) {
      text_.clear();
      if (!row_.empty()) rows_.push_back(std::exchange(row_, {}));
      cell_.clear();
      return;
    }
    cell_.push_back(paragraph(look));
    if (row_.size() < 64) row_.push_back(std::exchange(cell_, {}));
    cell_.clear();
  }
  void end_table() {
    if (!row_.empty()) rows_.push_back(std::exchange(row_, {}));
    write_table(writer_, std::exchange(rows_, {}));
  }
};

}  // namespace

Result<Reading> read_doc(std::string_view bytes, const std::string& name) {
  KHIEN_TRY(DocFile file, DocFile::open(bytes, name));
  return DocText(file).read(name);
}

}  // namespace khien
