// One row of facts: column name -> value, a column that is absent is NULL (not known). A sorted
// array: rows have some twenty columns, and a province has rows by the hundred thousand.
#pragma once

#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/sqlite.h"

namespace khien {

class Row {
 public:
  using value_type = std::pair<std::string, Value>;
  using iterator = std::vector<value_type>::iterator;
  using const_iterator = std::vector<value_type>::const_iterator;

  Row() = default;
  Row(std::initializer_list<value_type> values) {
    for (const value_type& v : values) (*this)[v.first] = v.second;
  }

  [[nodiscard]] Value& operator[](std::string_view column) {
    iterator at = place(values_.begin(), values_.end(), column);
    if (at == values_.end() || at->first != column) {
      at = values_.emplace(at, std::string(column), Value());
    }
    return at->second;
  }
  void reserve(std::size_t columns) { values_.reserve(columns); }
  [[nodiscard]] iterator find(std::string_view column) {
    const iterator at = place(values_.begin(), values_.end(), column);
    return at != values_.end() && at->first == column ? at : values_.end();
  }
  [[nodiscard]] const_iterator find(std::string_view column) const {
    const const_iterator at = place(values_.begin(), values_.end(), column);
    return at != values_.end() && at->first == column ? at : values_.end();
  }
  [[nodiscard]] bool contains(std::string_view column) const { return find(column) != end(); }
  [[nodiscard]] const Value& at(std::string_view column) const {  // throws std::out_of_range
    const const_iterator found = find(column);
    if (found == end()) throw std::out_of_range("Row: " + std::string(column));
    return found->second;
  }
  void erase(std::string_view column) {
    if (const iterator found = find(column); found != values_.end()) values_.erase(found);
  }
  [[nodiscard]] bool empty() const { return values_.empty(); }
  [[nodiscard]] std::size_t size() const { return values_.size(); }
  [[nodiscard]] const_iterator begin() const { return values_.begin(); }
  [[nodiscard]] const_iterator end() const { return values_.end(); }
  // To change values in place; the names are to stay.
  [[nodiscard]] iterator begin() { return values_.begin(); }
  [[nodiscard]] iterator end() { return values_.end(); }
  template <class Unwanted>
  void erase_if(Unwanted&& unwanted) {
    std::erase_if(values_, unwanted);
  }
  [[nodiscard]] bool operator==(const Row&) const = default;

 private:
  template <class At>
  [[nodiscard]] static At place(At begin, At end, std::string_view column) {
    return std::lower_bound(begin, end, column,
                            [](const value_type& v, std::string_view name) {
                              return std::string_view(v.first) < name;
                            });
  }

  std::vector<value_type> values_;  // by column name
};

// The value as text; `absent` when the row does not have it.
[[nodiscard]] inline std::string text_of(const Row& row, std::string_view column,
                                         std::string_view absent = "") {
  const auto at = row.find(column);
  return at == row.end() ? std::string(absent) : to_text(at->second);
}
// The number; `unknown` when it is not known or no number.
[[nodiscard]] inline std::int64_t number_of(const Row& row, std::string_view column,
                                            std::int64_t unknown = 0) {
  const auto at = row.find(column);
  const auto* value = at == row.end() ? nullptr : std::get_if<std::int64_t>(&at->second);
  return value == nullptr ? unknown : *value;
}

}  // namespace khien
