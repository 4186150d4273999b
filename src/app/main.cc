// khien: one binary, one file a command (src/app/command/<command>.cc).
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <string_view>

#include <CLI/CLI.hpp>

#include "app/context.h"
#include "app/guarded.h"
#include "app/option_checks.h"
#include "app/outputs.h"
#include "app/version.h"
#include "base/environment.h"
#include "base/text.h"

namespace {

using khien::app::Context;

// --lang and --content are needed before the options of commands can be described.
std::string early_option(int argc, char** argv, std::string_view name, std::string fallback) {
  for (int i = 1; i < argc; ++i) {
    const std::string_view arg = argv[i];
    if (arg == name && i + 1 < argc) return argv[i + 1];
    if (arg.starts_with(name) && arg.substr(name.size()).starts_with("=")) {
      return std::string(arg.substr(name.size() + 1));
    }
  }
  return fallback;
}

// CLI11's own words in the user's language.
void translate(CLI::App& app, const Context& context) {
  const auto formatter = app.get_formatter();
  formatter->label("Usage", context.say("app.cli.usage"));
  formatter->label("Positionals", context.say("app.cli.positionals"));
  formatter->label("REQUIRED", context.say("app.cli.required"));
  formatter->label("OPTIONS", context.say("app.cli.option"));
  formatter->label("SUBCOMMAND", context.say("app.cli.command"));
  formatter->label("SUBCOMMANDS", context.say("app.cli.command"));
  app.option_defaults()->group(context.say("app.cli.options"));
}

void name_groups(CLI::App& command, const Context& context) {
  if (!command.get_group().empty()) command.group(context.say("app.cli.commands"));
  command.get_help_ptr()->group(context.say("app.cli.options"));
}

void add_commands(CLI::App& app, Context& context) {
  khien::app::add_compile(app, context);
  khien::app::add_programme(app, context);
  khien::app::add_assess(app, context);
  khien::app::add_report(app, context);
  khien::app::add_draft(app, context);
  khien::app::add_verify(app, context);
  khien::app::add_share(app, context);
  khien::app::add_collect(app, context);
  khien::app::add_doctor(app, context);
  khien::app::add_content(app, context);
  khien::app::add_mail_domain(app, context);
  khien::app::add_mailbox(app, context);
  khien::app::add_sign(app, context);
  khien::app::add_portal_check(app, context);
  khien::app::add_vuln(app, context);
  khien::app::add_watch_window(app, context);
  khien::app::add_register(app, context);
  khien::app::add_account(app, context);
  khien::app::add_scan(app, context);
  khien::app::add_key(app, context);
  khien::app::add_recognise(app, context);
  khien::app::add_serve(app, context);
  khien::app::add_admin(app, context);
  for (CLI::App* command : app.get_subcommands({})) {
    name_groups(*command, context);
    for (CLI::App* part : command->get_subcommands({})) name_groups(*part, context);
  }
}

// One a line, for ./run and other scripts that must tell a command from a file.
void name_commands(CLI::App& app) {
  for (const CLI::App* command : app.get_subcommands({})) {
    std::printf("%s\n", command->get_name().c_str());
  }
  throw CLI::Success();
}

// A word that is no command stays a mistake when --help stands beside it.
int explain(const CLI::App& app, const CLI::CallForHelp& e, const Context& context) {
  const std::vector<std::string> unknown = app.remaining();
  if (unknown.empty()) return app.exit(e);
  khien::app::note(context.say("app.usage_error", {{"detail", unknown.front()},
                                                   {"command", app.get_name()}}));
  return khien::app::usage;
}

// What CLI11 says in English, in the user's language; its own words where it says something else.
std::string mistake(const CLI::App& app, const CLI::ParseError& e, const Context& context) {
  const std::string what = e.what();
  const std::string name = what.substr(0, what.find_first_of(": "));
  const bool no_command = what.starts_with("A subcommand");
  std::string words;
  for (const std::string& word : app.remaining(true)) words += (words.empty() ? "" : " ") + word;
  if (!words.empty() && (no_command || what.starts_with("The following argument"))) {
    return context.say("app.mistake.unknown", {{"words", words}});
  }
  if (no_command) return context.say("app.mistake.no_command");
  if (e.get_name() == "RequiredError") return context.say("app.mistake.missing", {{"name", name}});
  if (what.find(khien::app::kNoDay) != std::string::npos) {
    return context.say("app.mistake.day", {{"name", name}});
  }
  if (what.find(khien::app::kNoSpan) != std::string::npos) {
    return context.say("app.mistake.span", {{"name", name}});
  }
  if (e.get_name() == "ValidationError" || e.get_name() == "ConversionError" ||
      e.get_name() == "ArgumentMismatch") {
    return context.say("app.mistake.value", {{"name", name}});
  }
  return what;
}

// The command as far as it was understood: where its own help is.
std::string command_of(const CLI::App& app) {
  std::string out = app.get_name();
  for (const CLI::App* now = &app; !now->get_subcommands().empty();) {
    now = now->get_subcommands().front();
    out += " " + now->get_name();
  }
  return out;
}

std::string names_of(const std::vector<khien::Protection>& locks, const Context& context) {
  std::string out;
  for (const khien::Protection& lock : locks) {
    out += (out.empty() ? "" : "; ") + context.say("protection." + lock.id);
  }
  return out;
}

// Between reading the command line and running the command: what may not be read is not begun.
void before_the_command(const CLI::App& app, Context& context, bool require_sandbox) {
  if (const auto spared = khien::app::spare_arguments(app, context.outputs); !spared) {
    context.report(spared.error(), khien::app::usage);
    throw CLI::RuntimeError(khien::app::usage);
  }
  const auto missing = require_sandbox ? khien::app::missing_locks()
                                       : std::vector<khien::Protection>();
  if (missing.empty()) return;
  khien::app::note(context.say("app.sandbox.required", {{"locks", names_of(missing, context)}}));
  context.raise(khien::app::broken);
  throw CLI::RuntimeError(khien::app::broken);
}

int run(int argc, char** argv, Context& context) {
  CLI::App app(context.say("app.about"), "khien");
  translate(app, context);
  std::string lang;
  std::string content;
  app.set_version_flag("--version", khien::app::kVersion, context.say("app.version"));
  app.set_help_flag("-h,--help", context.say("app.help"));
  app.add_option("--lang", lang, context.say("app.lang"))->check(CLI::IsMember({"vi", "en"}));
  app.add_option("--content", content, context.say("app.content"));
  app.add_flag("--json", context.json, context.say("app.json"));
  app.add_flag_callback("--commands", [&app] { name_commands(app); }, context.say("app.commands"))
      ->trigger_on_parse();
  std::string parent;  // read before all else; here so that it is known
  app.add_option("--with-parent", parent)->group("");
  bool require_sandbox = false;
  app.add_flag("--require-sandbox", require_sandbox, context.say("app.sandbox.require"));
  app.parse_complete_callback([&] { before_the_command(app, context, require_sandbox); });
  context.unlocked = [&context](const std::vector<khien::Protection>& missing) {
    khien::app::note(context.say("app.sandbox.missing", {{"locks", names_of(missing, context)}}));
  };
  app.require_subcommand(1);
  app.fallthrough();
  add_commands(app, context);
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp& e) {
    return explain(app, e, context);
  } catch (const CLI::Success& e) {  // version
    return app.exit(e);
  } catch (const CLI::RuntimeError&) {  // told already
    return context.exit;
  } catch (const CLI::ParseError& e) {
    khien::app::note(context.say("app.usage_error", {{"detail", mistake(app, e, context)},
                                                     {"command", command_of(app)}}));
    return khien::app::usage;
  }
  if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) {
    khien::app::note(context.say("app.output_lost"));
    return khien::app::broken;
  }
  return context.exit;
}

int start(int argc, char** argv) {
  const std::string lang = early_option(argc, argv, "--lang", "vi");
  auto content = khien::Content::open(khien::built_in_content(),
                                      early_option(argc, argv, "--content", ""));
  if (!content) {
    khien::app::note(khien::to_string(content.error()));
    return khien::app::broken;
  }
  auto texts = khien::Texts::load(*content, lang == "en" ? "en" : "vi");
  if (!texts) {
    khien::app::note(khien::to_string(texts.error()));
    return khien::app::broken;
  }
  Context context(std::move(*content), std::move(*texts));
  context.overlay = early_option(argc, argv, "--content", "");
  return khien::app::guarded(context, argc > 1 ? argv[1] : "",
                             [&] { return run(argc, argv, context); });
}

}  // namespace

int main(int argc, char** argv) {
  khien::end_with_parent(early_option(argc, argv, "--with-parent", ""));
  // A full disk or a closed pipe is an error to report, not a reason to die half-way.
  std::signal(SIGXFSZ, SIG_IGN);
  std::signal(SIGPIPE, SIG_IGN);
  khien::keep_memory_private();
  try {
    return start(argc, argv);
  } catch (const std::exception& e) {  // before there are words to say it in
    std::fprintf(stderr, "khien: %s\n", khien::visible(e.what()).c_str());
    return khien::app::broken;
  }
}
