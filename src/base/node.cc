// The tree itself, its packed form and the small schema checks.
#include "base/node.h"

#include <charconv>
#include <cmath>
#include <cstring>

#include <fmt/format.h>

#include "base/errors.h"
#include "base/limits.h"
#include "base/near.h"
#include "base/text.h"

namespace khien {

Node Node::list(std::vector<Node> items) {
  Node n;
  n.type_ = Type::list;
  n.items_ = std::move(items);
  return n;
}

Node Node::list_of(const std::vector<std::string>& items) {
  Node n = list();
  for (const auto& item : items) n.push(item);
  return n;
}

Node Node::map(std::vector<Pair> pairs) {
  Node n;
  n.type_ = Type::map;
  n.pairs_ = std::move(pairs);
  return n;
}

std::string Node::text(std::string_view fallback) const {
  switch (type_) {
    case Type::text: return text_;
    case Type::integer: return fmt::format("{}", integer_);
    case Type::real: return text_.empty() ? fmt::format("{}", real_) : text_;
    case Type::boolean: return text_.empty() ? (integer_ != 0 ? "true" : "false") : text_;
    default: return std::string(fallback);
  }
}

std::int64_t Node::integer(std::int64_t fallback) const {
  if (type_ == Type::integer || type_ == Type::boolean) return integer_;
  if (type_ == Type::text) {
    std::int64_t v = 0;
    const char* end = text_.data() + text_.size();
    const auto [at, ec] = std::from_chars(text_.data(), end, v);
    if (ec == std::errc() && at == end) return v;
  }
  return fallback;
}

double Node::real(double fallback) const {
  if (type_ == Type::real) return real_;
  if (type_ == Type::integer) return static_cast<double>(integer_);
  if (type_ == Type::text) {  // YAML keeps "0.50" as it is written
    double v = 0;
    const char* end = text_.data() + text_.size();
    const auto [at, ec] = std::from_chars(text_.data(), end, v);
    if (ec == std::errc() && at == end && std::isfinite(v)) return v;
  }
  return fallback;
}

bool Node::boolean(bool fallback) const {
  return type_ == Type::boolean || type_ == Type::integer ? integer_ != 0 : fallback;
}

std::vector<std::string> Node::texts() const {
  std::vector<std::string> out;
  if (is_scalar()) out.push_back(text());
  for (const Node& item : items_) out.push_back(item.text());
  return out;
}

const Node& Node::operator[](std::string_view key) const {
  static const Node none;
  for (const auto& [name, value] : pairs_) {
    if (name == key) return value;
  }
  return none;
}

bool Node::has(std::string_view key) const {
  for (const auto& [name, value] : pairs_) {
    if (name == key) return true;
  }
  return false;
}

Node& Node::set(std::string_view key, Node value) {
  if (is_null()) type_ = Type::map;
  for (auto& [name, old] : pairs_) {
    if (name == key) {
      old = std::move(value);
      return old;
    }
  }
  pairs_.emplace_back(std::string(key), std::move(value));
  return pairs_.back().second;
}

void Node::push(Node value) {
  if (is_null()) type_ = Type::list;
  items_.push_back(std::move(value));
}

bool operator==(const Node& a, const Node& b) {
  if (a.type_ != b.type_) return false;
  switch (a.type_) {
    case Node::Type::null: return true;
    case Node::Type::boolean:
    case Node::Type::integer: return a.integer_ == b.integer_;
    case Node::Type::real: return a.real_ == b.real_;
    case Node::Type::text: return a.text_ == b.text_;
    case Node::Type::list: return a.items_ == b.items_;
    case Node::Type::map: return a.pairs_ == b.pairs_;
  }
  return false;
}

// Packed: type byte, line varint, then the value; strings and containers are length first.
namespace {
void put(std::string& out, std::uint64_t v) {
  while (v >= 0x80) {
    out += static_cast<char>(v | 0x80);
    v >>= 7;
  }
  out += static_cast<char>(v);
}

void put(std::string& out, std::string_view s) {
  put(out, s.size());
  out += s;
}

void pack_into(std::string& out, const Node& n) {
  out += static_cast<char>(n.type());
  put(out, static_cast<std::uint64_t>(n.line()));
  switch (n.type()) {
    case Node::Type::null: break;
    case Node::Type::boolean:
    case Node::Type::integer: put(out, static_cast<std::uint64_t>(n.integer())); break;
    case Node::Type::real: {
      const double d = n.real();
      char raw[sizeof d];
      std::memcpy(raw, &d, sizeof d);
      out.append(raw, sizeof d);
      break;
    }
    case Node::Type::text: put(out, n.text()); break;
    case Node::Type::list:
      put(out, n.items().size());
      for (const Node& item : n.items()) pack_into(out, item);
      break;
    case Node::Type::map:
      put(out, n.pairs().size());
      for (const auto& [key, value] : n.pairs()) {
        put(out, key);
        pack_into(out, value);
      }
      break;
  }
}

// Also reads what a taken-over worker wrote: counts are checked against the bytes that are left
// before anything is allocated for them.
struct Reader {
  std::string_view in;
  bool ok = true;
  std::size_t nodes = 0;

  std::uint64_t number() {
    std::uint64_t v = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (in.empty()) break;
      const auto c = static_cast<unsigned char>(in.front());
      in.remove_prefix(1);
      v |= std::uint64_t{c & 0x7FU} << shift;
      if (c < 0x80) return v;
    }
    ok = false;
    return 0;
  }

  std::string_view bytes(std::uint64_t n) {
    if (n > in.size()) {
      ok = false;
      return {};
    }
    const std::string_view out = in.substr(0, n);
    in.remove_prefix(n);
    return out;
  }

  std::string text() {
    const std::string_view raw = bytes(number());
    return is_valid_utf8(raw) ? std::string(raw) : to_utf8(to_u32(raw));
  }

  // How many items follow; each takes `least` bytes or more.
  std::uint64_t count(std::size_t least) {
    const std::uint64_t n = number();
    if (n > in.size() / least) ok = false;
    return ok ? n : 0;
  }

  Node node(std::size_t depth) {
    const std::string_view head = bytes(1);
    if (!ok || depth > limits::packed_depth || ++nodes > limits::packed_nodes) {
      ok = false;
      return {};
    }
    const std::uint64_t read_line = number();
    const int line = read_line > 0x7FFFFFFF ? 0 : static_cast<int>(read_line);
    Node n;
    switch (static_cast<Node::Type>(head[0])) {
      case Node::Type::null: break;
      case Node::Type::boolean: n = Node(number() != 0); break;
      case Node::Type::integer: n = Node(static_cast<std::int64_t>(number())); break;
      case Node::Type::real: {
        double d = 0;
        const std::string_view raw = bytes(sizeof d);
        if (ok) std::memcpy(&d, raw.data(), sizeof d);
        n = Node(d);
        break;
      }
      case Node::Type::text: n = Node(text()); break;
      case Node::Type::list: {
        n = Node::list();
        for (std::uint64_t left = count(2); ok && left > 0; --left) n.push(node(depth + 1));
        break;
      }
      case Node::Type::map: {
        std::vector<Node::Pair> pairs;
        for (std::uint64_t left = count(3); ok && left > 0; --left) {
          std::string key = text();
          pairs.emplace_back(std::move(key), node(depth + 1));
        }
        n = Node::map(std::move(pairs));
        break;
      }
      default: ok = false;
    }
    n.set_line(line);
    return n;
  }
};
}  // namespace

std::string pack(const Node& node) {
  std::string out;
  pack_into(out, node);
  return out;
}

Result<Node> unpack(std::string_view bytes) {
  Reader reader{bytes};
  Node n = reader.node(0);
  if (!reader.ok || !reader.in.empty()) return fail(err::content_corrupt, "packed node");
  return n;
}

std::string at_line(std::string_view place, const Node& node) {
  return node.line() > 0 ? fmt::format("{}:{}", place, node.line()) : std::string(place);
}

Result<std::string> need_text(const Node& map, std::string_view key, std::string_view place) {
  const Node& value = map[key];
  if (value.is_null()) {
    return fail(err::field_missing, at_line(place, map), {{"field", std::string(key)}});
  }
  if (!value.is_scalar() || value.text().empty()) {
    return fail(err::field_type, at_line(place, value),
                {{"field", std::string(key)}, {"wanted", "text"}});
  }
  return value.text();
}

Done allow_keys(const Node& map, std::initializer_list<std::string_view> keys,
                std::string_view place) {
  if (!map.is_map()) {
    return fail(err::field_type, at_line(place, map), {{"field", "root"}, {"wanted", "map"}});
  }
  for (const auto& [key, value] : map.pairs()) {
    bool found = false;
    for (const std::string_view allowed : keys) found = found || key == allowed;
    if (found) continue;
    std::string list;
    for (const std::string_view allowed : keys) list += (list.empty() ? "" : ", ") +
                                                        std::string(allowed);
    const std::string near = nearest(key, {keys.begin(), keys.end()});
    return fail(err::field_unknown, at_line(place, value.line() > 0 ? value : map),
                {{"field", key}, {"allowed", list}, {"near", near.empty() ? "none" : near}});
  }
  return {};
}

Done need_one_of(const std::string& value, const std::vector<std::string>& allowed,
                 std::string_view field, std::string_view place) {
  std::string list;
  for (const std::string& a : allowed) {
    if (a == value) return {};
    list += (list.empty() ? "" : ", ") + a;
  }
  const std::string near = nearest(value, allowed);
  return fail(err::field_value, std::string(place),
              {{"field", std::string(field)}, {"value", value}, {"allowed", list},
               {"near", near.empty() ? "none" : near}});
}

}  // namespace khien
