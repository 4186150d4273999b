// The sentences of the program in one language, from the same content/text files as everything
// else. Only plain {name} arguments: there is no ICU here. `windows.` texts are tested for that.
#pragma once

#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "base/content.h"

namespace khien::windows {

class Words {
 public:
  [[nodiscard]] static Result<Words> load(const Content& content, const std::string& language);
  using Arguments = std::initializer_list<std::pair<std::string_view, std::string>>;
  // The sentence `id` ("windows.title") with its arguments; ⟦id⟧ when there is none.
  [[nodiscard]] std::string say(const std::string& id, Arguments arguments = {}) const;
  [[nodiscard]] bool has(const std::string& id) const { return sentences_.contains(id); }
  [[nodiscard]] const std::map<std::string, std::string>& all() const { return sentences_; }
  [[nodiscard]] const std::string& language() const { return language_; }

 private:
  std::string language_;
  std::map<std::string, std::string> sentences_;
};

}  // namespace khien::windows
