// JSON: read by simdjson's DOM (bounded depth), written by nlohmann (escaping, number forms).
#include <nlohmann/json.hpp>
#include <simdjson.h>

#include "base/errors.h"
#include "base/limits.h"
#include "base/node.h"

namespace khien {
namespace {

Node from_dom(const simdjson::dom::element& e) {
  using T = simdjson::dom::element_type;
  switch (e.type()) {
    case T::ARRAY: {
      Node n = Node::list();
      for (const auto item : simdjson::dom::array(e)) n.push(from_dom(item));
      return n;
    }
    case T::OBJECT: {
      std::vector<Node::Pair> pairs;
      for (const auto field : simdjson::dom::object(e)) {
        pairs.emplace_back(std::string(field.key), from_dom(field.value));
      }
      return Node::map(std::move(pairs));
    }
    case T::INT64: return Node(std::int64_t(e));
    case T::UINT64: return Node(static_cast<double>(std::uint64_t(e)));
    case T::DOUBLE: return Node(double(e));
    case T::STRING: return Node(std::string_view(e));
    case T::BOOL: return Node(bool(e));
    case T::NULL_VALUE: break;
  }
  return {};
}

nlohmann::ordered_json to_dom(const Node& n) {
  switch (n.type()) {
    case Node::Type::null: return nullptr;
    case Node::Type::boolean: return n.boolean();
    case Node::Type::integer: return n.integer();
    case Node::Type::real: return n.real();
    case Node::Type::text: return n.text();
    case Node::Type::list: {
      auto out = nlohmann::ordered_json::array();
      for (const Node& item : n.items()) out.push_back(to_dom(item));
      return out;
    }
    case Node::Type::map: {
      auto out = nlohmann::ordered_json::object();
      // Straight into the underlying vector: push_back looks every key up among all before it.
      using Members = nlohmann::ordered_json::object_t::Container;
      Members& members = out.get_ref<nlohmann::ordered_json::object_t&>();
      members.reserve(n.pairs().size());
      for (const auto& [key, value] : n.pairs()) members.emplace_back(key, to_dom(value));
      return out;
    }
  }
  return nullptr;
}

}  // namespace

Result<Node> parse_json(std::string_view text, std::string_view place) {
  simdjson::dom::parser parser(limits::worker_reply_bytes * 2);
  simdjson::dom::element root;
  if (const auto bad = parser.allocate(text.size() + 1, limits::yaml_depth * 2); bad) {
    return fail(err::json_invalid, std::string(place), {{"detail", simdjson::error_message(bad)}});
  }
  if (const auto bad = parser.parse(text.data(), text.size()).get(root); bad) {
    return fail(err::json_invalid, std::string(place), {{"detail", simdjson::error_message(bad)}});
  }
  return from_dom(root);
}

std::string to_json(const Node& node, int indent) {
  return to_dom(node).dump(indent > 0 ? indent : -1, ' ', false,
                           nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace khien
