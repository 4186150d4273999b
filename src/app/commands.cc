#include "app/commands.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "app/option_checks.h"
#include "base/environment.h"
#include "base/text.h"
#include "report/terminal.h"

namespace khien::app {
namespace {

// Options and arguments whose value is the name of a file (or a folder), or of a folder.
constexpr std::array<std::string_view, 22> kFiles = {
    "--agency", "--annex",    "--confirm",    "--decisions",  "--diff",     "--dispatch",
    "--kev",    "--map",      "--rules",      "--supersedes", "--systeminfo", "--template",
    "--units",  "--words",    "file",         "files",        "path",       "IN",
    "OUT",      "roots",      "--root",       "dispatch"};

constexpr std::array<std::string_view, 7> kFolders = {
    "--content", "--facts", "--lists", "--manual", "--msrc", "--signatures", "folder"};

bool has_name(const CLI::Option& option, std::string_view name) {
  return option.get_name() == name || option.check_name(std::string(name));
}

// CLI11's help with the words of the user's language: what an option takes is told by one word.
class Help : public CLI::Formatter {
 public:
  explicit Help(const Context& context) : context_(context) {}

  [[nodiscard]] std::string make_option_opts(const CLI::Option* option) const override {
    std::string out = value_word(context_, *option);
    if (!out.empty()) out.insert(0, " ");
    if (option->get_type_size() != 0) {
      if (option->get_expected_max() == CLI::detail::expected_max_vector_size) out += " ...";
      if (option->get_required()) out += " " + get_label("REQUIRED");
    }
    return out;
  }

  // Columns are counted as they show: CLI11 counts the bytes of Vietnamese letters.
  [[nodiscard]] std::string make_option(const CLI::Option* option, bool positional) const override {
    return line(make_option_name(option, positional) + make_option_opts(option),
                make_option_desc(option));
  }
  [[nodiscard]] std::string make_subcommand(const CLI::App* sub) const override {
    return line(sub->get_display_name(true), sub->get_description());
  }

 private:
  [[nodiscard]] std::string line(const std::string& name, const std::string& about) const {
    constexpr int kUnbounded = 100'000;  // what is no terminal gets each option on one line
    const std::size_t column = get_column_width();
    const auto width = static_cast<std::size_t>(terminal_width(kUnbounded));
    std::string out = "  " + name;
    if (about.empty()) return out + "\n";
    const std::string indent(column, ' ');
    const std::size_t used = display_width(out);
    out += used < column ? indent.substr(used) : "\n" + indent;
    const auto lines = report::wrap(about, width - std::min(width / 2, column));
    return out + fmt::format("{}\n", fmt::join(lines, "\n" + indent));
  }

  const Context& context_;
};

void name_groups(CLI::App& command, const Context& context) {
  if (!command.get_group().empty()) command.group(context.say("app.cli.commands"));
  command.get_help_ptr()->group(context.say("app.cli.options"));
  for (CLI::App* part : command.get_subcommands({})) name_groups(*part, context);
}

void use_words(CLI::App& root, const Context& context) {
  const auto help = std::make_shared<Help>(context);
  help->label("Usage", context.say("app.cli.usage"));
  help->label("Positionals", context.say("app.cli.positionals"));
  help->label("REQUIRED", context.say("app.cli.required"));
  help->label("OPTIONS", context.say("app.cli.option"));
  help->label("SUBCOMMAND", context.say("app.cli.command"));
  help->label("SUBCOMMANDS", context.say("app.cli.command"));
  root.formatter(help);
  root.option_defaults()->group(context.say("app.cli.options"));
}

}  // namespace

void add_commands(CLI::App& root, Context& context) {
  use_words(root, context);
  add_init(root, context);
  add_compile(root, context);
  add_confirm(root, context);
  add_programme(root, context);
  add_assess(root, context);
  add_report(root, context);
  add_compare(root, context);
  add_draft(root, context);
  add_verify(root, context);
  add_share(root, context);
  add_collect(root, context);
  add_agent(root, context);
  add_doctor(root, context);
  add_content(root, context);
  add_mail_domain(root, context);
  add_mailbox(root, context);
  add_sign(root, context);
  add_portal_check(root, context);
  add_vuln(root, context);
  add_watch_window(root, context);
  add_register(root, context);
  add_account(root, context);
  add_scan(root, context);
  add_key(root, context);
  add_recognise(root, context);
  add_serve(root, context);
  add_admin(root, context);
  for (CLI::App* command : root.get_subcommands({})) name_groups(*command, context);
}

const CLI::App& reached(const CLI::App& root) {
  const CLI::App* now = &root;
  while (!now->get_subcommands().empty()) now = now->get_subcommands().front();
  return *now;
}

std::string path_of(const CLI::App& command) {
  const CLI::App* above = command.get_parent();
  return above == nullptr ? command.get_name() : path_of(*above) + " " + command.get_name();
}

std::vector<const CLI::App*> parts_of(const CLI::App& command) {
  std::vector<const CLI::App*> out;
  for (const CLI::App* part : command.get_subcommands({})) {
    if (!part->get_group().empty()) out.push_back(part);
  }
  return out;
}

std::vector<std::string> words_of(const CLI::App& command) {
  std::vector<std::string> out;
  for (const CLI::App* part : parts_of(command)) out.push_back(part->get_name());
  for (const CLI::App* now = &command; now != nullptr; now = now->get_parent()) {
    for (const CLI::Option* option : now->get_options()) {
      for (const std::string& name : option->get_lnames()) out.push_back("--" + name);
    }
  }
  return out;
}

std::string value_word(const Context& context, const CLI::Option& option) {
  const std::string type = option.get_type_name();
  if (option.get_type_size() == 0 || type.empty()) return "";
  const auto ends = [&](std::string_view tail) { return std::string_view(type).ends_with(tail); };
  if (ends("}")) {  // one of a few words: show them
    const std::size_t from = type.find('{');
    std::string words = type.substr(from + 1, type.size() - from - 2);
    std::replace(words.begin(), words.end(), ',', '|');
    return words;
  }
  const auto& outputs = context.outputs.options;
  const bool written = std::find(outputs.begin(), outputs.end(), &option) != outputs.end();
  const auto named = [&](std::string_view name) { return has_name(option, name); };
  const bool file = std::any_of(kFiles.begin(), kFiles.end(), named);
  const bool folder = std::any_of(kFolders.begin(), kFolders.end(), named);
  if (ends(kDayWord)) return context.say("app.value.day");
  if (ends(kSpanWord)) return context.say("app.value.span");
  if (folder) return context.say("app.value.folder");
  if (written || file) return context.say("app.value.file");
  if (type.starts_with("INT") || type.starts_with("UINT") || type.starts_with("FLOAT")) {
    return context.say("app.value.number");
  }
  return context.say("app.value.text");
}

}  // namespace khien::app
