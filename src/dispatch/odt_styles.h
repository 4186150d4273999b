// Styles of an ODT as far as text needs them, and its lists.
#pragma once

#include <map>
#include <string>

#include <pugixml.hpp>

#include "dispatch/list_numbering.h"

namespace khien {

struct OdtLook {
  bool hidden = false;
  bool struck = false;
  bool capitals = false;
  std::string font;
};

class OdtStyles {
 public:
  void load(const pugi::xml_node& root);  // of styles.xml, then of content.xml
  void lay_over(OdtLook& look, const std::string& style) const;
  [[nodiscard]] std::string list_of_paragraph(const std::string& style) const;
  // What is printed before the next item; `fresh`: the list begins anew.
  [[nodiscard]] std::string next(const std::string& list, int level, bool fresh);

 private:
  struct Style {
    std::string parent, list, font, line_through, display, transform;
  };
  std::map<std::string, Style> styles_;
  std::map<std::string, int> lists_;
  ListNumbering numbering_;
  [[nodiscard]] const Style* find(const std::string& name) const;
};

}  // namespace khien
