// khien compare OLD.khien NEW.khien: what became of each demand and of each case since.
#include <CLI/CLI.hpp>

#include "app/context.h"
#include "app/inputs.h"
#include "app/outputs.h"
#include "base/environment.h"
#include "judge/compare.h"
#include "report/changes.h"
#include "report/docx.h"
#include "report/html.h"
#include "report/pdf.h"
#include "store/errors.h"

namespace khien::app {
namespace fs = std::filesystem;
namespace {

struct CompareOptions {
  fs::path before, after;
  fs::path docx, pdf, html;
};

Result<OpenedAssessment> open_intact(Context& context, const fs::path& file) {
  KHIEN_TRY(OpenedAssessment opened, open_assessment(context, file));
  if (!opened.intact || !opened.signature_ok) return fail(err::seal_broken, file.string());
  note_unknown_key(context, file, opened.public_key);
  return opened;
}

Result<Assessment> compared(Context& context, const CompareOptions& options) {
  KHIEN_TRY(const OpenedAssessment before, open_intact(context, options.before));
  KHIEN_TRY(OpenedAssessment after, open_intact(context, options.after));
  KHIEN_TRY(after.assessment.comparison,
            compare(before.assessment, before.sha256, after.assessment));
  return std::move(after.assessment);
}

void write(Context& context, const CompareOptions& options, const fs::path& out,
           const Result<std::string>& bytes) {
  if (!bytes) return context.report(bytes.error());
  for (const fs::path& input : {options.before, options.after}) {
    if (const auto spared = spare_input(input, out); !spared) {
      return context.report(spared.error(), usage);
    }
  }
  const auto done = save(context.outputs, out, *bytes);
  if (!done) return context.report(done.error());
  note(context.say("app.report.written", {{"file", out.string()}}));
}

void run(Context& context, const CompareOptions& options) {
  const auto after = compared(context, options);
  if (!after) return context.report(after.error());
  if (context.json) print(to_json(report::changes_node(*after), 1));
  else print(report::changes_text(*after, context.texts, terminal_width(140)));
  if (options.docx.empty() && options.pdf.empty() && options.html.empty()) return;
  std::vector<fs::path> names;
  for (const fs::path& out : {options.docx, options.pdf, options.html}) {
    if (!out.empty()) names.push_back(out);
  }
  if (const auto spared = spare_existing(context.outputs, names); !spared) {
    return context.report(spared.error(), usage);
  }
  const report::Document paper = report::changes_document(*after, context.texts);
  if (!options.docx.empty()) write(context, options, options.docx, report::docx(paper));
  if (!options.pdf.empty()) write(context, options, options.pdf, report::pdf(paper));
  if (!options.html.empty()) {
    write(context, options, options.html, report::html(paper, context.texts));
  }
}

}  // namespace

void add_compare(CLI::App& root, Context& context) {
  auto* command = root.add_subcommand("compare", context.say("app.compare.about"));
  auto options = std::make_shared<CompareOptions>();
  command->add_option("before", options->before, context.say("app.compare.before"))->required();
  command->add_option("after", options->after, context.say("app.compare.after"))->required();
  add_output(*command, context, "--docx", options->docx, context.say("app.report.out"));
  add_output(*command, context, "--pdf", options->pdf, context.say("app.report.out"));
  add_output(*command, context, "--html", options->html, context.say("app.report.out"));
  context.json_commands.push_back(command);
  command->callback([options, &context] { run(context, *options); });
}

}  // namespace khien::app
