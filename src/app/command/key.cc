// khien key list|trust: the keys of other installations that this one trusts.
#include <CLI/CLI.hpp>

#include "app/context.h"
#include "base/environment.h"
#include "store/seal.h"

namespace khien::app {
namespace {

void list(Context& context) {
  const auto own = own_key(state_folder());
  if (!own) return context.report(own.error());
  const auto known = known_keys(state_folder());
  if (!known) return context.report(known.error());
  if (context.json) {
    Node lines = Node::list();
    lines.push(Node::map({{"fingerprint", fingerprint(own->public_key)}, {"own", true}}));
    for (const KnownKey& key : *known) {
      lines.push(Node::map({{"fingerprint", key.fingerprint}, {"own", false},
                            {"name", key.name}, {"usable", key.whole}}));
    }
    return print(to_json(lines));
  }
  print(context.say("app.key.own", {{"fingerprint", fingerprint(own->public_key)}}));
  for (const KnownKey& key : *known) {
    print(context.say(key.whole ? "app.key.known" : "app.key.short",
                      {{"fingerprint", key.fingerprint}, {"name", key.name}}));
  }
  if (known->empty()) print(context.say("app.key.none"));
}

}  // namespace

void add_key(CLI::App& root, Context& context) {
  auto* key = root.add_subcommand("key", context.say("app.key.about"));
  key->require_subcommand(1);
  auto* all = key->add_subcommand("list", context.say("app.key.list"));
  context.json_commands.push_back(all);
  all->callback([&context] { list(context); });
  auto* trust = key->add_subcommand("trust", context.say("app.key.trust"));
  auto print_of_key = std::make_shared<std::string>();
  auto name = std::make_shared<std::string>();
  trust->add_option("fingerprint", *print_of_key, context.say("app.key.fingerprint"))->required();
  trust->add_option("name", *name, context.say("app.key.name"))->required();
  trust->callback([print_of_key, name, &context] {
    const auto done = trust_key(state_folder(), *print_of_key, *name);
    if (!done) return context.report(done.error(), usage);
    print(context.say("app.key.trusted", {{"fingerprint", *print_of_key}, {"name", *name}}));
  });
}

}  // namespace khien::app
