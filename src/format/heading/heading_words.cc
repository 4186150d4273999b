#include "format/heading/heading_words.h"

#include "base/text.h"

namespace khien {
namespace {

constexpr std::size_t kLongest = 200;  // bytes; a heading is no paragraph

}  // namespace

std::string HeadingWords::key(std::string_view word) {
  if (word.size() > kLongest) return "";
  std::string out;
  int depth = 0;
  for (const char c : word) {
    if (c == '(' || c == '[') ++depth;
    if (depth == 0 && c != '*' && c != ':') out += c == '_' ? ' ' : c;  // HO_TEN
    if ((c == ')' || c == ']') && depth > 0) --depth;
  }
  return fold(squeeze(out));
}

bool HeadingWords::add(std::string_view word, const std::string& meaning) {
  const std::string own = key(word);
  bare_.try_emplace(skeleton(own), meaning);
  const auto [at, fresh] = exact_.try_emplace(own, meaning);
  return fresh || at->second == meaning;
}

void HeadingWords::state(std::string_view word, const std::string& meaning) {
  exact_[key(word)] = meaning;
}

std::string HeadingWords::add_all(const Node& meanings) {
  for (const auto& [meaning, words] : meanings.pairs()) {
    for (const std::string& word : words.texts()) {
      if (!add(word, meaning)) return word;
    }
  }
  return "";
}

HeadingWords::Found HeadingWords::find_key(const std::string& key) const {
  if (key.empty()) return {};
  if (const auto at = exact_.find(key); at != exact_.end()) return {at->second, false};
  const auto at = bare_.find(key);  // a key with marks is in it never
  return at == bare_.end() ? Found{} : Found{at->second, true};
}

std::vector<std::string> HeadingWords::keys() const {
  std::vector<std::string> out;
  for (const auto* map : {&exact_, &bare_}) {
    for (const auto& [key, meaning] : *map) out.push_back(key);
  }
  return out;
}

}  // namespace khien
