// Structures of a DOC below its text: the file information block, pieces, paragraph properties,
// styles and lists. Everything is read with bounds; what does not fit is as if it were not there.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "dispatch/list_numbering.h"

namespace khien {

struct DocParagraph {       // what its properties say
  int list = 0;             // LFO index, 1-based; 0 none
  int level = 0;
  bool in_table = false;
  bool row_end = false;
};

struct DocRun {             // characters that are not shown or not of Unicode
  std::uint32_t from = 0;   // file offsets in the main stream
  std::uint32_t to = 0;
  bool hidden = false, struck = false, deleted = false, capitals = false;
};

class DocFile {
 public:
  // K0303, K0304, K0307.
  [[nodiscard]] static Result<DocFile> open(std::string_view bytes, const std::string& place);

  struct Letter {
    char32_t c = 0;
    std::uint32_t at = 0;   // file offset
  };
  // Main text, then footnotes.
  [[nodiscard]] const std::vector<Letter>& letters() const { return letters_; }
  [[nodiscard]] std::size_t main_length() const { return main_length_; }
  [[nodiscard]] DocParagraph paragraph_at(std::uint32_t file_offset) const;
  [[nodiscard]] const DocRun* run_at(std::uint32_t file_offset) const;
  [[nodiscard]] ListNumbering& numbering() { return numbering_; }

 private:
  struct Span {
    std::uint32_t from = 0;
    std::uint32_t to = 0;
    DocParagraph look;
  };
  std::string main_, table_;
  std::vector<Letter> letters_;
  std::size_t main_length_ = 0;
  std::vector<Span> paragraphs_;
  std::vector<DocRun> runs_;
  std::vector<DocParagraph> styles_;
  ListNumbering numbering_;

  [[nodiscard]] std::string_view part(std::size_t fib_at) const;  // of the table stream
  [[nodiscard]] bool load_pieces();
  void load_styles();
  void load_paragraphs();
  void load_runs();
  void load_lists();
};

}  // namespace khien
