// Every control's own text test, and what only the whole catalogue can show: each control has its
// four texts in both languages.
#include "judge/content_test_runner.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

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

// "chưa có số liệu" alone helps nobody: each table says what to supply. A default that took effect
// is named in the report, so it has a name.
TEST_F(ControlContent, EveryTableSaysWhatToSupplyAndEveryDefaultHasAName) {
  for (const char* lang : {"vi", "en"}) {
    const auto texts = Texts::load(*content_, lang);
    ASSERT_TRUE(texts) << to_string(texts.error());
    for (const Control& control : catalog_->controls()) {
      for (const std::string& table : control.needs) {
        EXPECT_TRUE(texts->has("supply." + table)) << lang << " " << table;
      }
      EXPECT_TRUE(texts->has("report.unit." + control.needs.front())) << lang << control.id;
      for (const ControlParameter& p : control.parameters) {
        if (!p.fallback.is_scalar()) continue;
        EXPECT_TRUE(texts->has("parameter." + p.name))
            << lang << " " << control.id << " " << p.name;
      }
    }
  }
}

TEST_F(ControlContent, APaperCitesLawsBeforeDecreesAndDirectives) {
  std::vector<std::string> ids;
  for (const Norm& n : catalog_->norms()) ids.push_back(n.id);
  const auto at = [&](const char* id) { return std::find(ids.begin(), ids.end(), id); };
  EXPECT_LT(at("luat_an_ninh_mang_2025"), at("nd_331_2026"));
  EXPECT_LT(at("nd_331_2026"), at("ct_14_2018"));
  EXPECT_NE(at("ct_14_2018"), ids.end());
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

// Every text id that a case states beside a finding: what a report would print.
void stated_ids(const Node& node, std::set<std::string>& out) {
  for (const Node& item : node.items()) stated_ids(item, out);
  for (const auto& [key, value] : node.pairs()) {
    const std::string text = value.is_scalar() ? value.text() : "";
    const bool id = text.starts_with("observed.") || text.starts_with("reason.");
    if (key.starts_with("expect_") && id) out.insert(text);
    stated_ids(value, out);
  }
}

TEST_F(ControlContent, WhatTheTextTestsReadIsATextInBothLanguages) {
  std::set<std::string> ids;
  for (const std::string& path : content_->list("controls/")) {
    if (!path.ends_with(".test.yaml")) continue;
    const auto node = content_->yaml(path);
    ASSERT_TRUE(node) << path;
    stated_ids(*node, ids);
  }
  EXPECT_GT(ids.size(), 150U);
  for (const char* lang : {"vi", "en"}) {
    const auto texts = Texts::load(*content_, lang);
    ASSERT_TRUE(texts);
    for (const std::string& id : ids) EXPECT_TRUE(texts->has(id)) << lang << " " << id;
  }
}

// A kind nobody declares would never be ordered: a slip of the pen, silently never judged.
TEST_F(ControlContent, ControlsAndNormsNameOnlyDeclaredKinds) {
  const auto texts = Texts::load(*content_, "vi");
  ASSERT_TRUE(texts);
  const auto declared = [&](const std::string& kind) { return texts->has("kind." + kind); };
  const auto family = [&](const std::string& prefix) {
    return std::any_of(texts->patterns().begin(), texts->patterns().end(),
                       [&](const auto& p) { return p.first.starts_with("kind." + prefix); });
  };
  for (const Control& c : catalog_->controls()) {
    for (const std::string& kind : c.satisfies) EXPECT_TRUE(declared(kind)) << c.id << " " << kind;
  }
  for (const Norm& n : catalog_->norms()) {
    for (const NormDemand& ask : n.asks) EXPECT_TRUE(declared(ask.kind)) << n.id;
    for (const std::string& cover : n.covers) {
      const bool all = cover.ends_with(".*");
      EXPECT_TRUE(all ? family(cover.substr(0, cover.size() - 1)) : declared(cover))
          << n.id << " " << cover;
    }
  }
}

TEST_F(ControlContent, EveryNormSaysWhereItsDatesComeFrom) {
  ASSERT_FALSE(catalog_->norms().empty());
  for (const Norm& n : catalog_->norms()) {
    const auto node = content_->yaml("norms/" + n.id + ".yaml");
    ASSERT_TRUE(node) << n.id;
    EXPECT_FALSE((*node)["source"].text().empty()) << n.id;
    EXPECT_TRUE(n.valid_to.empty() || n.valid_from <= n.valid_to) << n.id;
  }
}

TEST_F(ControlContent, TheLawInForceFollowsTheDate) {
  const auto in_force = [&](const Date& day) {
    std::string out;
    for (const Norm& n : catalog_->norms()) {
      if (n.id.starts_with("luat_a") && n.in_force(day)) out += n.id + " ";
    }
    return out;
  };
  EXPECT_EQ(in_force({2026, 6, 30}), "luat_anm_2018 luat_attt_2015 ");
  EXPECT_EQ(in_force({2026, 7, 1}), "luat_an_ninh_mang_2025 ");
}

// Every parameter that names a limit is told as such in the control's own tests.
TEST_F(ControlContent, EveryParameterIsSetInSomeTextTest) {
  for (const Control& control : catalog_->controls()) {
    std::string path = "controls/" + control.id + ".test.yaml";
    path.replace(path.find(control.id) + control.id.find('.'), 1, "/");
    const auto node = content_->yaml(path);
    ASSERT_TRUE(node) << path;
    for (const ControlParameter& p : control.parameters) {
      if (p.name == kFactsMaxAge) continue;  // tried on every control by the runner itself
      const auto& cases = (*node)["cases"].items();
      const bool set = std::any_of(cases.begin(), cases.end(), [&](const Node& c) {
        return c["parameters"].has(p.name);
      });
      EXPECT_TRUE(set || p.name.ends_with("_words")) << control.id << " " << p.name;
    }
  }
}

}  // namespace
}  // namespace khien
