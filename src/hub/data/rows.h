// Small helpers of the repositories: null is unknown, JSON columns are trees.
#pragma once

#include <string>
#include <vector>

#include "base/node.h"
#include "base/sqlite.h"

namespace khien::hub {

// "" goes in as null.
[[nodiscard]] inline Value text_or_null(const std::string& text) {
  return text.empty() ? Value{Null{}} : Value{text};
}
[[nodiscard]] inline Value integer_or_null(std::int64_t n, bool known) {
  return known ? Value{n} : Value{Null{}};
}
[[nodiscard]] inline Value json_or_null(const Node& node) {
  return node.is_null() ? Value{Null{}} : Value{to_json(node)};
}
// null or the text, for an answer.
[[nodiscard]] inline Node node_or_null(const std::string& text) {
  return text.empty() ? Node() : Node(text);
}
// A JSON column that we wrote ourselves.
[[nodiscard]] inline Node tree_of(const std::string& json) {
  if (json.empty()) return {};
  auto out = parse_json(json, "column");
  return out ? std::move(*out) : Node{};
}

// Every row of a prepared statement through `f`.
template <class T, class F>
[[nodiscard]] Result<std::vector<T>> rows_of(Statement& s, F f) {
  std::vector<T> out;
  for (;;) {
    KHIEN_TRY(const bool row, s.step());
    if (!row) return out;
    out.push_back(f(s));
  }
}

}  // namespace khien::hub
