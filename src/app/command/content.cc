// khien content list|show|test|coverage: the data the program judges by, open to its reader.
#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/context.h"
#include "app/command/coverage.h"
#include "app/errors.h"
#include "base/near.h"
#include "base/text.h"
#include "dispatch/vocabulary.h"
#include "judge/content_test_runner.h"

namespace khien::app {
namespace {

void list(Context& context, const std::string& prefix) {
  if (context.json) return print(to_json(Node::list_of(context.content.list(prefix))));
  for (const std::string& path : context.content.list(prefix)) print(visible(path));
}

void show(Context& context, const std::string& path) {
  const auto text = context.content.raw(path);
  if (text) print(*text);
  else context.report(text.error(), usage);
}

Done need_control(const Catalog& catalog, const std::string& id) {
  std::vector<std::string> ids;
  for (const Control& control : catalog.controls()) {
    if (control.id == id) return {};
    ids.push_back(control.id);
  }
  const std::string near = nearest(id, ids);
  return fail(err::no_control, id, {{"value", id}, {"near", near.empty() ? "none" : near}});
}

Done test(Context& context, const std::string& only) {
  KHIEN_TRY(const FactSchema schema, FactSchema::load(context.content));
  KHIEN_TRY(const Catalog catalog, Catalog::load(context.content, schema));
  KHIEN_TRY([[maybe_unused]] const Vocabulary vocabulary, Vocabulary::load(context.content));
  if (!only.empty()) KHIEN_DO(need_control(catalog, only));
  std::int64_t passed = 0;
  std::int64_t failed = 0;
  Node broken_cases = Node::list();
  for (const Control& control : catalog.controls()) {
    if (!only.empty() && control.id != only) continue;
    const auto cases = test_control(context.content, catalog, schema, control);
    if (!cases) {
      context.report(cases.error());
      ++failed;
      continue;
    }
    for (const CaseResult& c : *cases) {
      ++(c.problems.empty() ? passed : failed);
      if (c.problems.empty()) continue;
      broken_cases.push(Node::map({{"control", c.control}, {"case", c.name},
                                   {"problems", Node::list_of(c.problems)}}));
      if (context.json) continue;
      print(fmt::format("{}: {}", c.control, c.name));
      for (const std::string& problem : c.problems) print("  " + problem);
    }
  }
  if (context.json) {
    print(to_json(Node::map({{"passed", passed}, {"failed", failed}, {"cases", broken_cases}})));
  } else {
    print(context.say("app.content_command.tested", {{"passed", passed}, {"failed", failed}}));
  }
  if (failed > 0) context.raise(not_all_good);
  return {};
}

}  // namespace

void add_content(CLI::App& root, Context& context) {
  auto* command = root.add_subcommand("content", context.say("app.content_command.about"));
  command->require_subcommand(1);
  auto argument = std::make_shared<std::string>();
  auto* files = command->add_subcommand("list", context.say("app.content_command.list"));
  files->add_option("prefix", *argument, context.say("app.content_command.prefix"));
  context.json_commands.push_back(files);
  files->callback([argument, &context] { list(context, *argument); });
  auto* one = command->add_subcommand("show", context.say("app.content_command.show"));
  one->add_option("path", *argument, context.say("app.content_command.path"))->required();
  one->callback([argument, &context] { show(context, *argument); });
  auto* all = command->add_subcommand("test", context.say("app.content_command.test"));
  all->add_option("control", *argument, context.say("app.content_command.control"));
  context.json_commands.push_back(all);
  all->callback([argument, &context] {
    if (const auto done = test(context, *argument); !done) {
      context.report(done.error(), done.error().code == err::no_control ? usage : broken);
    }
  });
  add_coverage(*command, context);
}

}  // namespace khien::app
