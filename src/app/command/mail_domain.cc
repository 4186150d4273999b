// khien mail domain: what one named mail domain shows to everybody, judged at once.
#include <CLI/CLI.hpp>

#include "app/network_check.h"
#include "collect/mail_domain/mail_domain.h"

namespace khien::app {
namespace {

struct MailOptions {
  std::string domain;
  std::vector<std::string> selectors;
  std::string resolver;
  int smtp_port = 25;
  bool allow_private = false;
};

Done look(Context& context, const MailOptions& options) {
  Node source = Node::map({{"type", "mail_domain"}, {"domain", options.domain},
                           {"smtp_port", options.smtp_port},
                           {"allow_private", options.allow_private}});
  source.set("selectors", Node::list_of(options.selectors));
  if (!options.resolver.empty()) source.set("resolver", options.resolver);
  const auto spec = mail_domain_spec(source, "khien mail domain");
  if (!spec) {
    context.report(spec.error(), usage);
    return {};
  }
  return judge_and_tell(context, collect_mail_domain(*spec, context.workers(), context.clock),
                        {"mail.system_security"});
}

}  // namespace

void add_mail_domain(CLI::App& root, Context& context) {
  CLI::App& group = command_group(root, "mail", context.say("app.mail_domain.group"));
  auto* command = group.add_subcommand("domain", context.say("app.mail_domain.about"));
  auto options = std::make_shared<MailOptions>();
  command->add_option("domain", options->domain, context.say("app.mail_domain.domain"))
      ->required();
  command->add_option("--selector", options->selectors, context.say("app.mail_domain.selector"));
  command->add_option("--resolver", options->resolver, context.say("app.mail_domain.resolver"));
  command->add_option("--smtp-port", options->smtp_port, context.say("app.mail_domain.smtp_port"));
  command->add_flag("--allow-private", options->allow_private,
                    context.say("app.network.allow_private"));
  context.json_commands.push_back(command);
  command->callback([options, &context] {
    if (const auto done = look(context, *options); !done) context.report(done.error());
  });
}

}  // namespace khien::app
