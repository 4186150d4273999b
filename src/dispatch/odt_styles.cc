// Automatic styles of content.xml win over the named ones of styles.xml: they are loaded later.
#include "dispatch/odt_styles.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "base/text.h"

namespace khien {
namespace {

constexpr int kChain = 24;

std::string format_of(std::string_view odf) {
  if (odf == "1") return "decimal";
  if (odf == "a") return "lowerLetter";
  if (odf == "A") return "upperLetter";
  if (odf == "i") return "lowerRoman";
  if (odf == "I") return "upperRoman";
  return "none";
}

// "%1.%2)" from the parts ODF keeps: how many levels are shown, what stands around them.
ListLevel read_level(const pugi::xml_node& node, int depth) {
  ListLevel out;
  if (std::string_view(node.name()) == "text:list-level-style-bullet") {
    out.format = "bullet";
    out.text = node.attribute("text:bullet-char").as_string("-");
    return out;
  }
  out.format = format_of(node.attribute("style:num-format").as_string());
  out.start = std::clamp(node.attribute("text:start-value").as_int(1), 0, 100'000);
  const std::string whole = node.attribute("loext:num-list-format").as_string();
  if (!whole.empty()) {  // "%1%.%2%)"
    for (std::size_t i = 0; i < whole.size(); ++i) {
      out.text += whole[i];
      if (whole[i] == '%' && i + 2 < whole.size() && whole[i + 2] == '%') {
        out.text += whole[i + 1];
        i += 2;
      }
    }
    return out;
  }
  const int shown = std::clamp(node.attribute("text:display-levels").as_int(1), 1, depth + 1);
  out.text = node.attribute("style:num-prefix").as_string();
  for (int i = depth + 2 - shown; i <= depth + 1; ++i) {
    out.text += "%" + std::to_string(i) + (i <= depth ? "." : "");
  }
  out.text += node.attribute("style:num-suffix").as_string();
  return out;
}

}  // namespace

void OdtStyles::load(const pugi::xml_node& root) {
  for (const char* part : {"office:styles", "office:automatic-styles"}) {
    const pugi::xml_node group = root.child(part);
    for (const pugi::xml_node& s : group.children("style:style")) {
      Style& style = styles_[s.attribute("style:name").as_string()];
      style = {};
      style.parent = s.attribute("style:parent-style-name").as_string();
      style.list = s.attribute("style:list-style-name").as_string();
      const pugi::xml_node text = s.child("style:text-properties");
      style.font = text.attribute("style:font-name").as_string();
      if (style.font.empty()) style.font = text.attribute("fo:font-family").as_string();
      style.line_through = text.attribute("style:text-line-through-style").as_string();
      style.display = text.attribute("text:display").as_string();
      style.transform = text.attribute("fo:text-transform").as_string();
    }
    for (const pugi::xml_node& l : group.children("text:list-style")) {
      ListLevels levels;
      for (const pugi::xml_node& level : l.children()) {
        const int depth = level.attribute("text:level").as_int(0) - 1;
        if (depth >= 0 && depth < ListNumbering::kLevels) levels[depth] = read_level(level, depth);
      }
      const std::string name = l.attribute("style:name").as_string();
      const int id = lists_.try_emplace(name, static_cast<int>(lists_.size()) + 1).first->second;
      numbering_.define(id, std::move(levels));
      numbering_.add(id, {id, {}, {}});
    }
  }
}

const OdtStyles::Style* OdtStyles::find(const std::string& name) const {
  const auto found = styles_.find(name);
  return found == styles_.end() ? nullptr : &found->second;
}

void OdtStyles::lay_over(OdtLook& look, const std::string& style) const {
  std::vector<const Style*> chain;
  for (const Style* s = find(style); s != nullptr && chain.size() < kChain; s = find(s->parent)) {
    chain.push_back(s);
  }
  for (auto at = chain.rbegin(); at != chain.rend(); ++at) {
    const Style& s = **at;
    if (!s.font.empty()) look.font = s.font;
    if (!s.line_through.empty()) look.struck = s.line_through != "none";
    if (!s.display.empty()) look.hidden = s.display == "none";
    if (!s.transform.empty()) look.capitals = s.transform == "uppercase";
  }
}

std::string OdtStyles::list_of_paragraph(const std::string& style) const {
  int steps = 0;
  for (const Style* s = find(style); s != nullptr && steps < kChain; s = find(s->parent), ++steps) {
    if (!s->list.empty()) return s->list;
  }
  return "";
}

std::string OdtStyles::next(const std::string& list, int level, bool fresh) {
  const auto found = lists_.find(list);
  if (found == lists_.end()) return "";
  if (fresh) numbering_.restart(found->second);
  return numbering_.next(found->second, level);
}

}  // namespace khien
