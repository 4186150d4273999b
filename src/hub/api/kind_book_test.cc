#include "hub/api/kind_book.h"

#include <gtest/gtest.h>

#include "hub/errors.h"

namespace khien::hub {
namespace {

struct Book {
  Content content = *Content::open(built_in_content());
  Texts vi = *Texts::load(content, "vi");
  Texts en = *Texts::load(content, "en");
  KindBook kinds = *KindBook::load(content);
};

Node stated(const char* json) { return *parse_json(json, "test"); }

TEST(kind_book, names_every_kind_family_and_parameter_in_both_languages) {
  const Book book;
  for (const Texts* texts : {&book.vi, &book.en}) {
    const Node all = book.kinds.list(*texts);
    EXPECT_GT(all.items().size(), 40U);
    EXPECT_EQ(to_json(all).find("⟦"), std::string::npos);
    for (const Node& kind : all.items()) EXPECT_NE(kind["name"].text(), kind["kind"].text());
  }
}

TEST(kind_book, takes_what_a_kind_may_have) {
  const Book book;
  const auto taken = book.kinds.stated(stated(
      R"([{"kind":"account.password_policy","parameters":{"min_length":11,"classes":["digit"]}},)"
      R"({"kind":"account.password_rotation","parameters":{"max_age":"P5M","history":null}}])"));
  ASSERT_TRUE(taken);
  EXPECT_EQ(taken->items()[0]["parameters"]["min_length"].integer(), 11);
  EXPECT_FALSE(taken->items()[1]["parameters"].has("history"));
  const Node shown = book.kinds.kind_node(book.vi, taken->items()[1]);
  EXPECT_EQ(shown["parameters"].items()[0]["text"].text(), "05 tháng");
}

TEST(kind_book, refuses_what_it_does_not_know) {
  const Book book;
  for (const char* wrong :
       {R"([{"kind":"account.password_policy","parameters":{"min_length":999}}])",
        R"([{"kind":"account.password_policy","parameters":{"min_length":"nine"}}])",
        R"([{"kind":"account.password_policy","parameters":{"classes":["emoji"]}}])",
        R"([{"kind":"account.password_rotation","parameters":{"max_age":"3 months"}}])",
        R"([{"kind":"account.password_policy","parameters":{"colour":"red"}}])"}) {
    const auto taken = book.kinds.stated(stated(wrong));
    ASSERT_FALSE(taken) << wrong;
    EXPECT_EQ(taken.error().code, err::office_parameter) << wrong;
  }
  EXPECT_EQ(book.kinds.stated(stated(R"([{"kind":"account.nothing"}])")).error().code,
            err::office_kind);
}

TEST(kind_book, nothing_stated_is_the_kind_a_person_must_look_at) {
  const Book book;
  EXPECT_EQ(book.kinds.stated(Node::list())->items()[0]["kind"].text(), "other.manual");
}

TEST(kind_book, tells_a_stricter_value_from_a_weaker_one) {
  const Book book;
  const auto way = [&](const char* kind, const char* name, const char* before, const char* after) {
    const std::string both = std::string("[") + before + "," + after + "]";
    const Node values = stated(both.c_str());
    return book.kinds.way(kind, name, values.items()[0], values.items()[1]);
  };
  EXPECT_EQ(way("account.password_policy", "min_length", "8", "9"), "stricter");
  EXPECT_EQ(way("account.password_policy", "min_length", "9", "8"), "weaker");
  EXPECT_EQ(way("account.password_policy", "min_length", "9", "9"), "");
  EXPECT_EQ(way("account.password_rotation", "max_age", R"("P3M")", R"("P60D")"), "stricter");
  EXPECT_EQ(way("account.password_policy", "classes", R"(["digit"])", R"(["digit","upper"])"),
            "stricter");
  EXPECT_EQ(way("account.password_policy", "classes", R"(["digit","upper"])", R"(["digit"])"),
            "weaker");
  EXPECT_EQ(way("account.password_policy", "classes", R"(["digit"])", R"(["upper"])"), "other");
  EXPECT_EQ(way("directive.report_back", "report_by", R"("2026-12-01")", R"("2027-01-01")"), "");
}

}  // namespace
}  // namespace khien::hub
