// khien programme new|edit|list|addressed: the same measures typed by hand.
#include <spawn.h>
#include <sys/wait.h>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/context.h"
#include "app/outputs.h"
#include "app/inputs.h"
#include "app/programme_addressed.h"
#include "base/environment.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/text.h"
#include "dispatch/programme.h"

namespace khien::app {
namespace fs = std::filesystem;
namespace {

struct Options {
  fs::path out = "chuong-trinh.yaml";
  std::string target;
};

// Prints what was understood, or the error with its line.
void check(Context& context, const Vocabulary& vocabulary, const std::string& id_or_file) {
  const auto order = order_from_programme(context, vocabulary, id_or_file);
  if (!order) return context.report(order.error(), usage);
  print(context.say("app.programme.valid",
                    {{"file", id_or_file},
                     {"count", static_cast<std::int64_t>(order->measures.size())}}));
}

std::string padded(const std::string& text, std::size_t columns) {
  const std::size_t width = display_width(text);
  return text + std::string(width < columns ? columns - width : 1, ' ');
}

// One line a list: its id, what it asks for in one number, whose dispatch it is, about what.
std::string list_line(const Context& context, const std::string& id, const Order& order,
                      int width) {
  const Dispatch& d = order.dispatch;
  std::string number = d.number;
  if (number.empty() && !d.symbol.empty()) number = "…/" + d.symbol;
  const auto count = static_cast<std::int64_t>(order.measures.size());
  const std::string line = padded(id, 11) + padded(squeeze(number), 22) +
                           padded(context.texts.date(d.issued_on), 18) +
                           padded(context.say("app.programme.count", {{"n", count}}), 22) +
                           squeeze(d.subject_line);
  return shorten(line, static_cast<std::size_t>(width));
}

void list(Context& context, const Vocabulary& vocabulary) {
  for (const std::string& path : context.content.list("programs/", ".yaml")) {
    const std::string id = fs::path(path).stem().string();
    const auto order = order_from_programme(context, vocabulary, id);
    if (!order) {
      context.report(order.error());
      continue;
    }
    const Dispatch& d = order->dispatch;
    if (!context.json) {
      print(list_line(context, id, *order, terminal_width(140)));
      continue;
    }
    print(to_json(Node::map({{"id", id}, {"number", d.number}, {"symbol", d.symbol},
                             {"issued_on", d.issued_on}, {"subject", d.subject_line},
                             {"measures", static_cast<std::int64_t>(order->measures.size())}})));
  }
}

void write_new(Context& context, const Vocabulary& vocabulary, const fs::path& out) {
  const auto done = save(context.outputs, out, programme_template(vocabulary, context.texts));
  if (!done) return context.report(done.error());
  print(context.say("app.programme.written", {{"file", out.string()}}));
}

// A YAML file is checked as it stands; an id or a dispatch document becomes an editable copy first.
void edit(Context& context, const Vocabulary& vocabulary, const Options& o) {
  fs::path file = o.target;
  if (file.extension() != ".yaml") {
    const bool packed = context.content.has("programs/" + o.target + ".yaml");
    const auto order = packed ? order_from_programme(context, vocabulary, o.target)
                              : order_from_document(context, vocabulary, o.target);
    if (!order) return context.report(order.error());
    file = o.out;
    if (auto done = save(context.outputs, file, write_programme(*order, context.texts)); !done) {
      return context.report(done.error());
    }
    print(context.say("app.programme.written", {{"file", file.string()}}));
  }
  if (const std::string editor = preferred_editor(); !editor.empty() && is_terminal()) {
    std::string name = file.string();
    std::string program = editor;
    char* const argv[] = {program.data(), name.data(), nullptr};
    pid_t child = 0;
    int status = 0;
    if (::posix_spawnp(&child, program.c_str(), nullptr, nullptr, argv, environ) == 0) {
      ::waitpid(child, &status, 0);
    }
  }
  check(context, vocabulary, file.string());
}

}  // namespace

void add_programme(CLI::App& root, Context& context) {
  auto* command = root.add_subcommand("programme", context.say("app.programme.about"));
  command->require_subcommand(1);
  auto o = std::make_shared<Options>();
  const auto with_vocabulary = [&context](auto action) {
    return [&context, action] {
      const auto vocabulary = Vocabulary::load(context.content);
      if (!vocabulary) return context.report(vocabulary.error());
      action(*vocabulary);
    };
  };
  auto* make = command->add_subcommand("new", context.say("app.programme.new"));
  add_output(*make, context, "--out", o->out, context.say("app.programme.out"));
  make->callback(
      with_vocabulary([o, &context](const Vocabulary& v) { write_new(context, v, o->out); }));
  auto* change = command->add_subcommand("edit", context.say("app.programme.edit"));
  change->add_option("target", o->target, context.say("app.programme.target"))->required();
  add_output(*change, context, "--out", o->out, context.say("app.programme.out"));
  change->callback(with_vocabulary([o, &context](const Vocabulary& v) { edit(context, v, *o); }));
  auto* all = command->add_subcommand("list", context.say("app.programme.list"));
  context.json_commands.push_back(all);
  all->callback(with_vocabulary([&context](const Vocabulary& v) { list(context, v); }));
  add_programme_addressed(*command, context);
}

}  // namespace khien::app
