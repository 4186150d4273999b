// Node: the one tree for YAML, JSON and packed content, with source lines for messages.
// Maps keep the order of the file. Scalars keep their text; numbers and booleans are read on
// demand, so "03" stays "03" and a version "1.10" stays "1.10".
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"

namespace khien {

class Node {
 public:
  enum class Type : std::uint8_t { null, boolean, integer, real, text, list, map };
  using Pair = std::pair<std::string, Node>;

  Node() = default;
  Node(bool v) : type_(Type::boolean), integer_(v) {}                       // NOLINT
  Node(int v) : type_(Type::integer), integer_(v) {}                        // NOLINT
  Node(std::int64_t v) : type_(Type::integer), integer_(v) {}               // NOLINT
  Node(std::size_t v) : type_(Type::integer), integer_(static_cast<std::int64_t>(v)) {}  // NOLINT
  Node(double v) : type_(Type::real), real_(v) {}                           // NOLINT
  Node(std::string v) : type_(Type::text), text_(std::move(v)) {}           // NOLINT
  Node(std::string_view v) : type_(Type::text), text_(v) {}                 // NOLINT
  Node(const char* v) : type_(Type::text), text_(v) {}                      // NOLINT
  template <class T>
  Node(const std::optional<T>& v) { if (v) *this = Node(*v); }              // NOLINT
  static Node list(std::vector<Node> items = {});
  static Node list_of(const std::vector<std::string>& items);
  static Node map(std::vector<Pair> pairs = {});

  [[nodiscard]] Type type() const { return type_; }
  [[nodiscard]] bool is_null() const { return type_ == Type::null; }
  [[nodiscard]] bool is_list() const { return type_ == Type::list; }
  [[nodiscard]] bool is_map() const { return type_ == Type::map; }
  [[nodiscard]] bool is_scalar() const { return !is_list() && !is_map() && !is_null(); }
  [[nodiscard]] int line() const { return line_; }  // 1-based; 0 when made by code
  void set_line(int line) { line_ = line; }

  // Reading; a wrong type reads as the empty value, required checks go through need_*.
  [[nodiscard]] std::string text(std::string_view fallback = "") const;  // any scalar as text
  [[nodiscard]] std::int64_t integer(std::int64_t fallback = 0) const;
  [[nodiscard]] double real(double fallback = 0) const;
  [[nodiscard]] bool boolean(bool fallback = false) const;
  [[nodiscard]] const std::vector<Node>& items() const { return items_; }   // list
  [[nodiscard]] const std::vector<Pair>& pairs() const { return pairs_; }   // map
  [[nodiscard]] std::vector<std::string> texts() const;  // list of scalars, or one scalar
  [[nodiscard]] const Node& operator[](std::string_view key) const;  // the null node if absent
  [[nodiscard]] bool has(std::string_view key) const;

  // Building.
  Node& set(std::string_view key, Node value);  // replaces; makes a null node a map
  void push(Node value);                        // makes a null node a list

  friend bool operator==(const Node& a, const Node& b);

 private:
  Type type_ = Type::null;
  int line_ = 0;
  std::int64_t integer_ = 0;
  double real_ = 0;
  std::string text_;
  std::vector<Node> items_;
  std::vector<Pair> pairs_;
};

// Outside text to Node, within limits (limits::yaml_*). YAML: core schema scalars, no tags, no
// anchors or aliases (they make small files huge), duplicate keys refused. K0010, K0012; a second
// document is K0017 with its line.
[[nodiscard]] Result<Node> parse_yaml(std::string_view text, std::string_view place);
// Every document of a file that has several ("---" between them), lines counted in the file; an
// empty one is null. The limits are those of the file, and limits::yaml_documents.
[[nodiscard]] Result<std::vector<Node>> parse_yaml_documents(std::string_view text,
                                                             std::string_view place);
[[nodiscard]] Result<Node> parse_json(std::string_view text, std::string_view place);  // K0011
// One line, UTF-8, keys in the node's order. indent > 0: pretty.
[[nodiscard]] std::string to_json(const Node& node, int indent = 0);

// Compact form of packed content and of worker replies. unpack() takes hostile bytes: depth and
// count are limited (limits::packed_*), invalid UTF-8 reads as U+FFFD. K0031.
[[nodiscard]] std::string pack(const Node& node);
[[nodiscard]] Result<Node> unpack(std::string_view bytes);

// Schema helpers: K0013..K0016 with "place:line".
[[nodiscard]] std::string at_line(std::string_view place, const Node& node);
[[nodiscard]] Result<std::string> need_text(const Node& map, std::string_view key,
                                            std::string_view place);
[[nodiscard]] Done allow_keys(const Node& map, std::initializer_list<std::string_view> keys,
                              std::string_view place);
[[nodiscard]] Done need_one_of(const std::string& value, const std::vector<std::string>& allowed,
                               std::string_view field, std::string_view place);

}  // namespace khien
