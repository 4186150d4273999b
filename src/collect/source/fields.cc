#include "collect/source/fields.h"

namespace khien {

Result<std::string> text_field(const Node& map, std::string_view field, const std::string& place) {
  const Node& value = map[field];
  if (value.is_list() || value.is_map()) {
    return fail(err::field_type, at_line(place, value),
                {{"field", std::string(field)}, {"wanted", "text"}});
  }
  return value.text();
}

Result<bool> flag_field(const Node& map, std::string_view field, const std::string& place) {
  const Node& value = map[field];
  if (!value.is_null() && value.type() != Node::Type::boolean) {
    return fail(err::field_type, at_line(place, value),
                {{"field", std::string(field)}, {"wanted", "flag"}});
  }
  return value.boolean();
}

Result<std::int64_t> count_field(const Node& map, std::string_view field,
                                 const std::string& place) {
  const Node& value = map[field];
  if (value.is_null()) return 0;
  if (value.type() != Node::Type::integer || value.integer() < 0 || value.integer() > 1'000'000) {
    return fail(err::field_type, at_line(place, value),
                {{"field", std::string(field)}, {"wanted", "count"}});
  }
  return value.integer();
}

Result<std::vector<std::string>> list_field(const Node& map, std::string_view field,
                                            const std::string& place) {
  const Node& value = map[field];
  if (value.is_null()) return std::vector<std::string>();
  const auto wrong = [&](const char* wanted) {
    return fail(err::field_type, at_line(place, value),
                {{"field", std::string(field)}, {"wanted", wanted}});
  };
  if (!value.is_list()) return wrong("list");
  for (const Node& item : value.items()) {
    if (!item.is_scalar()) return wrong("text");
  }
  return value.texts();
}

Result<int> number_field(const Node& map, std::string_view field, int fallback, int low, int high,
                         const std::string& place) {
  const Node& value = map[field];
  if (value.is_null()) return fallback;
  const std::int64_t n = value.integer(low - 1);
  if (value.type() != Node::Type::integer || n < low || n > high) {
    return fail(err::field_value, at_line(place, value),
                {{"field", std::string(field)}, {"value", value.text()},
                 {"allowed", std::to_string(low) + " - " + std::to_string(high)}});
  }
  return static_cast<int>(n);
}

Columns columns_of(const Node& map) {
  Columns out;
  for (const auto& [heading, field] : map["columns"].pairs()) out[heading] = field.text();
  return out;
}

Result<std::string> check_file_source(const Node& map, const std::string& place,
                                      std::initializer_list<std::string_view> fields,
                                      std::initializer_list<std::string_view> needed) {
  KHIEN_DO(allow_keys(map, fields, place));
  for (const auto& [field, value] : map.pairs()) {
    if (field != "columns") {
      KHIEN_DO(text_field(map, field, place));
    } else if (!value.is_null() && !value.is_map()) {
      return fail(err::field_type, at_line(place, value),
                  {{"field", "columns"}, {"wanted", "map"}});
    }
  }
  KHIEN_TRY(std::string path, need_text(map, "path", place));
  for (const std::string_view field : needed) {
    if (!map[field].text().empty()) continue;
    return fail(err::field_missing, at_line(place, map), {{"field", std::string(field)}});
  }
  return path;
}

Result<std::string> check_path(const Node& map, const std::string& place) {
  return check_file_source(map, place, {"type", "path"});
}

Done check_choice(const Node& map, std::string_view field, const std::vector<std::string>& choices,
                  const std::string& place) {
  if (map[field].text().empty()) return {};
  return need_one_of(map[field].text(), choices, field, at_line(place, map));
}

}  // namespace khien
