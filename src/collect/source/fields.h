// Fields of agency.yaml, read strictly: what is of the wrong kind is K0014 or K0016 with its line.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "base/errors.h"
#include "base/node.h"
#include "format/heading/lexicon.h"

namespace khien {

// "" and 0 and false where the field is not there.
[[nodiscard]] Result<std::string> text_field(const Node& map, std::string_view field,
                                             const std::string& place);
[[nodiscard]] Result<bool> flag_field(const Node& map, std::string_view field,
                                      const std::string& place);
[[nodiscard]] Result<std::int64_t> count_field(const Node& map, std::string_view field,
                                               const std::string& place);
[[nodiscard]] Result<std::vector<std::string>> list_field(const Node& map, std::string_view field,
                                                          const std::string& place);
[[nodiscard]] Result<int> number_field(const Node& map, std::string_view field, int fallback,
                                       int low, int high, const std::string& place);
// `columns`: heading -> field. columns_of() reads what check_source() has seen.
[[nodiscard]] Columns columns_of(const Node& map);

// What most checks do: `fields` are those that may stand there, type and path among them; path and
// those of `needed` must. `columns` is a map, all others are text. Gives the path as written.
[[nodiscard]] Result<std::string> check_file_source(
    const Node& map, const std::string& place, std::initializer_list<std::string_view> fields,
    std::initializer_list<std::string_view> needed = {});
// A source of a path and nothing else.
[[nodiscard]] Result<std::string> check_path(const Node& map, const std::string& place);
[[nodiscard]] Done check_choice(const Node& map, std::string_view field,
                                const std::vector<std::string>& choices,
                                const std::string& place);

// A target that is none is a slip in the file: the field and its line are named.
template <class T>
[[nodiscard]] Result<T> target_field(Result<T> result, const Node& map, std::string_view field,
                                     const std::string& place) {
  if (result) return result;
  return fail(err::field_value, at_line(place, map[field]),
              {{"field", std::string(field)}, {"value", result.error().args["value"]},
               {"allowed", result.error().args["wanted"]}});
}

}  // namespace khien
