// Password rules an officer types from the screens of applications: YAML with line-numbered errors.
#include "base/errors.h"
#include "collect/accounts/accounts.h"

namespace khien {
namespace {

const std::vector<std::string> kIntegers = {"min_length", "classes_count", "history",
                                            "max_age_days", "lockout_tries"};
const std::vector<std::string> kFlags = {"need_digit", "need_letter", "need_lower",
                                         "need_upper", "need_special", "change_on_issue"};

Result<Row> rule_from(const Node& node, const std::string& place, const ImportSpec& spec) {
  KHIEN_DO(allow_keys(node,
                      {"app", "min_length", "need_digit", "need_letter", "need_lower", "need_upper",
                       "need_special", "classes_count", "history", "max_age_days",
                       "change_on_issue", "lockout_tries", "source", "as_written"},
                      place));
  Row row;
  KHIEN_TRY(const std::string app, need_text(node, "app", place));
  row["app"] = app;
  row["scope"] = spec.scope;
  for (const std::string& field : kIntegers) {
    const Node& value = node[field];
    if (value.is_null()) continue;
    if (value.type() != Node::Type::integer || value.integer() < 0 || value.integer() > 99'999) {
      return fail(err::field_type, at_line(place, value), {{"field", field}, {"wanted", "number"}});
    }
    row[field] = value.integer();
  }
  for (const std::string& field : kFlags) {
    const Node& value = node[field];
    if (value.is_null()) continue;
    if (value.type() != Node::Type::boolean) {
      return fail(err::field_type, at_line(place, value),
                  {{"field", field}, {"wanted", "flag"}});
    }
    row[field] = std::int64_t{value.boolean()};
  }
  row["source"] = node["source"].is_null() ? place : node["source"].text();
  if (!node["as_written"].is_null()) row["as_written"] = node["as_written"].text();
  return row;
}

}  // namespace

Result<Collection> password_rules_from_yaml(std::string_view text, const std::string& place,
                                            const ImportSpec& spec) {
  KHIEN_TRY(const Node root, parse_yaml(text, place));
  KHIEN_DO(allow_keys(root, {"password_rules"}, place));
  if (!root["password_rules"].is_list()) {
    return fail(err::field_type, at_line(place, root),
                {{"field", "password_rules"}, {"wanted", "list"}});
  }
  Collection out;
  out.collector = "account_file";
  out.collector_version = "0.1";
  out.source = spec.source;
  TableFacts& facts = out.tables["password_rule"];
  std::map<std::string, int> used;
  for (const Node& node : root["password_rules"].items()) {
    KHIEN_TRY(Row row, rule_from(node, place, spec));
    const std::string app = to_text(row["app"]);
    const int n = ++used[app];
    row["rule_key"] = n == 1 ? app : app + "#" + std::to_string(n);
    facts.rows.push_back(std::move(row));
  }
  return out;
}

}  // namespace khien
