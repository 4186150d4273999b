// A scanner for a handful of elements; the rest of the definition is passed over.
#include "format/windows/task_xml.h"

#include <algorithm>
#include <utility>

namespace khien::host_windows {
namespace {

std::string plain(std::string_view text) {
  constexpr std::pair<std::string_view, char> entities[] = {
      {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}, {"&amp;", '&'}};
  std::string out;
  while (!text.empty()) {
    bool replaced = false;
    for (const auto& [name, c] : entities) {
      if (!text.starts_with(name)) continue;
      out += c;
      text.remove_prefix(name.size());
      replaced = true;
      break;
    }
    if (replaced) continue;
    out += text[0];
    text.remove_prefix(1);
  }
  return out;
}

// The inside of the first <name ...>...</name>; `xml` moves past it.
bool take(std::string_view& xml, std::string_view name, std::string_view& inside) {
  for (std::size_t at = xml.find('<'); at != xml.npos; at = xml.find('<', at + 1)) {
    std::string_view rest = xml.substr(at + 1);
    if (!rest.starts_with(name)) continue;
    rest.remove_prefix(name.size());
    if (rest.empty() || (rest[0] != '>' && rest[0] != ' ' && rest[0] != '\r' && rest[0] != '\n')) {
      continue;
    }
    const std::size_t open = rest.find('>');
    if (open == rest.npos || (open > 0 && rest[open - 1] == '/')) continue;
    const std::string close = "</" + std::string(name) + ">";
    const std::size_t end = rest.find(close, open);
    if (end == rest.npos) return false;
    inside = rest.substr(open + 1, end - open - 1);
    xml = rest.substr(end + close.size());
    return true;
  }
  return false;
}

std::string text_of(std::string_view xml, std::string_view name) {
  std::string_view inside;
  return take(xml, name, inside) ? plain(inside) : "";
}

// The names of the elements directly inside.
std::string names_in(std::string_view xml) {
  std::string out;
  int depth = 0;
  for (std::size_t at = xml.find('<'); at != xml.npos; at = xml.find('<', at + 1)) {
    const std::string_view rest = xml.substr(at + 1);
    const std::size_t end = rest.find('>');
    if (end == rest.npos) break;
    if (rest.starts_with('/')) {
      --depth;
      continue;
    }
    if (depth == 0 && out.size() < 200) {
      out += (out.empty() ? "" : ", ") + std::string(rest.substr(0, rest.find_first_of(" >/")));
    }
    if (end == 0 || rest[end - 1] != '/') ++depth;
  }
  return out;
}

}  // namespace

TaskDefinition parse_task(std::string_view xml) {
  TaskDefinition out;
  xml = xml.substr(0, kTaskXmlBytes);
  std::string_view part;
  std::string_view rest = xml;
  if (take(rest, "Triggers", part)) out.triggers = names_in(part);
  rest = xml;
  if (take(rest, "Principals", part)) {
    out.user = text_of(part, "UserId");
    if (out.user.empty()) out.user = text_of(part, "GroupId");
  }
  rest = xml;
  if (!take(rest, "Actions", part)) return out;
  std::string_view actions = part;
  while (out.actions.size() < kTaskActions && take(actions, "Exec", part)) {
    out.actions.push_back({text_of(part, "Command"), text_of(part, "Arguments"), ""});
  }
  rest = xml;
  take(rest, "Actions", actions);
  while (out.actions.size() < kTaskActions && take(actions, "ComHandler", part)) {
    out.actions.push_back({"", "", text_of(part, "ClassId")});
  }
  return out;
}

}  // namespace khien::host_windows
