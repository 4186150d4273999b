// numbering.xml to lists. A w:num that names a numbering style takes that style's definition.
#include "dispatch/docx_numbering.h"

#include <algorithm>
#include <map>
#include <string_view>

namespace khien {
namespace {

ListLevel read_level(const pugi::xml_node& node) {
  ListLevel level;
  level.start = std::clamp(node.child("w:start").attribute("w:val").as_int(1), 0, 100'000);
  level.format = node.child("w:numFmt").attribute("w:val").as_string("decimal");
  level.text = node.child("w:lvlText").attribute("w:val").as_string();
  level.style = node.child("w:pStyle").attribute("w:val").as_string();
  level.restart = node.child("w:lvlRestart").attribute("w:val").as_int(-1);
  const pugi::xml_node legal = node.child("w:isLgl");
  level.legal = legal && std::string_view(legal.attribute("w:val").as_string("1")) != "0";
  return level;
}

int index_of(const pugi::xml_node& node) {
  const int i = node.attribute("w:ilvl").as_int(-1);
  return i < ListNumbering::kLevels ? i : -1;
}

}  // namespace

void load_numbering(const pugi::xml_node& root, const DocxStyles& styles, ListNumbering& out) {
  std::map<int, std::string> links;  // abstract -> numbering style
  for (const pugi::xml_node& a : root.children("w:abstractNum")) {
    const int id = a.attribute("w:abstractNumId").as_int();
    ListLevels levels;
    for (const pugi::xml_node& l : a.children("w:lvl")) {
      if (const int i = index_of(l); i >= 0) levels[i] = read_level(l);
    }
    out.define(id, std::move(levels));
    if (const pugi::xml_node link = a.child("w:numStyleLink"))
      links[id] = link.attribute("w:val").as_string();
  }
  std::map<int, ListNumbering::List> lists;
  for (const pugi::xml_node& n : root.children("w:num")) {
    ListNumbering::List& list = lists[n.attribute("w:numId").as_int()];
    list.abstract = n.child("w:abstractNumId").attribute("w:val").as_int();
    for (const pugi::xml_node& o : n.children("w:lvlOverride")) {
      const int i = index_of(o);
      if (i < 0) continue;
      if (const pugi::xml_node l = o.child("w:lvl")) list.own[i] = read_level(l);
      if (const pugi::xml_node start = o.child("w:startOverride"))
        list.starts[i] = std::clamp(start.attribute("w:val").as_int(1), 0, 100'000);
    }
  }
  for (int step = 0; step < 4; ++step) {
    for (auto& [id, list] : lists) {
      const auto link = links.find(list.abstract);
      if (link == links.end()) continue;
      const auto target = lists.find(styles.list_of(link->second));
      if (target != lists.end()) list.abstract = target->second.abstract;
    }
  }
  for (auto& [id, list] : lists) out.add(id, std::move(list));
}

}  // namespace khien
