// Records <-> Node, by the field lists. Private to store.
#pragma once

#include <type_traits>

#include "base/node.h"
#include "store/fields.h"

namespace khien::record {

template <class T> Node to_node(const T& value);
template <class T> void from_node(const Node& node, T& out);

template <class T> struct is_vector : std::false_type {};
template <class T> struct is_vector<std::vector<T>> : std::true_type {};

template <class T> Node to_node(const T& value) {
  if constexpr (std::is_same_v<T, Node>) {
    return value;
  } else if constexpr (std::is_enum_v<T>) {
    return Node(khien::to_string(value));
  } else if constexpr (std::is_constructible_v<Node, T> && !is_vector<T>::value) {
    return Node(value);
  } else if constexpr (is_vector<T>::value) {
    Node out = Node::list();
    for (const auto& item : value) out.push(to_node(item));
    return out;
  } else {
    Node out = Node::map();
    fields(const_cast<T&>(value), [&](const char* name, auto& field) {
      out.set(name, to_node(field));
    });
    return out;
  }
}

template <class T> void from_node(const Node& node, T& out) {
  if constexpr (std::is_same_v<T, Node>) {
    out = node;
  } else if constexpr (std::is_same_v<T, std::string>) {
    out = node.text();
  } else if constexpr (std::is_same_v<T, bool>) {
    out = node.boolean();
  } else if constexpr (std::is_same_v<T, double>) {
    out = node.real();
  } else if constexpr (std::is_integral_v<T>) {
    out = node.integer();
  } else if constexpr (std::is_same_v<T, Verdict>) {
    out = verdict_from(node.text());
  } else if constexpr (std::is_same_v<T, Outcome>) {
    out = outcome_from(node.text());
  } else if constexpr (std::is_same_v<T, Change>) {
    out = change_from(node.text());
  } else if constexpr (std::is_same_v<T, CaseState>) {
    out = case_state_from(node.text());
  } else if constexpr (is_vector<T>::value) {
    out.clear();
    for (const Node& item : node.items()) from_node(item, out.emplace_back());
  } else {
    fields(out, [&](const char* name, auto& field) { from_node(node[name], field); });
  }
}

}  // namespace khien::record
