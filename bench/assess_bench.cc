// Where the time of the main job goes, phase by phase, on this host with an agency:
//   assess_bench AGENCY.yaml DISPATCH...
// Bars: the whole <= 5 s and 200 MB; a further text dispatch <= 5 ms in a warm run.
#include <sys/resource.h>

#include <cstdio>
#include <string>

#include "app/assess_steps.h"
#include "app/inputs.h"
#include "base/content.h"
#include "judge/orders.h"
#include "judge/plan.h"
#include "judge/run.h"
#include "judge/verdict.h"
#include "report/report.h"

namespace {

using namespace khien;  // NOLINT: a program of one file

class Phases {
 public:
  explicit Phases(const Clock& clock) : clock_(clock), last_(clock.steady_ms()) {}
  void done(const char* name) {
    const std::int64_t now = clock_.steady_ms();
    std::printf("%-28s %6lld ms\n", name, static_cast<long long>(now - last_));
    total_ += now - last_;
    last_ = now;
  }
  ~Phases() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    std::printf("%-28s %6lld ms, %ld MB\n", "whole", static_cast<long long>(total_),
                usage.ru_maxrss / 1024);
  }

 private:
  const Clock& clock_;
  std::int64_t last_;
  std::int64_t total_ = 0;
};

Done bench(app::Context& context, const app::AssessOptions& options) {
  Phases phases(context.clock);
  KHIEN_TRY(const FactSchema schema, FactSchema::load(context.content));
  KHIEN_TRY(const Catalog catalog, Catalog::load(context.content, schema));
  phases.done("schema, catalogue");
  KHIEN_TRY(const Agency agency, app::the_agency(options));
  KHIEN_TRY(Assessment a, app::new_assessment(context, options, agency));
  KHIEN_TRY(const Collection windows, app::add_orders(context, options, agency, a));
  phases.done("orders: read and compile");
  KHIEN_TRY(const Plan plan, make_plan(catalog, a, local_date(a.as_of)));
  phases.done("plan");
  KHIEN_TRY(auto collections, app::collect_facts(context, options, agency, a.as_of));
  collections.push_back(windows);
  phases.done("collect");
  KHIEN_TRY(const Database db, new_assessment_database(schema));
  KHIEN_DO(app::write_facts(db, schema, collections));
  phases.done("write facts");
  KHIEN_DO(run_plan(plan, catalog, schema, db, a));
  phases.done("run controls");
  decide(catalog, a);
  KHIEN_DO(write_assessment(db, a));
  phases.done("decide, write");
  for (const char* name : {"docx", "pdf", "html", "xlsx", "json", "ocsf"}) {
    KHIEN_TRY(const report::Format format, report::format_from(name));
    KHIEN_TRY(const std::string bytes, report::print(format, a, context.texts));
    phases.done(name);
  }
  return {};
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fprintf(stderr, "assess_bench AGENCY.yaml DISPATCH...\n");
    return 2;
  }
  auto content = Content::open(built_in_content());
  if (!content) return 3;
  auto texts = Texts::load(*content, "vi");
  if (!texts) return 3;
  app::Context context(std::move(*content), std::move(*texts));
  app::AssessOptions options;
  options.agency = argv[1];
  for (int i = 2; i < argc; ++i) options.dispatches.emplace_back(argv[i]);
  const auto done = bench(context, options);
  if (!done) std::fprintf(stderr, "%s\n", to_string(done.error()).c_str());
  return done ? 0 : 1;
}
