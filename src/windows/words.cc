// Trees of texts laid flat, and {name} replaced in one pass: an argument is never read again.
#include "windows/words.h"

namespace khien::windows {
namespace {

void flatten(const Node& node, const std::string& at, std::map<std::string, std::string>& out) {
  for (const auto& [key, value] : node.pairs()) {
    const std::string id = at.empty() ? key : at + "." + key;
    if (value.is_map()) flatten(value, id, out);
    else out[id] = value.text();
  }
}

}  // namespace

Result<Words> Words::load(const Content& content, const std::string& language) {
  Words out;
  out.language_ = language;
  for (const std::string& path : content.list("text/" + language + "/", ".yaml")) {
    KHIEN_TRY(const Node node, content.yaml(path));
    flatten(node, "", out.sentences_);
  }
  return out;
}

std::string Words::say(const std::string& id, Arguments arguments) const {
  const auto found = sentences_.find(id);
  if (found == sentences_.end()) return "⟦" + id + "⟧";
  std::string out;
  std::string_view rest = found->second;
  while (!rest.empty()) {
    const std::size_t open = rest.find('{');
    out += rest.substr(0, open);
    if (open == std::string_view::npos) break;
    rest.remove_prefix(open + 1);
    const std::size_t close = rest.find('}');
    const std::string_view name = rest.substr(0, close);
    for (const auto& [key, value] : arguments) {
      if (key == name) out += value;
    }
    rest.remove_prefix(close == std::string_view::npos ? rest.size() : close + 1);
  }
  return out;
}

}  // namespace khien::windows
