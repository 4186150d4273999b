// khien account: commands about accounts alone. `index` makes a list of leaked passwords small.
#include <CLI/CLI.hpp>

#include "app/command/account_audit.h"
#include "app/assess_steps.h"
#include "app/context.h"
#include "app/outputs.h"
#include "collect/password_stores/index.h"

namespace khien::app {
namespace fs = std::filesystem;
namespace {

struct IndexOptions {
  fs::path in, out;
};

void run_index(Context& context, const IndexOptions& options) {
  const auto made = build_leaked_index(context.workers(), options.in, options.out);
  if (!made) return context.report(made.error(), exit_for(made.error()));
  if (context.json) {
    return print(to_json(Node::map({{"path", options.out.string()},
                                    {"hashes", made->hashes},
                                    {"bytes", made->bytes}})));
  }
  print(context.say("account.index_made", {{"path", options.out.string()},
                                           {"hashes", made->hashes},
                                           {"bytes", made->bytes}}));
}

void add_index(CLI::App& account, Context& context) {
  auto* command = account.add_subcommand("index", context.say("account.index_about"));
  auto options = std::make_shared<IndexOptions>();
  command->add_option("IN", options->in, context.say("account.index_in"))->required();
  add_output(*command, context, "OUT", options->out, context.say("account.index_out"))
      ->required();
  context.json_commands.push_back(command);
  command->callback([options, &context] { run_index(context, *options); });
}

}  // namespace

void add_account(CLI::App& root, Context& context) {
  auto* account = root.add_subcommand("account", context.say("app.account.about"));
  account->require_subcommand(1);
  add_account_audit(*account, context);
  add_index(*account, context);
}

}  // namespace khien::app
