// khien programme addressed FILE: of the measures a server hands down, which concern which agency.
#include "app/programme_addressed.h"

#include <CLI/CLI.hpp>

#include "base/file.h"
#include "base/limits.h"
#include "judge/orders.h"

namespace khien::app {
namespace {

Addressee asked_agency(const Node& agency) {
  return {agency["names"].texts(), agency["roles"].texts(), agency["enterprise"].boolean()};
}

// {measures: [{id, actor}], agencies: [{id, names, roles, enterprise}]} -> [{id, measures: [id]}]
Result<Node> concerned_agencies(const AddresseeRules& rules, const Node& asked) {
  Node out = Node::list();
  for (const Node& agency : asked["agencies"].items()) {
    const Addressee who = asked_agency(agency);
    Node measures = Node::list();
    for (const Node& m : asked["measures"].items()) {
      if (rules.addressed(m["actor"].text(), who)) measures.push(m["id"]);
    }
    out.push(Node::map({{"id", agency["id"]}, {"measures", std::move(measures)}}));
  }
  return out;
}

Result<Node> read_concerns(Context& context, const std::filesystem::path& file) {
  KHIEN_TRY(const auto rules, AddresseeRules::load(context.content));
  KHIEN_TRY(const std::string text, read_file(file, limits::table_file_bytes));
  KHIEN_TRY(const Node asked, parse_json(text, file.string()));
  return concerned_agencies(rules, asked);
}

void tell_concerns(Context& context, const std::filesystem::path& file) {
  const auto answer = read_concerns(context, file);
  if (!answer) return context.report(answer.error());
  if (context.json) return print(to_json(Node::map({{"agencies", *answer}})));
  for (const Node& agency : answer->items()) {
    print(context.say("app.programme.concerned",
                      {{"agency", agency["id"].text()},
                       {"count", static_cast<std::int64_t>(agency["measures"].items().size())}}));
  }
}

}  // namespace

void add_programme_addressed(CLI::App& command, Context& context) {
  auto file = std::make_shared<std::filesystem::path>();
  auto* part = command.add_subcommand("addressed", context.say("app.programme.addressed"));
  context.json_commands.push_back(part);
  part->add_option("file", *file, context.say("app.programme.asked"))->required();
  part->callback([file, &context] { tell_concerns(context, *file); });
}

}  // namespace khien::app
