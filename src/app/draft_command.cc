// khien draft PAPER: the outgoing papers. Number, day and signature stay blank for the registry.
#include <CLI/CLI.hpp>

#include "app/draft_inputs.h"
#include "app/errors.h"
#include "app/inputs.h"
#include "report/docx.h"
#include "report/pdf.h"
#include "report/report.h"
#include "store/errors.h"

namespace khien::app {
namespace fs = std::filesystem;
namespace {

using Options = DraftOptions;

Done written(const Context& context, const fs::path& out, const std::string& bytes) {
  KHIEN_DO(save(out, bytes));
  print(context.say("draft.written", {{"file", out.string()}}));
  return {};
}

// The printers' own layout.
Done put(Context& context, const Options& o, const report::Draft& draft) {
  KHIEN_TRY(const std::string bytes, report::docx(draft.document));
  KHIEN_DO(written(context, o.out, bytes));
  if (o.pdf.empty()) return {};
  KHIEN_TRY(const std::string pdf, report::pdf(draft.document));
  return written(context, o.pdf, pdf);
}

Done cascade(Context& context, const Options& o) {
  KHIEN_TRY(const Agency agency, draft_agency(o));
  KHIEN_TRY(const DraftOrder order, draft_order(context, o, agency, true));
  std::vector<std::string> to = o.to;
  if (!o.units.empty()) {
    KHIEN_TRY(const auto units, listed_units(context, o));
    for (const report::LateUnit& u : units) to.push_back(u.unit);
  }
  KHIEN_DO(put(context, o, report::draft_cascade({sender_of(context, agency), order.records,
                                                  std::move(to), o.due}, context.texts)));
  // What units will read must ask what the order asks.
  KHIEN_TRY(const auto differ, differences(context, order.order, order.records, o.out));
  for (const std::string& line : differ) note(line);
  if (!differ.empty()) context.raise(not_all_good);
  return {};
}

using Paper = Done (*)(Context&, const Options&);

CLI::App* add(CLI::App& root, Context& context, const char* name, Paper paper,
              const std::shared_ptr<Options>& o) {
  auto* command = root.add_subcommand(name, context.say(std::string("draft.") + name + ".help"));
  command->add_option("--agency", o->agency, context.say("draft.option.agency"));
  command->callback([o, paper, &context] {
    if (const auto done = paper(context, *o); !done) context.report(done.error());
  });
  return command;
}

void add_order(CLI::App& command, const Context& context, Options& o) {
  auto* document =
      command.add_option("--dispatch", o.dispatch, context.say("draft.option.dispatch"));
  auto* programme =
      command.add_option("--programme", o.programme, context.say("draft.option.programme"));
  document->excludes(programme);
}

void add_out(CLI::App& command, const Context& context, Options& o) {
  command.add_option("--out", o.out, context.say("draft.option.out"))->required();
  command.add_option("--pdf", o.pdf, context.say("draft.option.pdf"));
  command.add_option("--template", o.form, context.say("draft.option.template"));
}

}  // namespace

void add_draft(CLI::App& root, Context& context) {
  auto* command = root.add_subcommand("draft", context.say("draft.help"));
  command->require_subcommand(1);
  auto o = std::make_shared<Options>();
  auto* sub = add(*command, context, "cascade", cascade, o);
  add_order(*sub, context, *o);
  add_out(*sub, context, *o);
  sub->add_option("--to", o->to, context.say("draft.option.to"));
  sub->add_option("--units", o->units, context.say("draft.option.units"));
  sub->add_option("--due", o->due, context.say("draft.option.due"));
  sub->add_flag("--all", o->all, context.say("draft.option.all"));
}

}  // namespace khien::app
