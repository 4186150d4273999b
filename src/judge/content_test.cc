// Every control's own text test, and what only the whole catalogue can show: each control has its
// four texts in both languages.
#include "judge/content_test_runner.h"

#include <gtest/gtest.h>

#include "base/texts.h"

namespace khien {
namespace {

class ControlContent : public ::testing::Test {
 protected:
  void SetUp() override {
    content_ = Content::open(built_in_content());
    ASSERT_TRUE(content_) << to_string(content_.error());
    schema_ = FactSchema::load(*content_);
    ASSERT_TRUE(schema_) << to_string(schema_.error());
    catalog_ = Catalog::load(*content_, *schema_);
    ASSERT_TRUE(catalog_) << to_string(catalog_.error());
  }
  Result<Content> content_ = Content::open(built_in_content());
  Result<FactSchema> schema_;
  Result<Catalog> catalog_;
};

TEST_F(ControlContent, EveryControlPassesItsTextTest) {
  ASSERT_FALSE(catalog_->controls().empty());
  for (const Control& control : catalog_->controls()) {
    const auto results = test_control(*content_, *catalog_, *schema_, control);
    ASSERT_TRUE(results) << control.id << ": " << to_string(results.error());
    EXPECT_FALSE(results->empty()) << control.id;
    for (const CaseResult& c : *results) {
      for (const std::string& problem : c.problems) {
        ADD_FAILURE() << c.control << " / " << c.name << ": " << problem;
      }
    }
  }
}

TEST_F(ControlContent, EveryControlHasItsTextsInBothLanguages) {
  for (const char* lang : {"vi", "en"}) {
    const auto texts = Texts::load(*content_, lang);
    ASSERT_TRUE(texts) << to_string(texts.error());
    for (const Control& control : catalog_->controls()) {
      for (const char* part : {"title", "pass", "fail", "fix"}) {
        EXPECT_TRUE(texts->has("control." + control.id + "." + part)) << lang << control.id << part;
      }
    }
  }
}

TEST_F(ControlContent, TextsNameNoControlThatIsNotThere) {
  const auto texts = Texts::load(*content_, "vi");
  ASSERT_TRUE(texts);
  for (const auto& [id, pattern] : texts->patterns()) {
    if (!id.starts_with("control.")) continue;
    const std::string control = id.substr(8, id.rfind('.') - 8);
    EXPECT_NE(catalog_->find(control), nullptr) << id;
  }
}

TEST_F(ControlContent, EveryReasonInSqlIsAText) {
  const auto texts = Texts::load(*content_, "vi");
  ASSERT_TRUE(texts);
  for (const Control& control : catalog_->controls()) {
    for (std::size_t at = 0; (at = control.sql.find("'reason.", at)) != std::string::npos; ++at) {
      const std::string id = control.sql.substr(at + 1, control.sql.find('\'', at + 1) - at - 1);
      EXPECT_TRUE(texts->has(id)) << control.id << " " << id;
    }
  }
}

}  // namespace
}  // namespace khien
