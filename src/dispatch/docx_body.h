// Blocks of WordprocessingML to lines and rows: paragraphs with their automatic numbers, content
// controls, text boxes, tables. Struck-through, hidden and deleted text is left out and said so;
// letters of the old Vietnamese fonts are read by the name of the font.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include <pugixml.hpp>

#include "base/legacy_text.h"
#include "dispatch/docx_styles.h"
#include "dispatch/list_numbering.h"
#include "dispatch/reading.h"

namespace khien {

class DocxBody {
 public:
  // `chunk` gives the reading of a part taken in by w:altChunk; `unnamed` is the old font of text
  // whose font has a new name.
  DocxBody(std::string place, const DocxStyles& styles, ListNumbering& numbering,
           std::function<Result<Reading>(const std::string& id)> chunk,
           const LegacyDetector& unnamed)
      : place_(std::move(place)), styles_(styles), numbering_(numbering),
        chunk_(std::move(chunk)), unnamed_(unnamed) {}

  [[nodiscard]] Done blocks(const pugi::xml_node& parent, int depth);
  // Notes in the order in which the text calls them; `kind` "w:footnote" or "w:endnote".
  [[nodiscard]] Done notes(const pugi::xml_node& root, const char* kind);
  [[nodiscard]] LineWriter& writer() { return writer_; }

 private:
  std::string place_;
  const DocxStyles& styles_;
  ListNumbering& numbering_;
  std::function<Result<Reading>(const std::string& id)> chunk_;
  const LegacyDetector& unnamed_;
  LineWriter writer_;
  std::vector<std::string>* cell_ = nullptr;  // where paragraphs go inside a table
  std::vector<pugi::xml_node> boxes_;         // text boxes of the paragraph being read
  std::vector<std::string> called_;           // notes, "w:footnote 3"
  std::string carried_;                       // of a paragraph whose end was deleted

  struct Run {
    RunLook look;
    bool dropped = false;  // something was left out
  };
  [[nodiscard]] tl::unexpected<Error> too_deep() const;
  void emit(std::string text);
  void left_out(const char* code, std::string_view text);
  void add_text(std::string& out, std::string_view text, Run& run);
  [[nodiscard]] Done inline_text(const pugi::xml_node& parent, std::string& text, Run& run,
                                 int depth);
  [[nodiscard]] Done paragraph(const pugi::xml_node& p, int depth);
  [[nodiscard]] std::string mark_of(const pugi::xml_node& properties, const ParagraphLook& style);
  [[nodiscard]] Done table(const pugi::xml_node& table, int depth);
  [[nodiscard]] Done row(const pugi::xml_node& row, std::size_t table,
                         std::vector<std::string>& above, int depth);
  [[nodiscard]] Done chunk(const pugi::xml_node& node);
};

}  // namespace khien
