// Values against schemas: the part of JSON Schema 2020-12 that content/api uses. A keyword this
// does not know is an error of the schema (check_schema), so that none is written in vain.
//   type (also a list of types), enum, properties, required, additionalProperties (false unless
//   said), items, minItems, maxItems, minLength, maxLength, minimum, maximum, format: date, $ref
//   to #/components/schemas/..., description, default, examples.
// Texts are at most kTextChars long and lists kListItems unless the schema says otherwise.
#pragma once

#include <string>

#include "base/error.h"
#include "base/node.h"

namespace khien::hub {

inline constexpr std::size_t kTextChars = 4000;
inline constexpr std::size_t kListItems = 10'000;

// K1304 with the place in the value ("body.kinds[2].kind"), the field and what is wanted.
[[nodiscard]] Done check_value(const Node& value, const Node& schema, const Node& schemas,
                               const std::string& place);
// Of a query: the text as the type the schema asks for. K1304.
[[nodiscard]] Result<Node> typed_value(const std::string& text, const Node& schema,
                                       const Node& schemas, const std::string& place);
// K1320 for a keyword, a type or a reference that is none.
[[nodiscard]] Done check_schema(const Node& schema, const Node& schemas, const std::string& place);

}  // namespace khien::hub
