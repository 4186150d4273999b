#include <gtest/gtest.h>

#include "hub/server/message.h"
#include "hub/server/schema.h"

namespace khien::hub {
namespace {

Node yaml(std::string_view text) { return *parse_yaml(text, "test"); }

std::string told(std::string_view schema, std::string_view value, std::string_view schemas = "{}") {
  const auto done = check_value(*parse_json(value, "v"), yaml(schema), yaml(schemas), "body");
  return done ? "" : done.error().place + " " + done.error().args.at("wanted");
}

TEST(Schema, names_the_place_and_what_is_wanted) {
  const char* person = "{type: object, required: [name], properties: {name: {type: string,"
                       " minLength: 2, maxLength: 3}, age: {type: [integer, 'null'], minimum: 1,"
                       " maximum: 9}}}";
  EXPECT_EQ(told(person, R"({"name":"Lan","age":null})"), "");
  EXPECT_EQ(told(person, R"({"name":"Lân","age":9})"), "");
  EXPECT_EQ(told(person, R"({"age":1})"), "body.name required");
  EXPECT_EQ(told(person, R"({"name":"Lành"})"), "body.name maxLength 3");
  EXPECT_EQ(told(person, R"({"name":"L"})"), "body.name minLength 2");
  EXPECT_EQ(told(person, R"({"name":"Lan","age":10})"), "body.age <= 9");
  EXPECT_EQ(told(person, R"({"name":"Lan","age":0})"), "body.age >= 1");
  EXPECT_EQ(told(person, R"({"name":"Lan","age":"1"})"), "body.age integer | null");
  EXPECT_EQ(told(person, R"({"name":"Lan","x":1})"), "body.x unknown");
  EXPECT_EQ(told(person, "[]"), "body object");
}

TEST(Schema, looks_into_lists_and_references) {
  const char* list = "{type: array, maxItems: 2, items: {$ref: '#/components/schemas/Color'}}";
  const char* schemas = "{Color: {type: string, enum: [red, blue]}}";
  EXPECT_EQ(told(list, R"(["red","blue"])", schemas), "");
  EXPECT_EQ(told(list, R"(["red","green"])", schemas), "body[1] red | blue");
  EXPECT_EQ(told(list, R"(["red","red","red"])", schemas), "body maxItems 2");
  EXPECT_EQ(told("{type: string, format: date}", R"("2026-02-30")"), "body YYYY-MM-DD");
  EXPECT_EQ(told("{type: object, additionalProperties: {type: integer}}", R"({"a":1,"b":"x"})"),
            "body.b integer");
}

TEST(Schema, a_word_it_does_not_know_is_an_error_of_the_schema) {
  EXPECT_TRUE(check_schema(yaml("{type: string, maxLength: 3}"), Node::map(), "t"));
  EXPECT_FALSE(check_schema(yaml("{type: string, maxLenght: 3}"), Node::map(), "t"));
  EXPECT_FALSE(check_schema(yaml("{type: text}"), Node::map(), "t"));
  EXPECT_FALSE(check_schema(yaml("{properties: {a: {items: {pattern: x}}}}"), Node::map(), "t"));
  EXPECT_FALSE(check_schema(yaml("{$ref: '#/components/schemas/Absent'}"), Node::map(), "t"));
}

TEST(Schema, a_query_gets_the_type_it_is_described_with) {
  const Node none = Node::map();
  EXPECT_EQ(typed_value("12", yaml("{type: integer}"), none, "q")->integer(), 12);
  EXPECT_FALSE(typed_value("12x", yaml("{type: integer}"), none, "q"));
  EXPECT_FALSE(typed_value("", yaml("{type: integer}"), none, "q"));
  EXPECT_TRUE(typed_value("true", yaml("{type: boolean}"), none, "q")->boolean());
  EXPECT_FALSE(typed_value("yes", yaml("{type: boolean}"), none, "q"));
  EXPECT_EQ(typed_value("12", yaml("{type: string}"), none, "q")->type(), Node::Type::text);
}

TEST(Message, reads_targets_and_cookies) {
  Request request;
  ASSERT_TRUE(parse_target("/a%20b/?x=1%202&y=+&z", request));
  EXPECT_EQ(request.path, "/a b/");
  EXPECT_EQ(request.query, (Fields{{"x", "1 2"}, {"y", " "}, {"z", ""}}));
  for (const char* bad : {"", "a", "*", "/%", "/%2", "/%gg", "/%ff", "/%00"}) {
    Request other;
    EXPECT_FALSE(parse_target(bad, other)) << bad;
  }
  request.headers = {{"cookie", "a=1; khien=abc;b=2"}};
  EXPECT_EQ(request.cookie("khien"), "abc");
  EXPECT_EQ(request.cookie("b"), "2");
  EXPECT_EQ(request.cookie("hien"), "");
}

TEST(Message, a_download_keeps_its_vietnamese_name) {
  const Response out = download("x", "text/csv", "Báo cáo \"1\".csv");
  EXPECT_EQ(out.headers.at(0).second,
            "attachment; filename=\"bao cao _1_.csv\";"
            " filename*=UTF-8''B%C3%A1o%20c%C3%A1o%20%221%22.csv");
}

}  // namespace
}  // namespace khien::hub
