// Options of khien assess.
#include <CLI/CLI.hpp>

#include "app/assess.h"
#include "app/context.h"
#include "app/option_checks.h"
#include "app/outputs.h"

namespace khien::app {

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
  command->callback([options, &context] {
    if (options->dispatches.empty() && options->programmes.empty()) {
      note(context.say("app.assess.no_order"));
      return context.raise(usage);
    }
    assess(context, *options);
  });
}

}  // namespace khien::app
