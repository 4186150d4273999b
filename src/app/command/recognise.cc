// khien recognise FILE: what a file would be in agency.yaml, how sure that is, column by column.
#include <algorithm>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/context.h"
#include "app/recognise_file.h"
#include "base/text.h"

namespace khien::app {
namespace {

struct Options {
  std::filesystem::path file;
  std::string as;
};

std::string why_words(const Context& context, const RecognisedFile& seen) {
  return context.say("app.recognise.why." + seen.why,
                     {{"known", static_cast<std::int64_t>(std::count_if(
                                    seen.columns.begin(), seen.columns.end(),
                                    [](const ReadColumn& c) { return !c.field.empty(); }))},
                      {"columns", static_cast<std::int64_t>(seen.columns.size())}});
}

Node as_json(const Context& context, const Options& o, const RecognisedFile& seen) {
  Node tables = Node::list();
  for (const ReadTable& t : seen.tables) {
    tables.push(Node::map({{"table", t.table}, {"status", t.status}, {"rows", t.rows},
                           {"reason", t.reason.empty() ? Node() : Node(t.reason)}}));
  }
  Node columns = Node::list();
  for (const ReadColumn& c : seen.columns) {
    columns.push(Node::map({{"heading", c.heading},
                            {"field", c.field.empty() ? Node() : Node(c.field)}}));
  }
  Node problems = Node::list();
  for (const Error& e : seen.problems) {
    Node args = Node::map();
    for (const auto& [name, value] : e.args) args.set(name, value);
    problems.push(Node::map({{"code", e.code}, {"text", context.texts.error(e)},
                             {"args", std::move(args)}}));
  }
  return Node::map({{"file", o.file.string()},
                    {"entries", Node::list(seen.entries)},
                    {"certainty", seen.certainty},
                    {"why", seen.why},
                    {"why_text", why_words(context, seen)},
                    {"rows", seen.rows()},
                    {"tables", std::move(tables)},
                    {"columns", std::move(columns)},
                    {"problems", std::move(problems)}});
}

void tell(const Context& context, const Options& o, const RecognisedFile& seen) {
  const std::string file = o.file.string();
  if (seen.entries.empty()) print(context.say("app.recognise.nothing", {{"file", file}}));
  for (const Node& entry : seen.entries) {
    print(context.say("app.recognise.taken",
                      {{"file", file}, {"entry", to_json(entry)}, {"rows", seen.rows()},
                       {"certainty", context.say("app.recognise." + seen.certainty)},
                       {"why", why_words(context, seen)}}));
  }
  for (const ReadColumn& c : seen.columns) {
    print(context.say(c.field.empty() ? "app.recognise.unused" : "app.recognise.column",
                      {{"heading", shorten(c.heading, 80)}, {"field", c.field}}));
  }
}

void run(Context& context, const Options& o) {
  Node entry;
  if (!o.as.empty()) {
    auto read = parse_yaml(o.as, "--as");
    if (!read) return context.report(read.error(), usage);
    entry = std::move(*read);
  }
  const auto seen = entry.is_null() ? recognise_file(context, o.file)
                                    : read_as(context, o.file, entry);
  if (!seen) return context.report(seen.error());
  if (context.json) print(to_json(as_json(context, o, *seen)));
  else tell(context, o, *seen);
  for (const Error& problem : seen->problems) context.report(problem);
  if (seen->entries.empty()) context.raise(not_all_good);
}

}  // namespace

void add_recognise(CLI::App& root, Context& context) {
  auto* command = root.add_subcommand("recognise", context.say("app.recognise.about"));
  auto o = std::make_shared<Options>();
  command->add_option("file", o->file, context.say("app.recognise.file"))->required();
  command->add_option("--as", o->as, context.say("app.recognise.as"));
  context.json_commands.push_back(command);
  command->callback([o, &context] { run(context, *o); });
}

}  // namespace khien::app
