#include "app/help_pages.h"

#include <algorithm>

#include <fmt/format.h>

#include "app/outputs.h"
#include "app/version.h"
#include "collect/register/register.h"

namespace khien::app {
namespace fs = std::filesystem;
namespace {

// A text as roff shows it: no macro, no escape of its own.
std::string roff(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\') out += "\\e";
    else if (c == '-') out += "\\-";
    else if (c == '\n') out += ' ';
    else out += c;
  }
  return out.starts_with('.') || out.starts_with('\'') ? "\\&" + out : out;
}

std::string names_of(const CLI::Option& option) {
  std::string out;
  for (const std::string& name : option.get_snames()) out += (out.empty() ? "-" : ", -") + name;
  for (const std::string& name : option.get_lnames()) out += (out.empty() ? "--" : ", --") + name;
  return out.empty() ? option.get_name() : out;
}

void add_options(const Context& context, const CLI::App& command, std::string& out) {
  for (const CLI::Option* option : command.get_options()) {
    if (option->get_group().empty()) continue;
    const std::string value = value_word(context, *option);
    out += fmt::format(".TP\n\\fB{}\\fR{}\n{}\n", roff(names_of(*option)),
                       value.empty() ? "" : " \\fI" + roff(value) + "\\fR",
                       roff(option->get_description()));
  }
}

// One command and, below it, its parts.
void add_command(const Context& context, const CLI::App& command, std::string& out) {
  std::string usage = path_of(command);
  for (const CLI::Option* option : command.get_options()) {
    if (option->get_positional()) usage += " " + option->get_name();
  }
  out += fmt::format(".SH {}\n{}\n.PP\n\\fB{}\\fR [\\fI{}\\fR]\n", roff(path_of(command)),
                     roff(command.get_description()), roff(usage),
                     roff(context.say("app.cli.option")));
  add_options(context, command, out);
  for (const CLI::App* part : parts_of(command)) add_command(context, *part, out);
}

std::string page(const Context& context, const CLI::App& command, const std::string& name) {
  std::string out = fmt::format(".TH \"{}\" 1 \"\" \"khien {}\" \"Khiên\"\n.SH {}\n{} \\- {}\n",
                                name, kVersion, roff(context.say("app.manual.name")), roff(name),
                                roff(command.get_description()));
  if (command.get_parent() != nullptr) {
    add_command(context, command, out);
  } else {
    out += ".SH " + roff(context.say("app.cli.commands")) + "\n";
    for (const CLI::App* part : parts_of(command)) {
      out += fmt::format(".TP\n\\fBkhien\\-{}\\fR(1)\n{}\n", roff(part->get_name()),
                         roff(part->get_description()));
    }
    out += ".SH " + roff(context.say("app.cli.options")) + "\n";
    add_options(context, command, out);
  }
  return out + fmt::format(".SH {}\n{}\n", roff(context.say("app.manual.exit")),
                           roff(context.say("app.manual.exit_codes")));
}

std::string in_quotes(const std::string& text) { return "'" + text + "'"; }

struct Words {
  std::string commands;  // ["register list"]='--json ...'
  std::string values;    // [--lang]='vi en'
};

void add_words(const Context& context, const CLI::App& command, const std::string& path,
               const std::string& more, Words& out) {
  std::string words;
  for (const std::string& word : words_of(command)) words += (words.empty() ? "" : " ") + word;
  if (path == "register template" || path == "register check") words += more;
  out.commands += fmt::format("    [{}]={}\n", in_quotes(path.empty() ? "-" : path),
                              in_quotes(words));
  for (const CLI::Option* option : command.get_options()) {
    const std::string value = value_word(context, *option);
    if (value.find('|') == value.npos || option->get_lnames().empty()) continue;
    std::string list = value;
    std::replace(list.begin(), list.end(), '|', ' ');
    const std::string entry = fmt::format("    [--{}]={}\n", option->get_lnames().front(),
                                          in_quotes(list));
    if (out.values.find(entry) == out.values.npos) out.values += entry;
  }
  for (const CLI::App* part : parts_of(command)) {
    add_words(context, *part, (path.empty() ? "" : path + " ") + part->get_name(), more, out);
  }
}

}  // namespace

Done write_manual(const CLI::App& root, const Context& context, const fs::path& folder) {
  const auto write = [&](const CLI::App& command, const std::string& name) {
    return save(context.outputs, folder / (name + ".1"), page(context, command, name));
  };
  KHIEN_DO(write(root, "khien"));
  for (const CLI::App* part : parts_of(root)) {
    KHIEN_DO(write(*part, "khien-" + part->get_name()));
  }
  return {};
}

std::string bash_completion(const CLI::App& root, const Context& context) {
  std::string registers;
  if (const auto all = Registers::load(context.content)) {
    for (const Register& r : all->all()) registers += " " + r.name_vi;
  }
  std::string programmes;
  for (const std::string& file : context.content.list("programs/", ".yaml")) {
    programmes += (programmes.empty() ? "" : " ") + fs::path(file).stem().string();
  }
  Words words;
  add_words(context, root, "", registers, words);
  words.values += fmt::format("    [--programme]={}\n", in_quotes(programmes));
  return "# bash completion of khien, made by: khien --completion\n"
         "_khien() {\n  local -A words=(\n" + words.commands + "  )\n  local -A values=(\n" +
         words.values + "  )\n" +
         R"(  local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
  local path=- word longer i
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=${COMP_WORDS[i]}
    [[ $word == -* ]] && continue
    longer="${path#-}"
    longer="${longer:+$longer }$word"
    [[ -n ${words[$longer]+x} ]] && path=$longer
  done
  COMPREPLY=()
  if [[ -n ${values[$before]+x} ]]; then
    mapfile -t COMPREPLY < <(compgen -W "${values[$before]}" -- "$current")
  elif [[ $before != --* || $current == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "${words[$path]}" -- "$current")
  fi
}
complete -o default -F _khien khien
)";
}

}  // namespace khien::app
