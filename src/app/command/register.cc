// khien register list|template|check: the tables an officer fills in Excel.
#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/blank_tables.h"
#include "app/outputs.h"
#include "base/calendar.h"
#include "collect/register/list.h"
#include "collect/register/long_duty.h"
#include "collect/register/register.h"

namespace khien::app {
namespace {

struct RegisterOptions {
  std::string name;
  std::filesystem::path file;
  std::filesystem::path out;
  std::string sheet;
};

const std::string& in_language(const Context& context, const std::string& vi,
                               const std::string& en) {
  return context.texts.lang() == "en" ? en : vi;
}

void list_registers(const Context& context, const Registers& registers) {
  for (const Register& r : registers.all()) {
    if (context.json) {
      print(to_json(Node::map({{"name", r.name}, {"name_vi", r.name_vi}, {"table", r.table},
                               {"vi", r.vi}, {"en", r.en}})));
      continue;
    }
    print(fmt::format("{:<18} {}", in_language(context, r.name_vi, r.name),
                      in_language(context, r.vi, r.en)));
  }
}

Done write_template(Context& context, const Register& r, const std::filesystem::path& out) {
  KHIEN_TRY(const std::string bytes, blank_table(context, r, true));
  KHIEN_DO(save(context.outputs, out, bytes));
  print(context.say("app.register.written", {{"file", out.string()}}));
  return {};
}

Node error_node(const Error& error) {
  Node args = Node::map();
  for (const auto& [name, value] : error.args) args.set(name, value);
  return Node::map({{"code", error.code}, {"args", std::move(args)}});
}

// What was read: of a list, which is kept elsewhere.
Node values_of(const TableFacts& facts) {
  Node out = Node::list();
  for (const Row& values : facts.rows) {
    Node row = Node::map();
    for (const auto& [field, value] : values) row.set(field, to_text(value));
    out.push(std::move(row));
  }
  return out;
}

Done check(Context& context, const Register& r, const RegisterOptions& o, bool is_list) {
  KHIEN_TRY(const Lexicon lexicon, Lexicon::load(context.content));
  KHIEN_TRY(const RegisterImport imported,
            import_register_file(r, o.file, o.file.string(), o.sheet, lexicon, {},
                                 context.workers()));
  const TableFacts& facts = imported.collection.tables.at(r.table);
  for (const Error& problem : imported.problems) {
    context.report(problem, not_all_good);
  }
  const auto count = [](std::size_t n) { return static_cast<std::int64_t>(n); };
  if (context.json) {
    Node cells = Node::list();
    for (const Error& problem : imported.problems) {
      Node cell = error_node(problem);
      cell.set("row", problem.args.contains("row") ? problem.args.at("row") : "");
      cell.set("column", problem.args.contains("column") ? problem.args.at("column") : "");
      cell.set("text", context.texts.error(problem));
      cells.push(std::move(cell));
    }
    Node answer = Node::map({{"register", r.name}, {"file", o.file.string()},
                             {"rows", facts.rows.size()}, {"left_out", imported.left_out},
                             {"problems", imported.problem_count}, {"cells", std::move(cells)},
                             {"complete", facts.status == TableFacts::Status::complete}});
    if (is_list) answer.set("values", values_of(facts));
    print(to_json(answer));
  } else {
    print(context.say("app.register.checked",
                      {{"file", o.file.string()}, {"rows", count(facts.rows.size())},
                       {"problems", count(imported.problem_count)},
                       {"left", count(imported.left_out)}}));
    for (const LongDuty& one : backward_shifts(facts.rows)) {
      context.raise(not_all_good);
      print(context.say(
          "app.register.backward_shift",
          {{"person", one.person}, {"from", to_iso_instant(one.from_ms).substr(0, 16)}}));
    }
    for (const LongDuty& one : long_duties(facts.rows)) {
      const std::string from = context.texts.date(to_iso(local_date(one.from_ms)));
      print(context.say("app.register.long_duty",
                        {{"person", one.person}, {"hours", one.hours}, {"from", from}}));
    }
  }
  if (facts.status == TableFacts::Status::complete) return {};
  context.raise(not_all_good);
  if (imported.problem_count == 0 && !context.json) print(context.say(facts.reason));
  return {};
}

// A register, or a list (content/lists).
Result<Register> named_table(const Context& context, const Registers& registers,
                             const std::string& name, bool& is_list) {
  KHIEN_TRY(auto list, find_list(context.content, name));
  is_list = list.has_value();
  if (list) return std::move(*list);
  KHIEN_TRY(const Register* one, registers.need(name, "register"));
  return *one;
}

void run_register(Context& context, const RegisterOptions& o, const std::string& word) {
  const auto registers = Registers::load(context.content);
  if (!registers) return context.report(registers.error());
  if (word == "list") return list_registers(context, *registers);
  bool is_list = false;
  const auto one = named_table(context, *registers, o.name, is_list);
  if (!one) return context.report(one.error(), usage);
  const Done done = word == "template" ? write_template(context, *one, o.out)
                                       : check(context, *one, o, is_list);
  if (done) return;
  if (context.json) print(to_json(Node::map({{"error", error_node(done.error())}})));
  context.report(done.error());
}

}  // namespace

void add_register(CLI::App& root, Context& context) {
  auto* command = root.add_subcommand("register", context.say("app.register.about"));
  command->require_subcommand(1);
  auto o = std::make_shared<RegisterOptions>();
  const auto add = [&](const char* word, const std::string& about) {
    CLI::App* part = command->add_subcommand(word, about);
    part->callback([o, word, &context] { run_register(context, *o, word); });
    return part;
  };
  context.json_commands.push_back(add("list", context.say("app.register.list")));
  auto* blank = add("template", context.say("app.register.template"));
  blank->add_option("name", o->name, context.say("app.register.name"))->required();
  add_output(*blank, context, "--out", o->out, context.say("app.register.out"))->required();
  auto* checked = add("check", context.say("app.register.check"));
  context.json_commands.push_back(checked);
  checked->add_option("name", o->name, context.say("app.register.name"))->required();
  checked->add_option("file", o->file, context.say("app.register.file"))->required();
  checked->add_option("--sheet", o->sheet, context.say("app.register.sheet"));
}

}  // namespace khien::app
