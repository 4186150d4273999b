#include "hub/api/kind_book.h"

#include <algorithm>

#include "base/calendar.h"
#include "hub/errors.h"
#include "report/words.h"

namespace khien::hub {
namespace {

constexpr std::string_view kAsWritten = "as_written";  // the paper's own words of a period

std::string words_of_value(const Texts& texts, const Node& value) {
  std::string out;
  for (const std::string& item : value.texts()) {
    const std::string id = "value." + item;
    const std::string words = texts.has(id)         ? texts(id)
                              : parse_period(item) ? texts.period(item)
                              : parse_date(item)   ? texts.date(item)
                                                   : item;
    out += (out.empty() ? "" : ", ") + words;
  }
  return out;
}

Node parameter_node(const Texts& texts, const std::string& name, const Node& definition,
                    const Node& value) {
  const std::string id = "parameter." + name;
  const std::string words = words_of_value(texts, value);
  Node out = Node::map({{"id", name},
                        {"name", texts.has(id) ? report::capital(texts(id)) : name},
                        {"value", value.is_list() ? Node::list_of(value.texts()) : value},
                        {"text", words.empty() ? Node() : Node(words)},
                        {"type", definition["type"].text("text")}});
  if (!definition["allowed"].is_list()) return out;
  Node choices = Node::list();
  for (const std::string& choice : definition["allowed"].texts()) {
    choices.push(Node::map({{"value", choice}, {"name", words_of_value(texts, Node(choice))}}));
  }
  out.set("choices", std::move(choices));
  return out;
}

bool in_range(const Node& definition, std::int64_t value) {
  const auto& range = definition["range"].items();
  return range.size() != 2 || (value >= range[0].integer() && value <= range[1].integer());
}

bool is_allowed(const Node& definition, const std::string& value) {
  const auto allowed = definition["allowed"].texts();
  return allowed.empty() || std::find(allowed.begin(), allowed.end(), value) != allowed.end();
}

bool fits(const Node& definition, const Node& value) {
  const std::string type = definition["type"].text();
  if (type == "integer" || type == "percent") {
    return value.type() == Node::Type::integer && in_range(definition, value.integer());
  }
  if (type == "flag") return value.type() == Node::Type::boolean;
  if (type == "list") {
    const auto items = value.texts();
    return value.is_list() && std::all_of(items.begin(), items.end(), [&](const auto& item) {
      return is_allowed(definition, item);
    });
  }
  if (value.type() != Node::Type::text) return false;
  const std::string text = value.text();
  if (type == "period") {
    const auto period = parse_period(text);
    return period && in_range(definition, static_cast<std::int64_t>(approximate_days(*period)));
  }
  if (type == "date") return parse_date(text).has_value();
  return !text.empty() && is_allowed(definition, text);
}

std::optional<double> amount_of(const Node& value) {
  if (value.type() == Node::Type::integer) return static_cast<double>(value.integer());
  const auto period = parse_period(value.text());
  return period ? std::optional(approximate_days(*period)) : std::nullopt;
}

bool holds_all(const std::vector<std::string>& all, const std::vector<std::string>& some) {
  return std::all_of(some.begin(), some.end(), [&](const std::string& one) {
    return std::find(all.begin(), all.end(), one) != all.end();
  });
}

}  // namespace

Result<KindBook> KindBook::load(const Content& content) {
  KindBook out;
  for (const std::string& path : content.list("measures/", ".yaml")) {
    if (path.find('/', std::string_view("measures/").size()) != std::string::npos) continue;
    KHIEN_TRY(const Node file, content.yaml(path));
    if (path == "measures/common.yaml") out.common_ = file["parameters"];
    const std::string family = file["family"].text();
    if (family.empty()) continue;
    for (const auto& [name, kind] : file["kinds"].pairs()) {
      out.kinds_[family + "." + name] = {family, kind["parameters"]};
    }
  }
  return out;
}

const Node& KindBook::parameter(const std::string& kind, const std::string& name) const {
  const auto at = kinds_.find(kind);
  if (at != kinds_.end() && at->second.parameters.has(name)) return at->second.parameters[name];
  return common_[name];
}

Node KindBook::list(const Texts& texts) const {
  Node out = Node::list();
  for (const auto& [name, kind] : kinds_) {
    Node parameters = Node::list();
    for (const auto& [id, definition] : kind.parameters.pairs()) {
      parameters.push(parameter_node(texts, id, definition, {}));
    }
    for (const auto& [id, definition] : common_.pairs()) {
      if (!kind.parameters.has(id)) parameters.push(parameter_node(texts, id, definition, {}));
    }
    out.push(Node::map({{"kind", name},
                        {"name", report::kind_words(texts, name)},
                        {"family", kind.family},
                        {"family_name", texts("hub.family." + kind.family)},
                        {"parameters", std::move(parameters)}}));
  }
  return out;
}

Node KindBook::kind_node(const Texts& texts, const Node& read) const {
  const std::string kind = read["kind"].text();
  Node parameters = Node::list();
  for (const auto& [id, value] : read["parameters"].pairs()) {
    if (id == kAsWritten) continue;
    parameters.push(parameter_node(texts, id, parameter(kind, id), value));
  }
  const std::string phrase = read["phrase"].text();
  Node why;
  if (!phrase.empty()) why = Node(texts("hub.measure.because", {{"phrase", phrase}}));
  return Node::map({{"kind", kind},
                    {"name", report::kind_words(texts, kind)},
                    {"confidence", read["confidence"]},
                    {"why", std::move(why)},
                    {"parameters", std::move(parameters)}});
}

Done KindBook::check(const std::string& kind, const std::string& name, const Node& value) const {
  if (name == kAsWritten) return {};
  const Node& definition = parameter(kind, name);
  if (definition.is_map() && fits(definition, value)) return {};
  std::string wanted = definition["type"].text();
  const auto& range = definition["range"].items();
  if (range.size() == 2) wanted += " " + range[0].text() + "-" + range[1].text();
  for (const std::string& choice : definition["allowed"].texts()) wanted += " " + choice;
  return fail(err::office_parameter, "kinds",
              {{"kind", kind}, {"parameter", name}, {"wanted", wanted.empty() ? "-" : wanted}});
}

std::string KindBook::way(const std::string& kind, const std::string& name, const Node& before,
                          const Node& after) const {
  const Node& definition = parameter(kind, name);
  if (name == kAsWritten || definition["type"].text() == "date") return "";
  const std::string stricter = definition["stricter"].text();
  if (stricter == "superset") {
    const bool more = holds_all(after.texts(), before.texts());
    const bool less = holds_all(before.texts(), after.texts());
    if (more && less) return "";
    return more ? "stricter" : less ? "weaker" : "other";
  }
  if (to_json(before) == to_json(after)) return "";
  const auto from = amount_of(before);
  const auto to = amount_of(after);
  if (stricter.empty() || !from || !to) return "other";
  if (*from == *to) return "";
  return (*to > *from) == (stricter == "higher") ? "stricter" : "weaker";
}

Result<Node> KindBook::stated(const Node& kinds) const {
  Node out = Node::list();
  for (const Node& one : kinds.items()) {
    const std::string kind = one["kind"].text();
    if (!has(kind)) return fail(err::office_kind, "kinds", {{"kind", kind}});
    Node parameters = Node::map();
    for (const auto& [name, value] : one["parameters"].pairs()) {
      if (value.is_null()) continue;
      KHIEN_DO(check(kind, name, value));
      parameters.set(name, value);
    }
    out.push(Node::map({{"kind", kind}, {"confidence", Node{}}, {"phrase", Node{}},
                        {"parameters", std::move(parameters)}}));
  }
  if (out.items().empty()) {
    out.push(Node::map({{"kind", "other.manual"}, {"confidence", Node{}}, {"phrase", Node{}},
                        {"parameters", Node::map()}}));
  }
  return out;
}

}  // namespace khien::hub
