// khien recognise FILE: what a file would be in agency.yaml, how sure that is, column by column; of
// an archive each file in it.
#include <algorithm>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/context.h"
#include "app/errors.h"
#include "app/outputs.h"
#include "app/recognise_file.h"
#include "base/file.h"
#include "base/text.h"

namespace khien::app {
namespace {

struct Options {
  std::filesystem::path file;
  std::string as;
  std::filesystem::path unpack;
  std::filesystem::path folder;
};

std::string why_words(const Context& context, const RecognisedFile& seen) {
  return context.say("app.recognise.why." + seen.why,
                     {{"known", static_cast<std::int64_t>(std::count_if(
                                    seen.columns.begin(), seen.columns.end(),
                                    [](const ReadColumn& c) { return !c.field.empty(); }))},
                      {"columns", static_cast<std::int64_t>(seen.columns.size())}});
}

Node as_json(const Context& context, const std::string& file, const RecognisedFile& seen) {
  Node tables = Node::list();
  for (const ReadTable& t : seen.tables) {
    tables.push(Node::map({{"table", t.table}, {"status", t.status}, {"rows", t.rows},
                           {"reason", t.reason.empty() ? Node() : Node(t.reason)}}));
  }
  Node columns = Node::list();
  for (const ReadColumn& c : seen.columns) {
    columns.push(Node::map({{"heading", c.heading},
                            {"field", c.field.empty() ? Node() : Node(c.field)}}));
  }
  Node problems = Node::list();
  for (const Error& e : seen.problems) {
    Node args = Node::map();
    for (const auto& [name, value] : e.args) args.set(name, value);
    problems.push(Node::map({{"code", e.code}, {"text", context.texts.error(e)},
                             {"args", std::move(args)}}));
  }
  return Node::map({{"file", file},
                    {"entries", Node::list(seen.entries)},
                    {"certainty", seen.certainty},
                    {"why", seen.why},
                    {"why_text", why_words(context, seen)},
                    {"rows", seen.rows()},
                    {"tables", std::move(tables)},
                    {"columns", std::move(columns)},
                    {"problems", std::move(problems)}});
}

void tell(Context& context, const std::string& file, const RecognisedFile& seen) {
  if (seen.entries.empty()) print(context.say("app.recognise.nothing", {{"file", file}}));
  for (const Node& entry : seen.entries) {
    print(context.say("app.recognise.taken",
                      {{"file", file}, {"entry", to_json(entry)}, {"rows", seen.rows()},
                       {"certainty", context.say("app.recognise." + seen.certainty)},
                       {"why", why_words(context, seen)}}));
  }
  for (const ReadColumn& c : seen.columns) {
    print(context.say(c.field.empty() ? "app.recognise.unused" : "app.recognise.column",
                      {{"heading", shorten(c.heading, 80)}, {"field", c.field}}));
  }
  for (const Error& problem : seen.problems) context.report(problem, not_all_good);
}

using Members = std::optional<std::vector<RecognisedMember>>;

// Unpacked into the folder that was asked for, or into one that goes away.
Result<Members> members_of(Context& context, const Options& o) {
  KHIEN_TRY(const TempFolder folder, TempFolder::make());
  if (o.unpack.empty()) return recognise_archive(context, o.file, folder.path());
  std::error_code ec;
  if (std::filesystem::exists(o.unpack, ec) && !std::filesystem::is_empty(o.unpack, ec)) {
    return fail(err::output_there, o.unpack.string());
  }
  KHIEN_DO(make_folder(o.unpack, Access::owner));
  return recognise_archive(context, o.file, o.unpack);
}

void tell_archive(Context& context, const Options& o,
                  const std::vector<RecognisedMember>& members) {
  std::int64_t used = 0;
  Node list = Node::list();
  for (const RecognisedMember& member : members) {
    if (!member.file.entries.empty()) ++used;
    if (!context.json) {
      tell(context, member.name, member.file);
      continue;
    }
    Node one = as_json(context, member.name, member.file);
    one.set("bytes", static_cast<std::int64_t>(member.bytes));
    const auto path = member.path.lexically_relative(o.unpack);
    one.set("path", o.unpack.empty() ? Node() : Node(path.generic_string()));
    list.push(std::move(one));
  }
  const auto count = static_cast<std::int64_t>(members.size());
  if (context.json) {
    print(to_json(Node::map({{"file", o.file.string()}, {"members", std::move(list)}})));
  } else {
    print(context.say("app.recognise.archive",
                      {{"file", o.file.string()}, {"used", used}, {"count", count}}));
  }
  if (used < count || count == 0) context.raise(not_all_good);
}

// Whoever reads the JSON is told why, too.
void tell_failure(Context& context, const Options& o, const Error& error) {
  RecognisedFile none;
  none.why = "none";
  none.problems.push_back(error);
  if (context.json) print(to_json(as_json(context, o.file.string(), none)));
  context.report(error);
}

void run(Context& context, const Options& o) {
  Node entry;
  if (!o.as.empty()) {
    auto read = parse_yaml(o.as, "--as");
    if (!read) return context.report(read.error(), usage);
    entry = std::move(*read);
  }
  if (o.file.empty() && entry.is_null()) {
    return context.report(Error{err::recognise_nothing, "", {}}, usage);
  }
  if (entry.is_null()) {
    const auto members = members_of(context, o);
    if (!members) return tell_failure(context, o, members.error());
    if (*members) return tell_archive(context, o, **members);
  }
  const auto seen = entry.is_null() ? recognise_file(context, o.file)
                                    : read_as(context, o.file, entry, o.folder);
  if (!seen) return tell_failure(context, o, seen.error());
  if (context.json) {
    print(to_json(as_json(context, o.file.string(), *seen)));
    for (const Error& problem : seen->problems) context.report(problem);
  } else {
    tell(context, o.file.string(), *seen);
  }
  if (!seen->problems.empty()) context.raise(broken);
  if (seen->entries.empty()) context.raise(not_all_good);
}

}  // namespace

void add_recognise(CLI::App& root, Context& context) {
  auto* command = root.add_subcommand("recognise", context.say("app.recognise.about"));
  auto o = std::make_shared<Options>();
  command->add_option("file", o->file, context.say("app.recognise.file"));
  auto* as = command->add_option("--as", o->as, context.say("app.recognise.as"));
  command->add_option("--folder", o->folder, context.say("app.recognise.folder"))->needs(as);
  add_output(*command, context, "--unpack", o->unpack, context.say("app.recognise.unpack"))
      ->excludes(as);
  context.json_commands.push_back(command);
  command->callback([o, &context] { run(context, *o); });
}

}  // namespace khien::app
