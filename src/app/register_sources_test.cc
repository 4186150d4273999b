// The sample agency against the five programmes: what its registers hold wrong is found, and a
// register that is taken away never makes a measure met.
#include <gtest/gtest.h>

#include "app/assess_steps.h"
#include "base/file.h"
#include "collect/collect.h"
#include "collect/jobs.h"
#include "judge/plan.h"
#include "judge/run.h"
#include "judge/verdict.h"

namespace khien::app {
namespace {

namespace fs = std::filesystem;

class RegisterSourcesTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto content = Content::open(built_in_content());
    ASSERT_TRUE(content);
    auto texts = Texts::load(*content, "vi");
    ASSERT_TRUE(texts);
    context_ = std::make_unique<Context>(std::move(*content), std::move(*texts));
    pool_ = std::make_unique<WorkerPool>(collect_jobs());
    schema_ = FactSchema::load(context_->content);
    catalog_ = Catalog::load(context_->content, *schema_);
    ASSERT_TRUE(schema_ && catalog_);
  }

  // Without the machine the test runs on and without bundles: the files of the agency alone.
  Assessment assess(const fs::path& file, std::size_t& problems) {
    auto agency = load_agency(file);
    EXPECT_TRUE(agency) << to_string(agency.error());
    std::erase_if(agency->sources, [](const AgencySource& s) {
      return s.type != "register" && s.type != "staff" && s.type != "accounts" &&
             s.type != "password_rules" && s.type != "attestations";
    });
    AssessOptions options;
    options.as_of = "2026-11-21";
    options.programmes = {"seed0", "seed1", "seed2", "seed3", "seed4"};
    auto a = new_assessment(*context_, options, *agency);
    EXPECT_TRUE(a);
    auto order_facts = add_orders(*context_, options, *agency, *a);
    EXPECT_TRUE(order_facts) << to_string(order_facts.error());
    const auto plan = make_plan(*catalog_, *a, local_date(a->as_of));
    EXPECT_TRUE(plan);
    auto collected = collect(*agency, context_->content, *pool_, context_->clock, {});
    EXPECT_TRUE(collected);
    problems = collected->problems.size();
    collected->collections.push_back(std::move(*order_facts));
    auto db = new_assessment_database(*schema_);
    EXPECT_TRUE(db);
    EXPECT_TRUE(write_facts(*db, *schema_, collected->collections));
    EXPECT_TRUE(run_plan(*plan, *catalog_, *schema_, *db, *a));
    decide(*catalog_, *a);
    return std::move(*a);
  }

  static bool finds(const Assessment& a, const std::string& control, const std::string& subject) {
    return std::any_of(a.findings.begin(), a.findings.end(), [&](const FindingRecord& f) {
      return f.control == control && f.result == Outcome::fail &&
             f.subject.find(subject) != std::string::npos;
    });
  }

  const fs::path sample_ = fs::path(KHIEN_SOURCE_DIR) / "samples/agency";
  std::unique_ptr<Context> context_;
  std::unique_ptr<WorkerPool> pool_;
  Result<FactSchema> schema_;
  Result<Catalog> catalog_;
};

TEST_F(RegisterSourcesTest, EveryPlantedDefectOfTheSampleIsFound) {
  std::size_t problems = 0;
  const Assessment a = assess(sample_ / "agency.yaml", problems);
  EXPECT_EQ(problems, 0U);
  for (const RunRecord& run : a.runs) EXPECT_NE(run.outcome, Outcome::error) << run.control;
  const std::pair<const char*, const char*> planted[] = {
      {"system.graded", "Một cửa điện tử"},
      {"data.personal_protected", "Một cửa điện tử"},
      {"system.layers_covered", "Một cửa điện tử"},
      {"system.review_current", "Cổng thông tin điện tử"},
      {"provider.telecom_confirmed", "Mạng Mẫu"},
      {"portal.operator_committed", "dichvu"},
      {"net.firewall_device", "fw-chi-nhanh"},
      {"sign.leaver_revoked", "Mai Hồng Loan"},
      {"sign.certificate_kept", "Trịnh Thị Trang"},
      {"duty.roster_covers_window", "2023-04-30"},
      {"duty.shift_reachable", "Đào Xuân Toàn"},
      {"awareness.warned", "Thư lừa đảo"},
      {"account.commitment_signed", ""},
      {"support.requests_followed", "61/SM-VP"},
      {"directive.cascaded", "STTTT-BCVT&CNTT"},
      {"directive.references_followed", "71/2012"},
      {"plan.tasks_in_time", "giám sát tập trung"},
      {"log.sources_recorded", "may-chu-mot-cua"},
      {"account.mail_declared", ""},
      {"directive.requests_done", "Gỡ liên kết lạ"},
      {"account.leak_handled", "anh.mk"}};
  for (const auto& [control, subject] : planted) {
    EXPECT_TRUE(finds(a, control, subject)) << control << " " << subject;
  }
}

TEST_F(RegisterSourcesTest, ARegisterTakenAwayNeverMakesAMeasureMet) {
  auto folder = TempFolder::make();
  ASSERT_TRUE(folder);
  const fs::path copy = folder->path() / "agency";
  fs::copy(sample_, copy, fs::copy_options::recursive);
  const auto agency = load_agency(copy / "agency.yaml");
  ASSERT_TRUE(agency);
  std::size_t problems = 0;
  const Assessment whole = assess(copy / "agency.yaml", problems);
  std::size_t registers = 0;
  for (const AgencySource& source : agency->sources) {
    if (source.type != "register") continue;
    ++registers;
    const fs::path aside = source.path.string() + ".aside";
    fs::rename(source.path, aside);
    const Assessment less = assess(copy / "agency.yaml", problems);
    fs::rename(aside, source.path);
    EXPECT_EQ(problems, 1U) << source.written;
    ASSERT_EQ(less.measures.size(), whole.measures.size());
    for (std::size_t i = 0; i < less.measures.size(); ++i) {
      const bool became = less.measures[i].verdict == Verdict::met &&
                          whole.measures[i].verdict != Verdict::met;
      EXPECT_FALSE(became) << source.written << " " << less.measures[i].cite_vi;
    }
  }
  EXPECT_GE(registers, 20U);
}

}  // namespace
}  // namespace khien::app
