// What a measure may ask: content/measures, with the names people read.
#pragma once

#include <map>
#include <string>

#include "base/content.h"
#include "base/node.h"
#include "base/texts.h"

namespace khien::hub {

class KindBook {
 public:
  [[nodiscard]] static Result<KindBook> load(const Content& content);

  // All of them, as KindInfo of content/api/dispatch.yaml.
  [[nodiscard]] Node list(const Texts& texts) const;
  // One that was read, {kind, confidence, phrase, parameters}, as Kind of the same.
  [[nodiscard]] Node kind_node(const Texts& texts, const Node& read) const;
  // What an officer states, [{kind, parameters}], as it is kept. K1344, K1345.
  [[nodiscard]] Result<Node> stated(const Node& kinds) const;
  // How a later value of a parameter differs: "stricter", "weaker", "other" where it has no
  // direction; "" when it is the same, or a day, which each paper has of its own.
  [[nodiscard]] std::string way(const std::string& kind, const std::string& name,
                                const Node& before, const Node& after) const;
  [[nodiscard]] bool has(const std::string& kind) const { return kinds_.contains(kind); }

 private:
  [[nodiscard]] const Node& parameter(const std::string& kind, const std::string& name) const;
  [[nodiscard]] Done check(const std::string& kind, const std::string& name,
                           const Node& value) const;
  struct Kind {
    std::string family;
    Node parameters;  // name -> {type, range, allowed}
  };
  std::map<std::string, Kind> kinds_;
  Node common_;       // parameters any kind may have
};

}  // namespace khien::hub
