// khien report X.khien: the answer in each format asked for, all from the same file; of several
// orders a paper each.
#include <algorithm>

#include <CLI/CLI.hpp>

#include "app/context.h"
#include "app/errors.h"
#include "app/inventory_file.h"
#include "app/outputs.h"
#include "app/papers.h"
#include "report/json.h"
#include "report/json_words.h"
#include "report/one_order.h"
#include "report/report.h"

namespace khien::app {
namespace fs = std::filesystem;
namespace {

struct Wanted {
  report::Format format;
  fs::path out;
};

struct ReportOptions {
  fs::path file;
  bool together = false;
  bool words = false;
  fs::path inventory;
  std::int64_t order = 0;  // 0: all
  std::vector<Wanted> wanted = {{report::Format::docx, ""}, {report::Format::pdf, ""},
                                {report::Format::html, ""}, {report::Format::overview, ""},
                                {report::Format::xlsx, ""}, {report::Format::json, ""},
                                {report::Format::ocsf, ""}, {report::Format::oscal, ""}};
};

// One format: the file asked for and, of several orders, its neighbours.
void write(Context& context, const fs::path& input, const OpenedPaper& opened, const Wanted& w,
           bool together) {
  const auto files = paper_files(context, opened, w.format, w.out, together);
  if (!files) return context.report(files.error());
  std::vector<fs::path> names;
  for (const PaperFile& f : *files) names.push_back(f.file);
  if (const auto spared = spare_existing(context.outputs, names); !spared) {
    return context.report(spared.error(), usage);
  }
  for (const PaperFile& f : *files) {
    if (const auto spared = spare_input(input, f.file); !spared) {
      context.report(spared.error(), usage);
      continue;
    }
    const auto done = save(context.outputs, f.file, f.bytes);
    if (!done) context.report(done.error());
    else print(context.say("app.report.written", {{"file", f.file.string()}}));
  }
}

Result<OpenedPaper> open_orders(Context& context, const ReportOptions& o) {
  KHIEN_TRY(OpenedPaper opened, open_paper(context, o.file));
  if (o.order == 0) return opened;
  const auto& all = opened.assessment.dispatches;
  const bool there = std::any_of(all.begin(), all.end(),
                                 [&](const DispatchRecord& d) { return d.id == o.order; });
  if (!there) {
    return fail(err::no_such_order, o.file.string(),
                {{"order", std::to_string(o.order)}, {"count", std::to_string(all.size())}});
  }
  opened.assessment = report::only(opened.assessment, o.order);
  return opened;
}

void print_json(const Context& context, const OpenedPaper& opened, bool words) {
  Node out = report::json_node(opened.assessment);
  if (words) {
    out.set("words", report::words_node(report::view_of(opened.assessment), context.texts));
  }
  print(to_json(out, 1));
}

void run(Context& context, const ReportOptions& o, bool json) {
  const auto opened = open_orders(context, o);
  if (!opened) return context.report(opened.error());
  bool any = false;
  if (!o.inventory.empty()) {
    const auto done = write_inventory_file(context, o.file, o.inventory);
    if (!done) return context.report(done.error());
    any = !json;
    if (any) print(context.say("app.report.written", {{"file", o.inventory.string()}}));
  }
  for (const Wanted& w : o.wanted) {
    if (w.out.empty()) continue;
    any = true;
    write(context, o.file, *opened, w, o.together);
  }
  if (any) return;
  // Without a file: the JSON on standard output when --json, else a hint.
  if (json) return print_json(context, *opened, o.words);
  note(context.say("app.report.nothing"));
  context.raise(usage);
}

}  // namespace

void add_report(CLI::App& root, Context& context) {
  auto* command = root.add_subcommand("report", context.say("app.report.about"));
  auto o = std::make_shared<ReportOptions>();
  command->add_option("file", o->file, context.say("app.report.file"))->required();
  const char* names[] = {"--docx", "--pdf",  "--html", "--overview",
                         "--xlsx", "--json", "--ocsf", "--oscal"};
  for (std::size_t i = 0; i < o->wanted.size(); ++i) {
    auto* option =
        add_output(*command, context, names[i], o->wanted[i].out, context.say("app.report.out"));
    // --json without a file prints on standard output.
    if (o->wanted[i].format == report::Format::json) option->expected(0, 1);
  }
  add_output(*command, context, "--inventory", o->inventory, context.say("app.report.inventory"));
  command->add_flag("--together", o->together, context.say("app.report.together"));
  command->add_flag("--words", o->words, context.say("app.report.words"));
  command->add_option("--order", o->order, context.say("app.report.order"))
      ->check(CLI::PositiveNumber);
  context.json_commands.push_back(command);
  command->callback([command, o, &context] {
    run(context, *o, context.json || command->count("--json") > 0);
  });
}

}  // namespace khien::app
