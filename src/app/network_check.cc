// The same controls as in an assessment, so that the two never disagree.
#include "app/network_check.h"

#include <algorithm>

#include <CLI/CLI.hpp>

#include "base/calendar.h"
#include "judge/plan.h"
#include "judge/run.h"
#include "report/words.h"
#include "store/assessment.h"

namespace khien::app {
namespace {

Result<Assessment> judge(Context& context, const Collection& collection,
                         const std::vector<std::string>& kinds) {
  KHIEN_TRY(const FactSchema schema, FactSchema::load(context.content));
  KHIEN_TRY(const Catalog catalog, Catalog::load(context.content, schema));
  Assessment out;
  out.created_at = context.clock.now_ms();
  const Date today = local_date(out.created_at);
  out.as_of = end_of_day_ms(today);
  out.dispatches.emplace_back().id = 1;
  MeasureRecord& measure = out.measures.emplace_back();
  measure.id = 1;
  measure.dispatch = 1;
  for (const std::string& kind : kinds) measure.kinds.emplace_back().kind = kind;
  KHIEN_TRY(Plan plan, make_plan(catalog, out, today));
  std::erase_if(plan.runs, [&](const PlannedRun& run) {
    const auto there = [&](const std::string& table) { return collection.tables.contains(table); };
    return run.measure == 0 || !std::all_of(run.control->needs.begin(), run.control->needs.end(),
                                            there);
  });
  KHIEN_TRY(Database db, new_assessment_database(schema));
  KHIEN_TRY([[maybe_unused]] const auto id, write_collection(db, schema, collection));
  KHIEN_DO(run_plan(plan, catalog, schema, db, out));
  return out;
}

std::string finding_line(const Context& context, const FindingRecord& f) {
  const std::string reason = f.reason.empty() || !context.texts.has(f.reason)
                                 ? context.say("app.network.no_control")
                                 : context.say(f.reason);
  const bool shown = !f.observed.empty() && f.observed.size() < 200;
  if (!shown) return context.say("app.network.finding", {{"subject", f.subject},
                                                         {"reason", reason}});
  const std::string observed = report::observed_words(context.texts, f.observed);
  return context.say("app.network.observed",
                     {{"subject", f.subject}, {"reason", reason}, {"observed", observed}});
}

void tell_run(const Context& context, const Assessment& a, const RunRecord& run) {
  const std::string base = "control." + run.control + ".";
  const Args counts = {{"passed", run.passed}, {"failed", run.failed}, {"unknown", run.unknown},
                       {"total", run.total()}};
  const std::string title = context.say(base + "title");
  const char* id = run.outcome == Outcome::pass   ? "app.network.line_pass"
                   : run.outcome == Outcome::fail ? "app.network.line_fail"
                                                  : "app.network.line_unknown";
  print(context.say(id, {{"text", title}}));
  bool told = false;
  for (const FindingRecord& f : a.findings) {
    if (f.run != run.id || f.subject.empty()) continue;
    print("  - " + finding_line(context, f));
    told = true;
  }
  if (!told && context.texts.has(run.reason)) print("  - " + context.say(run.reason));
  if (run.outcome == Outcome::fail) {
    print("  " + context.say("app.network.fix", {{"text", context.say(base + "fix", counts)}}));
  }
}

Node as_node(const Assessment& a, const Collection& collection) {
  Node runs = Node::list();
  for (const RunRecord& run : a.runs) {
    Node findings = Node::list();
    for (const FindingRecord& f : a.findings) {
      if (f.run != run.id) continue;
      findings.push(Node::map({{"subject", f.subject}, {"result", to_string(f.result)},
                               {"severity", f.severity}, {"observed", f.observed},
                               {"reason", f.reason}}));
    }
    runs.push(Node::map({{"control", run.control}, {"kind", run.kind},
                         {"outcome", to_string(run.outcome)}, {"passed", run.passed},
                         {"failed", run.failed}, {"unknown", run.unknown},
                         {"findings", std::move(findings)}}));
  }
  return Node::map({{"collection", to_node(collection)}, {"controls", std::move(runs)}});
}

}  // namespace

Done judge_and_tell(Context& context, const Collection& collection,
                    const std::vector<std::string>& kinds) {
  KHIEN_TRY(const Assessment a, judge(context, collection, kinds));
  if (context.json) print(to_json(as_node(a, collection)));
  for (const RunRecord& run : a.runs) {
    if (!context.json) tell_run(context, a, run);
    if (run.outcome == Outcome::error) context.raise(broken);
    else if (run.outcome != Outcome::pass && run.outcome != Outcome::not_applicable) {
      context.raise(not_all_good);
    }
  }
  if (a.runs.empty()) context.raise(broken);
  return {};
}

CLI::App& command_group(CLI::App& root, const std::string& name, const std::string& about) {
  for (CLI::App* one : root.get_subcommands({})) {
    if (one->get_name() == name) return *one;
  }
  CLI::App* made = root.add_subcommand(name, about);
  made->require_subcommand(1);
  return *made;
}

}  // namespace khien::app
