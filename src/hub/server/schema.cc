#include "hub/server/schema.h"

#include <charconv>

#include <fmt/format.h>

#include "base/calendar.h"
#include "base/text.h"
#include "hub/errors.h"

namespace khien::hub {
namespace {

constexpr std::string_view kReference = "#/components/schemas/";
constexpr int kDepth = 24;

tl::unexpected<Error> wrong(const std::string& place, std::string wanted) {
  const std::size_t dot = place.find_last_of('.');
  return fail(err::hub_request_invalid, place,
              {{"field", dot == std::string::npos ? place : place.substr(dot + 1)},
               {"wanted", std::move(wanted)}});
}

const Node& resolve(const Node& schema, const Node& schemas) {
  const std::string ref = schema["$ref"].text();
  return ref.starts_with(kReference) ? schemas[ref.substr(kReference.size())] : schema;
}

const char* type_of(const Node& value) {
  switch (value.type()) {
    case Node::Type::null: return "null";
    case Node::Type::boolean: return "boolean";
    case Node::Type::integer: return "integer";
    case Node::Type::real: return "number";
    case Node::Type::text: return "string";
    case Node::Type::list: return "array";
    case Node::Type::map: return "object";
  }
  return "";
}

bool has_type(const Node& value, const std::vector<std::string>& types) {
  const std::string_view type = type_of(value);
  for (const std::string& wanted : types) {
    if (wanted == type || (wanted == "number" && type == "integer")) return true;
  }
  return types.empty();
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : " | ") + word;
  return out;
}

Done check_text(const std::string& text, const Node& schema, const std::string& place) {
  const auto chars = static_cast<std::int64_t>(code_points(text));
  const std::int64_t most = schema["maxLength"].integer(kTextChars);
  if (chars > most) return wrong(place, fmt::format("maxLength {}", most));
  const std::int64_t least = schema["minLength"].integer(0);
  if (chars < least) return wrong(place, fmt::format("minLength {}", least));
  if (schema["format"].text() == "date" && !parse_date(text)) return wrong(place, "YYYY-MM-DD");
  return {};
}

Done check_number(const Node& value, const Node& schema, const std::string& place) {
  if (schema.has("minimum") && value.real() < schema["minimum"].real()) {
    return wrong(place, fmt::format(">= {}", schema["minimum"].text()));
  }
  if (schema.has("maximum") && value.real() > schema["maximum"].real()) {
    return wrong(place, fmt::format("<= {}", schema["maximum"].text()));
  }
  return {};
}

Done check_list(const Node& value, const Node& schema, const Node& schemas,
                const std::string& place) {
  const auto count = static_cast<std::int64_t>(value.items().size());
  const std::int64_t most = schema["maxItems"].integer(kListItems);
  if (count > most) return wrong(place, fmt::format("maxItems {}", most));
  const std::int64_t least = schema["minItems"].integer(0);
  if (count < least) return wrong(place, fmt::format("minItems {}", least));
  for (std::size_t i = 0; i < value.items().size(); ++i) {
    KHIEN_DO(check_value(value.items()[i], schema["items"], schemas,
                         fmt::format("{}[{}]", place, i)));
  }
  return {};
}

Done check_map(const Node& value, const Node& schema, const Node& schemas,
               const std::string& place) {
  for (const Node& name : schema["required"].items()) {
    if (!value.has(name.text())) return wrong(place + "." + name.text(), "required");
  }
  const Node& properties = schema["properties"];
  const Node& more = schema["additionalProperties"];
  for (const auto& [name, field] : value.pairs()) {
    const std::string at = place + "." + name;
    if (properties.has(name)) {
      KHIEN_DO(check_value(field, properties[name], schemas, at));
    } else if (more.is_map()) {
      KHIEN_DO(check_value(field, more, schemas, at));
    } else if (!more.boolean(false)) {
      return wrong(at, "unknown");
    }
  }
  return {};
}

Done check_schema_at(const Node& schema, const Node& schemas, const std::string& place,
                     int depth) {
  static const std::vector<std::string> kWords = {
      "type", "enum", "properties", "required", "additionalProperties", "items", "minItems",
      "maxItems", "minLength", "maxLength", "minimum", "maximum", "format", "$ref", "description",
      "default", "examples"};
  static const std::vector<std::string> kTypes = {"null", "boolean", "integer", "number",
                                                  "string", "array", "object"};
  const auto bad = [&](const std::string& detail) {
    return fail(err::hub_api_invalid, at_line(place, schema), {{"detail", detail}});
  };
  if (depth > kDepth) return bad("too deep");
  for (const auto& [word, value] : schema.pairs()) {
    if (std::find(kWords.begin(), kWords.end(), word) == kWords.end()) {
      return bad("keyword " + word);
    }
  }
  for (const std::string& type : schema["type"].texts()) {
    if (std::find(kTypes.begin(), kTypes.end(), type) == kTypes.end()) return bad("type " + type);
  }
  if (schema.has("$ref") && !resolve(schema, schemas).is_map()) {
    return bad("$ref " + schema["$ref"].text());
  }
  for (const auto& [name, field] : schema["properties"].pairs()) {
    KHIEN_DO(check_schema_at(field, schemas, place, depth + 1));
  }
  if (schema["items"].is_map()) {
    KHIEN_DO(check_schema_at(schema["items"], schemas, place, depth + 1));
  }
  if (schema["additionalProperties"].is_map()) {
    KHIEN_DO(check_schema_at(schema["additionalProperties"], schemas, place, depth + 1));
  }
  return {};
}

}  // namespace

Done check_value(const Node& value, const Node& raw_schema, const Node& schemas,
                 const std::string& place) {
  const Node& schema = resolve(raw_schema, schemas);
  const std::vector<std::string> types = schema["type"].texts();
  if (!has_type(value, types)) return wrong(place, joined(types));
  if (schema.has("enum") && !value.is_null()) {
    const std::vector<std::string> choices = schema["enum"].texts();
    if (std::find(choices.begin(), choices.end(), value.text()) == choices.end()) {
      return wrong(place, joined(choices));
    }
  }
  switch (value.type()) {
    case Node::Type::text: return check_text(value.text(), schema, place);
    case Node::Type::integer:
    case Node::Type::real: return check_number(value, schema, place);
    case Node::Type::list: return check_list(value, schema, schemas, place);
    case Node::Type::map: return check_map(value, schema, schemas, place);
    default: return {};
  }
}

Result<Node> typed_value(const std::string& text, const Node& raw_schema, const Node& schemas,
                         const std::string& place) {
  const Node& schema = resolve(raw_schema, schemas);
  const std::string type = schema["type"].text();
  Node value(text);
  if (type == "integer") {
    std::int64_t number = 0;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (code != std::errc() || end != text.data() + text.size()) return wrong(place, "integer");
    value = Node(number);
  } else if (type == "boolean") {
    if (text != "true" && text != "false") return wrong(place, "true | false");
    value = Node(text == "true");
  }
  KHIEN_DO(check_value(value, schema, schemas, place));
  return value;
}

Done check_schema(const Node& schema, const Node& schemas, const std::string& place) {
  return check_schema_at(schema, schemas, place, 0);
}

}  // namespace khien::hub
