// Agencies nobody wrote by hand: what is planted is found, and nothing else is.
#include "app/assess_steps.h"
#include "app/testing_agency_registers.h"
#include "collect/collect.h"
#include "collect/jobs.h"
#include "judge/plan.h"
#include "judge/run.h"
#include "judge/verdict.h"

namespace khien::app {
namespace {

namespace fs = std::filesystem;

class GeneratedAgencyTest : public ::testing::TestWithParam<unsigned> {
 protected:
  static Result<Assessment> assess(Context& context, const fs::path& file) {
    KHIEN_TRY(const Agency agency, load_agency(file));
    AssessOptions options;
    options.as_of = "2026-11-21";
    options.programmes = {"seed0", "seed1", "seed2", "seed3", "seed4"};
    KHIEN_TRY(const FactSchema schema, FactSchema::load(context.content));
    KHIEN_TRY(const Catalog catalog, Catalog::load(context.content, schema));
    KHIEN_TRY(Assessment a, new_assessment(context, options, agency));
    KHIEN_TRY(Collection order_facts, add_orders(context, options, agency, a));
    KHIEN_TRY(const Plan plan, make_plan(catalog, a, local_date(a.as_of)));
    WorkerPool pool(collect_jobs());
    KHIEN_TRY(Collected collected, collect(agency, context.content, pool, context.clock, {}));
    for (const auto& problem : collected.problems) ADD_FAILURE() << to_string(problem);
    collected.collections.push_back(std::move(order_facts));
    KHIEN_TRY(const Database db, new_assessment_database(schema));
    KHIEN_DO(write_facts(db, schema, collected.collections));
    KHIEN_DO(run_plan(plan, catalog, schema, db, a));
    decide(catalog, a);
    return a;
  }

  static bool is(const Planted& planted, const FindingRecord& f) {
    return f.control == planted.control && f.subject.find(planted.subject) != std::string::npos;
  }
};

TEST_P(GeneratedAgencyTest, EveryPlantedDefectIsFoundAndNoneInvented) {
  auto content = Content::open(built_in_content());
  ASSERT_TRUE(content);
  auto texts = Texts::load(*content, "vi");
  ASSERT_TRUE(texts);
  Context context(std::move(*content), std::move(*texts));
  const auto registers = Registers::load(context.content);
  ASSERT_TRUE(registers);
  const auto folder = TempFolder::make();
  ASSERT_TRUE(folder);
  GeneratedAgency agency(GetParam(), folder->path(), *registers);
  agency.write();
  const auto a = assess(context, folder->path() / "agency.yaml");
  ASSERT_TRUE(a) << to_string(a.error());
  for (const RunRecord& run : a->runs) EXPECT_NE(run.outcome, Outcome::error) << run.control;
  EXPECT_GT(agency.planted().size(), 20U);
  const auto failed = [](const FindingRecord& f) {
    return f.result == Outcome::fail && f.measure != 0;
  };
  for (const Planted& planted : agency.planted()) {
    EXPECT_TRUE(std::any_of(a->findings.begin(), a->findings.end(), [&](const FindingRecord& f) {
      return failed(f) && is(planted, f);
    })) << "not found: " << planted.control << " " << planted.subject;
  }
  for (const FindingRecord& f : a->findings) {
    EXPECT_TRUE(!failed(f) || std::any_of(agency.planted().begin(), agency.planted().end(),
                                          [&](const Planted& p) { return is(p, f); }))
        << "invented: " << f.control << " " << f.subject << " " << f.observed << " " << f.reason;
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, GeneratedAgencyTest, ::testing::Values(1U, 2U, 20261121U));

}  // namespace
}  // namespace khien::app
