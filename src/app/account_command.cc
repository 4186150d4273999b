// khien account audit: accounts and their people.
#include <CLI/CLI.hpp>

#include "app/account_audit.h"
#include "app/context.h"

namespace khien::app {

void add_account(CLI::App& root, Context& context) {
  auto* command = root.add_subcommand("account", context.say("app.account.about"));
  command->require_subcommand(1);
  add_account_audit(*command, context);
}

}  // namespace khien::app
