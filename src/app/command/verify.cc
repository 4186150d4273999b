// khien verify X.khien: three separate answers: intact, signed by whom, is that key known here.
#include <CLI/CLI.hpp>

#include "app/context.h"
#include "app/inputs.h"
#include "base/environment.h"
#include "store/errors.h"

namespace khien::app {
namespace fs = std::filesystem;
namespace {

void run(Context& context, const fs::path& file) {
  const auto opened = open_seal(context, file);
  if (!opened) return context.report(opened.error());
  if (const auto known = known_keys(state_folder()); !known) context.report(known.error());
  const std::string print_of_key = fingerprint(opened->public_key);
  const std::string known = key_name(context, opened->public_key);
  if (context.json) {
    print(to_json(Node::map({{"path", file.string()},
                             {"sha256", opened->sha256},
                             {"intact", opened->intact},
                             {"signature_valid", opened->signature_ok},
                             {"fingerprint", print_of_key},
                             {"key_known", !known.empty()},
                             {"key_name", known}})));
  } else {
    const auto line = [&](const char* id, const Args& args = {}) { print(context.say(id, args)); };
    line("app.verify.sha256", {{"sha256", opened->sha256}});
    line(opened->intact ? "app.verify.intact" : "app.verify.changed");
    line(opened->signature_ok ? "app.verify.signed" : "app.verify.unsigned",
         {{"fingerprint", print_of_key}});
    line(known.empty() ? "app.verify.unknown_key" : "app.verify.known_key", {{"name", known}});
  }
  if (!opened->intact || !opened->signature_ok || known.empty()) context.raise(not_all_good);
}

}  // namespace

void add_verify(CLI::App& root, Context& context) {
  auto* command = root.add_subcommand("verify", context.say("app.verify.about"));
  auto file = std::make_shared<fs::path>();
  command->add_option("file", *file, context.say("app.verify.file"))->required();
  context.json_commands.push_back(command);
  command->callback([file, &context] { run(context, *file); });
}

}  // namespace khien::app
