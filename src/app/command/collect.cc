// khien collect --out F.facts: this machine's facts in a sealed bundle for another machine to join.
#include <algorithm>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/context.h"
#include "app/outputs.h"
#include "app/own_facts.h"
#include "base/file.h"

namespace khien::app {
namespace fs = std::filesystem;
namespace {

// As a person calls a table: its own text, else the words of its schema.
std::string table_name(const Context& context, const FactSchema& schema, const std::string& name) {
  if (context.texts.has("table." + name)) return context.say("table." + name);
  const FactTable* table = schema.find(name);
  if (context.texts.lang() == "vi" && table != nullptr) return table->vi;
  std::string words = name;
  std::replace(words.begin(), words.end(), '_', ' ');
  return words;
}

void tell(const Context& context, const FactSchema& schema, const Collection& c) {
  print(context.say("app.collect.host", {{"host", c.host}, {"source", c.source}}));
  for (const auto& [name, table] : c.tables) {
    const char* id = table.status == TableFacts::Status::complete  ? "app.collect.complete"
                     : table.status == TableFacts::Status::partial ? "app.collect.partial"
                                                                   : "app.collect.missing";
    std::string line =
        context.say(id, {{"table", table_name(context, schema, name)},
                         {"rows", static_cast<std::int64_t>(table.rows.size())}});
    if (!table.reason.empty()) line += ": " + context.say(table.reason);
    print("  " + line);
  }
}

Done collect_to(Context& context, const fs::path& out) {
  KHIEN_TRY(const FactSchema schema, FactSchema::load(context.content));
  KHIEN_TRY(const OwnFacts facts, own_facts(context, schema, !out.empty()));
  for (const Collection& c : facts.collected.collections) {
    if (!context.json) tell(context, schema, c);
    else print(to_json(to_node(c)));
  }
  if (out.empty()) return {};
  KHIEN_DO(save(context.outputs, out, facts.sealed, Access::owner));
  if (!context.json) print(context.say("app.collect.written", {{"file", out.string()}}));
  return {};
}

}  // namespace

void add_collect(CLI::App& root, Context& context) {
  auto* command = root.add_subcommand("collect", context.say("app.collect.about"));
  auto out = std::make_shared<fs::path>();
  add_output(*command, context, "--out", *out, context.say("app.collect.out"));
  context.json_commands.push_back(command);
  command->callback([out, &context] {
    if (const auto done = collect_to(context, *out); !done) context.report(done.error());
  });
}

}  // namespace khien::app
