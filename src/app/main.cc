// khien: one binary, one file a command (src/app/command/<command>.cc).
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <string_view>

#include <CLI/CLI.hpp>

#include "app/commands.h"
#include "app/errors.h"
#include "app/guarded.h"
#include "app/help_pages.h"
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

// One a line, for ./run and other scripts that must tell a command from a file.
void name_commands(CLI::App& app) {
  for (const CLI::App* command : app.get_subcommands({})) {
    std::printf("%s\n", command->get_name().c_str());
  }
  throw CLI::Success();
}

// The folder of --manual, the script of --completion: written, and the program ends.
void write_help(CLI::App& app, Context& context, const std::string& folder) {
  if (folder.empty()) {
    khien::app::print(khien::app::bash_completion(app, context));
    throw CLI::Success();
  }
  if (const auto done = khien::app::write_manual(app, context, folder); !done) {
    context.report(done.error());
    throw CLI::RuntimeError(context.exit);
  }
  throw CLI::Success();
}

int wrong_line(const CLI::App& app, const CLI::ParseError& e, const Context& context) {
  khien::app::note(context.say("app.usage_error",
                               {{"detail", khien::app::mistake(app, e, context)},
                                {"command", khien::app::path_of(khien::app::reached(app))}}));
  return khien::app::usage;
}

// A word that is no command stays a mistake when --help stands beside it.
int explain(const CLI::App& app, const CLI::CallForHelp& e, const Context& context) {
  if (app.remaining(true).empty()) return app.exit(e);
  return wrong_line(app, CLI::ExtrasError(app.remaining(true)), context);
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
  if (const auto spared = khien::app::spare_existing(context.outputs); !spared) {
    context.report(spared.error(), khien::app::usage);
    throw CLI::RuntimeError(khien::app::usage);
  }
  const CLI::App* command = &khien::app::reached(app);
  const auto& answering = context.json_commands;
  if (context.json && std::find(answering.begin(), answering.end(), command) == answering.end()) {
    context.report({khien::err::json_refused, "--json",
                    {{"command", khien::app::path_of(*command)}}}, khien::app::usage);
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
  std::string lang;
  std::string content;
  app.set_version_flag("--version", khien::app::kVersion, context.say("app.version"));
  app.set_help_flag("-h,--help", context.say("app.help"));
  app.add_option("--lang", lang, context.say("app.lang"))->check(CLI::IsMember({"vi", "en"}));
  app.add_option("--content", content, context.say("app.content"));
  app.add_flag("--json", context.json, context.say("app.json"));
  app.add_flag_callback("--commands", [&app] { name_commands(app); }, context.say("app.commands"))
      ->trigger_on_parse();
  app.add_flag("--force", context.outputs.force, context.say("app.force"));
  app.add_option_function<std::string>(
         "--manual", [&](const std::string& folder) { write_help(app, context, folder); },
         context.say("app.manual.option"))
      ->trigger_on_parse();
  app.add_flag_callback("--completion", [&] { write_help(app, context, ""); },
                        context.say("app.completion"))
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
  khien::app::add_commands(app, context);
  for (CLI::Option* option : app.get_options()) {
    if (!option->get_group().empty()) option->group(context.say("app.cli.options"));
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp& e) {
    return explain(app, e, context);
  } catch (const CLI::Success& e) {  // version
    return app.exit(e);
  } catch (const CLI::RuntimeError&) {  // told already
    return context.exit;
  } catch (const CLI::ParseError& e) {
    return wrong_line(app, e, context);
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
