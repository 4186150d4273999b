// khien report X.khien: the answer in each format asked for, all from the same file.
#include <CLI/CLI.hpp>

#include "app/context.h"
#include "app/inputs.h"
#include "app/outputs.h"
#include "report/report.h"
#include "store/errors.h"

namespace khien::app {
namespace fs = std::filesystem;
namespace {

struct Wanted {
  report::Format format;
  fs::path out;
};

void run(Context& context, const fs::path& file, const std::vector<Wanted>& wanted, bool json) {
  const auto opened = open_assessment(context, file);
  if (!opened) return context.report(opened.error());
  if (!opened->intact || !opened->signature_ok) {
    return context.report(Error{err::seal_broken, file.string(), {}});
  }
  note_unknown_key(context, file, opened->public_key);
  const report::Seal seal{file.filename().string(), opened->sha256,
                          fingerprint(opened->public_key)};
  bool any = false;
  for (const Wanted& w : wanted) {
    if (w.out.empty()) continue;
    any = true;
    if (const auto spared = spare_input(file, w.out); !spared) {
      context.report(spared.error(), usage);
      continue;
    }
    const auto bytes = report::print(w.format, opened->assessment, context.texts, seal);
    if (!bytes) {
      context.report(bytes.error());
      continue;
    }
    if (const auto done = save(w.out, *bytes); !done) context.report(done.error());
    else print(context.say("app.report.written", {{"file", w.out.string()}}));
  }
  if (any) return;
  // Without a file: the JSON on standard output when --json, else a hint.
  if (!json) {
    note(context.say("app.report.nothing"));
    return context.raise(usage);
  }
  const auto bytes = report::print(report::Format::json, opened->assessment, context.texts, seal);
  if (bytes) print(*bytes);
  else context.report(bytes.error());
}

}  // namespace

void add_report(CLI::App& root, Context& context) {
  auto* command = root.add_subcommand("report", context.say("app.report.about"));
  auto file = std::make_shared<fs::path>();
  auto wanted = std::make_shared<std::vector<Wanted>>(std::vector<Wanted>{
      {report::Format::docx, ""}, {report::Format::pdf, ""}, {report::Format::html, ""},
      {report::Format::xlsx, ""}, {report::Format::json, ""}, {report::Format::ocsf, ""}});
  command->add_option("file", *file, context.say("app.report.file"))->required();
  const char* names[] = {"--docx", "--pdf", "--html", "--xlsx", "--json", "--ocsf"};
  for (std::size_t i = 0; i < wanted->size(); ++i) {
    auto* option =
        add_output(*command, context, names[i], (*wanted)[i].out, context.say("app.report.out"));
    // --json without a file prints on standard output.
    if ((*wanted)[i].format == report::Format::json) option->expected(0, 1);
  }
  command->callback([command, file, wanted, &context] {
    run(context, *file, *wanted, context.json || command->count("--json") > 0);
  });
}

}  // namespace khien::app
