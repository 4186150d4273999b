// Reading path 1/11: the map of the main job, from a dispatch to a sealed assessment.
// Takes orders (documents or programmes), an agency and facts of other machines; gives X.khien and
// the verdicts. Next: dispatch/document.
#include "app/assess.h"

#include "app/assess_steps.h"
#include "app/context.h"
#include "app/inputs.h"
#include "app/sample_mark.h"
#include "app/watch_windows.h"
#include "base/calendar.h"
#include "judge/plan.h"
#include "judge/run.h"
#include "judge/verdict.h"

namespace khien::app {

Result<Assessment> judge_orders(Context& context, const AssessOptions& options,
                                const Agency& agency, Database& db) {
  if (!options.out.empty()) KHIEN_DO(check_own_key());
  KHIEN_TRY(const FactSchema schema, FactSchema::load(context.content));
  KHIEN_TRY(const Catalog catalog, Catalog::load(context.content, schema));
  std::optional<Assessment> before;
  KHIEN_TRY(Assessment assessment, new_assessment(context, options, agency, &before));

  // What is asked: document -> anatomy -> measures, or a programme typed by hand.
  KHIEN_TRY(Collection order_facts, add_orders(context, options, agency, assessment));
  // What will be checked: measures x controls.
  KHIEN_TRY(const Plan plan,
            make_plan(catalog, assessment, local_date(assessment.as_of)));
  // What is known: every source of the agency, this host, bundles of other machines.
  KHIEN_TRY(auto collections, collect_facts(context, options, agency, assessment.as_of));
  KHIEN_DO(keep_sample_mark(context, collections, assessment));
  const auto lap = [&](const char* step) { if (options.lap) options.lap(step); };
  lap("collect");
  tell_long_duties(context, collections);
  collections.push_back(std::move(order_facts));
  KHIEN_TRY(auto ahead,
            watch_windows_ahead(context, local_date(assessment.as_of), assessment.created_at));
  if (ahead) collections.push_back(std::move(*ahead));
  KHIEN_TRY(db, new_assessment_database(schema));
  KHIEN_DO(write_facts(db, schema, collections));
  collections.clear();  // a province's rows are half of the memory
  lap("write facts");
  // What follows: one select a control, then the verdict of every measure.
  KHIEN_DO(run_plan(plan, catalog, schema, db, assessment));
  decide(catalog, assessment);
  name_assessment(assessment);
  add_comparison(context, options, before, assessment);
  lap("judge");
  return assessment;
}

void assess(Context& context, const AssessOptions& options) {
  auto db = Database::in_memory();
  if (!db) return context.report(db.error());
  const auto agency = the_agency(options);
  if (!agency) return context.report(agency.error(), exit_for(agency.error()));
  const auto assessment = judge_orders(context, options, *agency, *db);
  if (!assessment) return context.report(assessment.error(), exit_for(assessment.error()));
  if (assessment->measures.empty()) {  // why was said of each paper; there is nothing to keep
    if (context.json) show(context, *assessment, *db, options);
    note(context.say("app.assess.no_measures"));
    return context.raise(not_all_good);
  }
  if (const auto done = write_sealed(context, *db, *assessment, options.out); !done) {
    return context.report(done.error());
  }
  show(context, *assessment, *db, options);
  raise_exit(context, *assessment);
}

}  // namespace khien::app
