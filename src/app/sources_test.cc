// Missing facts are never a pass: the sample agency loses one source after another, and no measure
// of the five founding programmes becomes met because of it.
#include <gtest/gtest.h>

#include "app/assess_steps.h"
#include "judge/plan.h"
#include "judge/run.h"
#include "judge/verdict.h"

namespace khien::app {
namespace {

struct SourcesTest : ::testing::Test {
  static Context& context() {
    static Context made = [] {
      auto content = Content::open(built_in_content());
      auto texts = Texts::load(*content, "vi");
      return Context(std::move(*content), std::move(*texts));
    }();
    return made;
  }

  static AssessOptions options() {
    AssessOptions o;
    o.agency = "samples/agency/agency.yaml";
    o.programmes = {"seed0", "seed1", "seed2", "seed3", "seed4"};
    o.as_of = "2026-11-21";
    return o;
  }

  // measure -> verdict, "dispatch/doc_id" as key
  static Result<std::map<std::string, Verdict>> verdicts(const Agency& agency) {
    KHIEN_TRY(const FactSchema schema, FactSchema::load(context().content));
    KHIEN_TRY(const Catalog catalog, Catalog::load(context().content, schema));
    KHIEN_TRY(Assessment a, new_assessment(context(), options(), agency));
    KHIEN_TRY(Collection order_facts, add_orders(context(), options(), agency, a));
    KHIEN_TRY(const Plan plan, make_plan(catalog, a, local_date(a.as_of)));
    KHIEN_TRY(auto collections, collect_facts(context(), options(), agency, a.as_of));
    collections.push_back(std::move(order_facts));
    KHIEN_TRY(const Database db, new_assessment_database(schema));
    KHIEN_DO(write_facts(db, schema, collections));
    KHIEN_DO(run_plan(plan, catalog, schema, db, a));
    decide(catalog, a);
    std::map<std::string, Verdict> out;
    for (const MeasureRecord& m : a.measures) {
      if (m.addressed) out[std::to_string(m.dispatch) + "/" + m.doc_id] = m.verdict;
    }
    return out;
  }
};

TEST_F(SourcesTest, LosingAnySourceNeverMakesAMeasureMet) {
  const auto agency = the_agency(options());
  ASSERT_TRUE(agency) << to_string(agency.error());
  const auto whole = verdicts(*agency);
  ASSERT_TRUE(whole) << to_string(whole.error());
  std::size_t changed = 0;
  for (std::size_t i = 0; i < agency->sources.size(); ++i) {
    Agency less = *agency;
    const AgencySource gone = less.sources[i];
    less.sources.erase(less.sources.begin() + static_cast<std::ptrdiff_t>(i));
    const auto now = verdicts(less);
    ASSERT_TRUE(now) << to_string(now.error());
    for (const auto& [measure, verdict] : *now) {
      changed += verdict != whole->at(measure);
      if (verdict == Verdict::met) {
        EXPECT_EQ(whole->at(measure), Verdict::met)
            << measure << " became met without " << gone.type << " " << gone.written;
      }
    }
  }
  EXPECT_GT(changed, 0U) << "removing sources changed nothing: the test sees nothing";
}

TEST_F(SourcesTest, WithoutAnyFactsNothingIsMet) {
  auto agency = the_agency(options());
  ASSERT_TRUE(agency);
  agency->sources.clear();
  const auto none = verdicts(*agency);
  ASSERT_TRUE(none) << to_string(none.error());
  for (const auto& [measure, verdict] : *none) {
    EXPECT_EQ(verdict, Verdict::undetermined) << measure;
  }
}

}  // namespace
}  // namespace khien::app
