// khien portal check: one visit to one named portal, judged at once.
#include <CLI/CLI.hpp>

#include "app/network_check.h"
#include "collect/portal/portal.h"

namespace khien::app {
namespace {

struct PortalOptions {
  std::string url;
  std::string words;
  std::vector<std::string> trusted;
  int pages = 30;
  int delay_ms = 1000;
  bool allow_private = false;
};

Done visit(Context& context, const PortalOptions& options) {
  Node source = Node::map({{"type", "portal"}, {"url", options.url}, {"pages", options.pages},
                           {"delay_ms", options.delay_ms},
                           {"allow_private", options.allow_private}});
  source.set("trusted", Node::list_of(options.trusted));
  auto spec = portal_spec(source, "khien portal check");
  if (!spec) {
    context.report(spec.error(), usage);
    return {};
  }
  if (!options.words.empty()) KHIEN_DO(read_words(*spec, options.words, options.words));
  KHIEN_TRY(const Collection collection,
            collect_portal(*spec, context.content, context.workers(), context.clock));
  KHIEN_DO(judge_and_tell(context, collection,
                          {"portal.security", "portal.content_watch", "portal.availability"}));
  if (!context.json) {
    const auto pages = static_cast<std::int64_t>(collection.tables.at("portal_page").rows.size());
    print(context.say("app.network.pages", {{"count", pages}}));
  }
  return {};
}

}  // namespace

void add_portal_check(CLI::App& root, Context& context) {
  CLI::App& group = command_group(root, "portal", context.say("app.portal_check.group"));
  auto* command = group.add_subcommand("check", context.say("app.portal_check.about"));
  auto options = std::make_shared<PortalOptions>();
  command->add_option("url", options->url, context.say("app.portal_check.url"))->required();
  command->add_option("--words", options->words, context.say("app.portal_check.words"));
  command->add_option("--pages", options->pages, context.say("app.portal_check.pages"));
  command->add_option("--delay", options->delay_ms, context.say("app.portal_check.delay"));
  command->add_option("--trusted", options->trusted, context.say("app.portal_check.trusted"));
  command->add_flag("--allow-private", options->allow_private,
                    context.say("app.network.allow_private"));
  context.json_commands.push_back(command);
  command->callback([options, &context] {
    if (const auto done = visit(context, *options); !done) context.report(done.error());
  });
}

}  // namespace khien::app
