// khien report X.khien: the answer in each format asked for, all from the same file; of several
// orders a paper each.
#include <CLI/CLI.hpp>

#include "app/context.h"
#include "app/outputs.h"
#include "app/papers.h"
#include "report/report.h"

namespace khien::app {
namespace fs = std::filesystem;
namespace {

struct Wanted {
  report::Format format;
  fs::path out;
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

void run(Context& context, const fs::path& file, const std::vector<Wanted>& wanted, bool json,
         bool together) {
  const auto opened = open_paper(context, file);
  if (!opened) return context.report(opened.error());
  bool any = false;
  for (const Wanted& w : wanted) {
    if (w.out.empty()) continue;
    any = true;
    write(context, file, *opened, w, together);
  }
  if (any) return;
  // Without a file: the JSON on standard output when --json, else a hint.
  if (!json) {
    note(context.say("app.report.nothing"));
    return context.raise(usage);
  }
  const auto bytes = report::print(report::Format::json, opened->assessment, context.texts,
                                   opened->seal);
  if (bytes) print(*bytes);
  else context.report(bytes.error());
}

}  // namespace

void add_report(CLI::App& root, Context& context) {
  auto* command = root.add_subcommand("report", context.say("app.report.about"));
  auto file = std::make_shared<fs::path>();
  auto together = std::make_shared<bool>(false);
  auto wanted = std::make_shared<std::vector<Wanted>>(std::vector<Wanted>{
      {report::Format::docx, ""}, {report::Format::pdf, ""}, {report::Format::html, ""},
      {report::Format::overview, ""},
      {report::Format::xlsx, ""}, {report::Format::json, ""}, {report::Format::ocsf, ""}});
  command->add_option("file", *file, context.say("app.report.file"))->required();
  const char* names[] = {"--docx", "--pdf", "--html", "--overview", "--xlsx", "--json", "--ocsf"};
  for (std::size_t i = 0; i < wanted->size(); ++i) {
    auto* option =
        add_output(*command, context, names[i], (*wanted)[i].out, context.say("app.report.out"));
    // --json without a file prints on standard output.
    if ((*wanted)[i].format == report::Format::json) option->expected(0, 1);
  }
  command->add_flag("--together", *together, context.say("app.report.together"));
  context.json_commands.push_back(command);
  command->callback([command, file, wanted, together, &context] {
    run(context, *file, *wanted, context.json || command->count("--json") > 0, *together);
  });
}

}  // namespace khien::app
