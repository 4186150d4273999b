// Options of khien assess.
#include <CLI/CLI.hpp>

#include "app/account_explain.h"
#include "app/assess.h"
#include "app/context.h"
#include "app/option_checks.h"
#include "app/outputs.h"

namespace khien::app {
namespace {

// The filters as people write them, before any work is begun.
Done name_filters(const Context& context, const std::vector<std::string>& only,
                  report::SummaryWish& wish) {
  for (const std::string& name : only) {
    KHIEN_TRY(const Verdict verdict, report::verdict_named(context.texts, name));
    wish.only.push_back(verdict);
  }
  if (wish.severity.empty()) return {};
  KHIEN_TRY(wish.severity, report::severity_named(context.texts, wish.severity));
  return {};
}

}  // namespace

void add_assess(CLI::App& root, Context& context) {
  auto* command = root.add_subcommand("assess", context.say("app.assess.about"));
  auto options = std::make_shared<AssessOptions>();
  command->add_option("--dispatch", options->dispatches, context.say("app.assess.dispatch"));
  command->add_option("--programme", options->programmes, context.say("app.assess.programme"));
  command->add_option("--agency", options->agency, context.say("app.assess.agency"));
  command->add_option("--facts", options->facts, context.say("app.assess.facts"));
  command->add_option("--as-of", options->as_of, context.say("app.assess.as_of"))
      ->transform(is_day());
  add_output(*command, context, "--out", options->out, context.say("app.assess.out"));
  command->add_option("--supersedes", options->supersedes, context.say("app.assess.supersedes"));
  context.json_commands.push_back(command);
  command->add_flag("--full", options->wish.full, context.say("app.assess.full"));
  auto only = std::make_shared<std::vector<std::string>>();
  command->add_option("--only", *only, context.say("app.assess.only"));
  command->add_option("--severity", options->wish.severity, context.say("app.assess.severity"));
  command->add_option("--unit", options->wish.unit, context.say("app.assess.unit"));
  command->callback([options, only, &context] {
    if (const auto done = name_filters(context, *only, options->wish); !done) {
      return context.report(done.error(), usage);
    }
    if (options->dispatches.empty() && options->programmes.empty()) {
      note(context.say("app.assess.no_order"));
      return context.raise(usage);
    }
    options->explain = [&context](const auto& notes) { tell_doubtful(context, notes); };
    assess(context, *options);
  });
}

}  // namespace khien::app
