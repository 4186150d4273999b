// The chain of basedOn is short in real files; a loop ends at the limit.
#include "dispatch/docx_styles.h"

#include <string_view>
#include <vector>

namespace khien {
namespace {

constexpr std::size_t kChain = 24;

std::optional<bool> toggle(const pugi::xml_node& properties, const char* name) {
  const pugi::xml_node node = properties.child(name);
  if (!node) return std::nullopt;
  const std::string_view value = node.attribute("w:val").as_string("1");
  return value != "0" && value != "false" && value != "off";
}

void lay_paragraph(ParagraphLook& below, const ParagraphLook& upper, const std::string& id) {
  below.run.lay_over(upper.run);
  if (upper.list) {
    below.list = upper.list;
    below.list_style = id;
  }
  if (upper.level) below.level = upper.level;
}

}  // namespace

void RunLook::lay_over(const RunLook& upper) {
  if (upper.hidden) hidden = upper.hidden;
  if (upper.struck) struck = upper.struck;
  if (upper.capitals) capitals = upper.capitals;
  if (!upper.font.empty()) font = upper.font;
}

RunLook run_look(const pugi::xml_node& properties) {
  RunLook out;
  out.hidden = toggle(properties, "w:vanish");
  out.struck = toggle(properties, "w:strike");
  if (const auto twice = toggle(properties, "w:dstrike")) out.struck = twice;
  out.capitals = toggle(properties, "w:caps");
  const pugi::xml_node fonts = properties.child("w:rFonts");
  for (const char* name : {"w:ascii", "w:hAnsi"}) {
    if (out.font.empty()) out.font = fonts.attribute(name).as_string();
  }
  return out;
}

ParagraphLook paragraph_look(const pugi::xml_node& properties) {
  ParagraphLook out;
  const pugi::xml_node num = properties.child("w:numPr");
  if (const pugi::xml_node id = num.child("w:numId")) out.list = id.attribute("w:val").as_int();
  if (const pugi::xml_node level = num.child("w:ilvl"))
    out.level = level.attribute("w:val").as_int();
  return out;
}

void DocxStyles::load(const pugi::xml_node& root) {
  everywhere_ = run_look(root.child("w:docDefaults").child("w:rPrDefault").child("w:rPr"));
  for (const pugi::xml_node& s : root.children("w:style")) {
    const std::string id = s.attribute("w:styleId").as_string();
    Style style;
    style.based_on = s.child("w:basedOn").attribute("w:val").as_string();
    style.look = paragraph_look(s.child("w:pPr"));
    style.look.run = run_look(s.child("w:rPr"));
    const std::string_view type = s.attribute("w:type").as_string();
    const std::string_view standard = s.attribute("w:default").as_string("0");
    if (type == "paragraph" && (standard == "1" || standard == "true")) usual_ = id;
    styles_[id] = std::move(style);
  }
}

ParagraphLook DocxStyles::chain(const std::string& id, ParagraphLook below) const {
  std::vector<std::string> ids;
  for (std::string at = id; !at.empty() && ids.size() < kChain;) {
    const auto found = styles_.find(at);
    if (found == styles_.end()) break;
    ids.push_back(at);
    at = found->second.based_on;
  }
  for (auto at = ids.rbegin(); at != ids.rend(); ++at) {
    lay_paragraph(below, styles_.at(*at).look, *at);
  }
  return below;
}

ParagraphLook DocxStyles::of(const std::string& id) const {
  ParagraphLook below;
  below.run = everywhere_;
  return chain(id.empty() ? usual_ : id, std::move(below));
}

RunLook DocxStyles::run_of(const std::string& id) const { return chain(id, {}).run; }

int DocxStyles::list_of(const std::string& id) const {
  const auto found = styles_.find(id);
  return found == styles_.end() ? 0 : found->second.look.list.value_or(0);
}

}  // namespace khien
