// khien verify X.khien: three separate answers: intact, signed by whom, is that key known here.
#include <CLI/CLI.hpp>

#include "app/context.h"
#include "app/inputs.h"
#include "app/inventory_file.h"
#include "app/outputs.h"
#include "base/environment.h"
#include "report/json.h"
#include "report/json_words.h"
#include "store/errors.h"

namespace khien::app {
namespace fs = std::filesystem;
namespace {

Node problem_node(const Error& error) {
  Node args = Node::map();
  for (const auto& [name, value] : error.args) args.set(name, value);
  return Node::map({{"code", error.code}, {"place", error.place}, {"args", std::move(args)}});
}

// Whatever the file is, one JSON object: its seal, what it holds and the sentences of that in both
// languages; or why it could not be read. The machines and accounts of a result that has them go to
// `inventory`, where that is asked for.
Node whole_answer(Context& context, const fs::path& file, const fs::path& inventory) {
  Node out = Node::map({{"path", file.string()}});
  const auto opened = open_assessment(context, file);
  if (!opened) return out.set("problem", problem_node(opened.error())), out;
  out.set("problem", Node());
  out.set("sha256", opened->sha256);
  out.set("intact", opened->intact);
  out.set("signature_valid", opened->signature_ok);
  out.set("fingerprint", fingerprint(opened->public_key));
  out.set("key_known", !key_name(context, opened->public_key).empty());
  if (!opened->intact || !opened->signature_ok) return out;
  out.set("holds", report::json_node(opened->assessment));
  Node words = Node::map();
  for (const char* lang : {"vi", "en"}) {
    const auto texts = Texts::load(context.content, lang);
    if (!texts) return out.set("problem", problem_node(texts.error())), out;
    words.set(lang, report::words_node(report::view_of(opened->assessment), *texts));
  }
  out.set("words", std::move(words));
  if (inventory.empty() || opened->assessment.shared) return out;
  const auto done = write_inventory_file(context, file, inventory);
  if (!done) out.set("problem", problem_node(done.error()));
  return out;
}

void run_whole(Context& context, const fs::path& file, const fs::path& inventory) {
  const Node answer = whole_answer(context, file, inventory);
  print(to_json(answer));
  if (!answer["problem"].is_null()) return context.raise(broken);
  const bool good = answer["intact"].boolean() && answer["signature_valid"].boolean() &&
                    answer["key_known"].boolean();
  if (!good) context.raise(not_all_good);
}

void run(Context& context, const fs::path& file) {
  const auto opened = open_seal(context, file);
  if (!opened) return context.report(opened.error());
  if (const auto known = known_keys(state_folder()); !known) context.report(known.error());
  const std::string print_of_key = fingerprint(opened->public_key);
  const std::string known = key_name(context, opened->public_key);
  if (context.json) {
    print(to_json(Node::map({{"path", file.string()},
                             {"sha256", opened->sha256},
                             {"intact", opened->intact},
                             {"signature_valid", opened->signature_ok},
                             {"fingerprint", print_of_key},
                             {"key_known", !known.empty()},
                             {"key_name", known}})));
  } else {
    const auto line = [&](const char* id, const Args& args = {}) { print(context.say(id, args)); };
    line("app.verify.sha256", {{"sha256", opened->sha256}});
    line(opened->intact ? "app.verify.intact" : "app.verify.changed");
    line(opened->signature_ok ? "app.verify.signed" : "app.verify.unsigned",
         {{"fingerprint", print_of_key}});
    line(known.empty() ? "app.verify.unknown_key" : "app.verify.known_key", {{"name", known}});
  }
  if (!opened->intact || !opened->signature_ok || known.empty()) context.raise(not_all_good);
}

}  // namespace

void add_verify(CLI::App& root, Context& context) {
  auto* command = root.add_subcommand("verify", context.say("app.verify.about"));
  auto file = std::make_shared<fs::path>();
  command->add_option("file", *file, context.say("app.verify.file"))->required();
  auto whole = std::make_shared<bool>(false);
  auto* contents = command->add_flag("--contents", *whole, context.say("app.verify.contents"));
  auto inventory = std::make_shared<fs::path>();
  add_output(*command, context, "--inventory", *inventory, context.say("app.report.inventory"))
      ->needs(contents);
  context.json_commands.push_back(command);
  command->callback([file, whole, inventory, &context] {
    if (*whole) run_whole(context, *file, *inventory);
    else run(context, *file);
  });
}

}  // namespace khien::app
