// Styles of a Word file as far as text needs them: numbering, hidden and struck-through text, the
// font (old Vietnamese fonts), capitals. A style takes from the one it is based on.
#pragma once

#include <map>
#include <optional>
#include <string>

#include <pugixml.hpp>

namespace khien {

struct RunLook {                    // unset: as the style below says
  std::optional<bool> hidden, struck, capitals;
  std::string font;
  void lay_over(const RunLook& upper);  // what `upper` sets wins
};

struct ParagraphLook {
  RunLook run;
  std::optional<int> list;          // w:numId; 0 takes the numbering away
  std::optional<int> level;
  std::string list_style;           // the style the list came from; "" when it is the paragraph's
};

[[nodiscard]] RunLook run_look(const pugi::xml_node& properties);          // w:rPr
[[nodiscard]] ParagraphLook paragraph_look(const pugi::xml_node& properties);  // w:pPr

class DocxStyles {
 public:
  void load(const pugi::xml_node& root);
  // The style with all it is based on; the default style of paragraphs for "".
  [[nodiscard]] ParagraphLook of(const std::string& id) const;
  // A character style alone: no default below it.
  [[nodiscard]] RunLook run_of(const std::string& id) const;
  // w:numStyleLink: the list a numbering style stands for; 0 when unknown.
  [[nodiscard]] int list_of(const std::string& id) const;

 private:
  struct Style {
    std::string based_on;
    ParagraphLook look;
  };
  std::map<std::string, Style> styles_;
  std::string usual_;               // default paragraph style
  RunLook everywhere_;              // w:docDefaults
  [[nodiscard]] ParagraphLook chain(const std::string& id, ParagraphLook below) const;
};

}  // namespace khien
