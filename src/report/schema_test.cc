// docs/schema against what is printed, by a small checker of the keywords those files use.
#include <gtest/gtest.h>

#include <algorithm>

#include "report/changes.h"
#include "report/json.h"
#include "report/testing.h"
#include "report/testing_out.h"

namespace khien::report {
namespace {

Node schema_file(const std::string& name) {
  const auto bytes = read_file("docs/schema/" + name, limits::yaml_file_bytes);
  EXPECT_TRUE(bytes) << name;
  const auto node = parse_json(bytes.value_or("{}"), name);
  EXPECT_TRUE(node) << name;
  return node.value_or(Node());
}

bool is_type(const Node& value, const std::string& type) {
  switch (value.type()) {
    case Node::Type::null: return type == "null";
    case Node::Type::boolean: return type == "boolean";
    case Node::Type::integer: return type == "integer" || type == "number";
    case Node::Type::real: return type == "number";
    case Node::Type::text: return type == "string";
    case Node::Type::list: return type == "array";
    case Node::Type::map: return type == "object";
  }
  return false;
}

class Checker {
 public:
  explicit Checker(const std::string& file) : root_(schema_file(file)) {}

  std::vector<std::string> check(const Node& value) {
    wrong_.clear();
    visit(value, root_, "$");
    return wrong_;
  }

 private:
  void visit(const Node& value, const Node& schema, const std::string& at) {
    if (schema.has("$ref")) return follow(value, schema["$ref"].text(), at);
    if (schema.has("type")) {
      const auto types = schema["type"].texts();
      const bool fits = std::any_of(types.begin(), types.end(),
                                    [&](const auto& t) { return is_type(value, t); });
      if (!fits) return wrong_.push_back(at + ": type");
    }
    if (schema.has("enum")) {
      const auto& allowed = schema["enum"].items();
      if (std::find(allowed.begin(), allowed.end(), value) == allowed.end()) {
        wrong_.push_back(at + ": enum " + value.text());
      }
    }
    if (value.is_map()) visit_map(value, schema, at);
    if (value.is_list() && schema.has("items")) {
      int i = 0;
      for (const Node& item : value.items()) {
        visit(item, schema["items"], at + "[" + std::to_string(i++) + "]");
      }
    }
  }

  void visit_map(const Node& value, const Node& schema, const std::string& at) {
    for (const std::string& key : schema["required"].texts()) {
      if (!value.has(key)) wrong_.push_back(at + ": lacks " + key);
    }
    if (schema.has("oneOf")) {
      int matches = 0;
      for (const Node& one : schema["oneOf"].items()) {
        const auto keys = one["required"].texts();
        matches += std::all_of(keys.begin(), keys.end(),
                               [&](const auto& key) { return value.has(key); });
      }
      if (matches != 1) wrong_.push_back(at + ": oneOf");
    }
    const bool closed = schema.has("additionalProperties");
    for (const auto& [key, item] : value.pairs()) {
      if (schema["properties"].has(key)) {
        visit(item, schema["properties"][key], at + "." + key);
      } else if (closed) {
        wrong_.push_back(at + ": unknown " + key);
      }
    }
  }

  void follow(const Node& value, const std::string& ref, const std::string& at) {
    constexpr std::string_view kLocal = "#/$defs/";
    if (ref.starts_with(kLocal)) {
      return visit(value, root_["$defs"][ref.substr(kLocal.size())], at);
    }
    for (const std::string& line : Checker(ref).check(value)) wrong_.push_back(at + " " + line);
  }

  Node root_;
  std::vector<std::string> wrong_;
};

TEST(Schema, PrintedJsonFollowsIt) {
  Assessment a = testing::sample_assessment();
  FindingRecord missing = a.findings[0];
  missing.fact = 0;
  missing.missing = "account";
  missing.collection = 0;
  missing.subject.clear();
  a.findings.push_back(missing);
  for (const bool shared : {false, true}) {
    a.shared = shared;
    const auto root = parse_json(testing::printed(Format::json, a), "json");
    ASSERT_TRUE(root);
    EXPECT_EQ(Checker("assessment.schema.json").check(*root), std::vector<std::string>{});
  }
}

TEST(Schema, AComparisonFollowsItsOwn) {
  Assessment a = testing::sample_assessment();
  a.comparison = {"aa", a.as_of - 86'400'000,
                  {{.measure = 1, .before = "met", .after = "not_met", .change = Change::worse},
                   {.before = "met", .change = Change::gone}},
                  {{1, "sample.leavers", "a", CaseState::unclear, a.as_of}}};
  EXPECT_EQ(Checker("comparison.schema.json").check(changes_node(a)), std::vector<std::string>{});
  const auto root = parse_json(testing::printed(Format::json, a), "json");
  ASSERT_TRUE(root);
  EXPECT_EQ((*root)["comparison"]["demands"].items().size(), 2u);
  EXPECT_EQ(Checker("assessment.schema.json").check(*root), std::vector<std::string>{});
  a.shared = true;
  EXPECT_TRUE(changes_node(a)["cases"].items().empty()) << "subjects name people";
}

TEST(Schema, AMissingOrUnknownFieldIsNoticed) {
  Node finding = finding_node(testing::sample_assessment().findings[0]);
  EXPECT_TRUE(Checker("finding.schema.json").check(finding).empty());
  finding.set("missing", "account");  // both fact and missing
  finding.set("colour", "red");
  finding.set("severity", "dreadful");
  EXPECT_EQ(Checker("finding.schema.json").check(finding).size(), 3u);
}

TEST(Schema, EveryOcsfObjectHasTheRequiredAttributesOfClass2003) {
  std::string all = testing::printed(Format::ocsf, testing::sample_assessment());
  int objects = 0;
  for (std::size_t at = 0; at < all.size(); ++objects) {
    const std::size_t end = all.find('\n', at);
    const auto o = parse_json(std::string_view(all).substr(at, end - at), "ocsf");
    at = end + 1;
    ASSERT_TRUE(o);
    for (const char* key : {"activity_id", "category_uid", "class_uid", "compliance",
                            "finding_info", "metadata", "severity_id", "time", "type_uid"}) {
      EXPECT_TRUE(o->has(key)) << key;
    }
    EXPECT_EQ((*o)["class_uid"].integer(), 2003);
    EXPECT_EQ((*o)["type_uid"].integer(),
              (*o)["class_uid"].integer() * 100 + (*o)["activity_id"].integer());
    EXPECT_FALSE((*o)["compliance"]["standards"].items().empty());
    EXPECT_FALSE((*o)["finding_info"]["uid"].text().empty());
    EXPECT_FALSE((*o)["metadata"]["product"]["vendor_name"].text().empty());
    EXPECT_EQ((*o)["metadata"]["version"].text(), "1.3.0");
  }
  EXPECT_EQ(objects, 41 + 2);  // findings, passed runs
}

}  // namespace
}  // namespace khien::report
