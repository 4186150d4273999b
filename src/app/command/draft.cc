// khien draft PAPER: the outgoing papers. Number, day and signature stay blank for the registry.
#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/assess_steps.h"
#include "app/option_checks.h"
#include "app/outputs.h"
#include "app/draft_inputs.h"
#include "report/unit_list.h"
#include "app/errors.h"
#include "app/papers.h"
#include "base/file.h"
#include "report/docx.h"
#include "report/draft_rollup.h"
#include "report/pdf.h"
#include "report/report.h"
#include "report/template.h"
#include "store/errors.h"

namespace khien::app {
namespace fs = std::filesystem;
namespace {

using Options = DraftOptions;

Done written(const Context& context, const fs::path& out, const std::string& bytes) {
  KHIEN_DO(save(context.outputs, out, bytes));
  print(context.say("draft.written", {{"file", out.string()}}));
  return {};
}

Done put(Context& context, const Options& o, const report::Draft& draft) {
  if (!o.form.empty()) {  // the agency's own layout
    if (!o.pdf.empty()) return fail(err::draft_template_pdf, "--pdf");
    KHIEN_TRY(const std::string form, read_file(o.form, report::kTemplateBytes));
    KHIEN_TRY(const std::string bytes,
              report::fill_in_worker(context.workers(), form, o.form.string(),
                                     report::named_fields(draft.fields, context.texts)));
    return written(context, o.out, bytes);
  }
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
    KHIEN_TRY(const report::UnitWords words, report::UnitWords::load(context.content));
    KHIEN_TRY(const Table table, unit_table(context, o.units));
    KHIEN_TRY(const auto units, report::units_from(table, o.units.string(), words, context.texts,
                                                   false));
    for (const report::LateUnit& u : units) to.push_back(u.unit);
  }
  KHIEN_DO(put(context, o, report::draft_cascade({sender_of(context, agency), order.records,
                                                  std::move(to), o.due}, context.texts)));
  if (!o.form.empty()) return {};
  // What units will read must ask what the order asks.
  KHIEN_TRY(const auto differ, differences(context, order.order, order.records, o.out));
  for (const std::string& line : differ) note(line);
  if (!differ.empty()) context.raise(not_all_good);
  return {};
}

Done urge(Context& context, const Options& o) {
  KHIEN_TRY(const Agency agency, draft_agency(o));
  KHIEN_TRY(const DraftOrder order, draft_order(context, o, agency, false));
  KHIEN_TRY(const report::UnitWords words, report::UnitWords::load(context.content));
  KHIEN_TRY(const Table table, unit_table(context, o.units));
  KHIEN_TRY(const auto units, report::units_from(table, o.units.string(), words, context.texts,
                                                 true));
  report::Urge paper{sender_of(context, agency), order.records, {}, o.times, o.as_of, o.due};
  if (paper.as_of.empty()) paper.as_of = to_iso(local_date(context.clock.now_ms()));
  paper.late = report::late_units(units, words, paper.as_of);
  std::string undated;
  std::int64_t count = 0;
  for (const report::LateUnit& u : units) {
    if (!u.due_on.empty() || words.is_done(u.state)) continue;
    undated += (count++ == 0 ? "" : ", ") + u.unit;
  }
  if (count > 0) note(context.say("draft.no_due", {{"n", count}, {"units", undated}}));
  if (paper.late.empty()) {
    print(context.say("draft.nobody_late", {{"date", context.texts.date(paper.as_of)}}));
    return {};
  }
  return put(context, o, report::draft_urge(paper, context.texts));
}

Done answer(Context& context, const Options& o) {
  KHIEN_TRY(const OpenedPaper opened, open_paper(context, o.dispatch));
  for (const auto& [format, out] : {std::pair{report::Format::docx, o.out},
                                    std::pair{report::Format::pdf, o.pdf}}) {
    if (out.empty()) continue;
    KHIEN_TRY(const auto files, paper_files(context, opened, format, out, false));
    for (const PaperFile& f : files) KHIEN_DO(written(context, f.file, f.bytes));
  }
  return {};
}

Done commitment(Context& context, const Options& o) {
  KHIEN_TRY(const Agency agency, draft_agency(o));
  KHIEN_TRY(const DraftOrder order, draft_order(context, o, agency, false));
  KHIEN_TRY(const DraftPeople people, draft_people(context, agency, People::staff));
  if (people.staff.empty()) note(context.say("draft.no_staff"));
  return put(context, o, report::draft_commitment({sender_of(context, agency), order.records,
                                                   people.staff}, context.texts));
}

Done roster(Context& context, const Options& o) {
  KHIEN_TRY(const Agency agency, draft_agency(o));
  KHIEN_TRY(DraftOrder order, draft_order(context, o, agency, false));
  KHIEN_DO(report::choose_watch_window(o.from, o.until, order.records));
  KHIEN_TRY(const auto shifts, report::shifts_from(o.shifts));
  KHIEN_TRY(const DraftPeople people, draft_people(context, agency, People::duty));
  const report::Roster paper{sender_of(context, agency), order.records, shifts, people.duty};
  const std::int64_t open = report::open_shifts(paper);
  if (!people.duty.empty() && open > 0) note(context.say("draft.roster.gaps", {{"n", open}}));
  return put(context, o, report::draft_roster(paper, context.texts));
}

// What the hub adds up of the agencies below (--agency writes).
Done rollup(Context& context, const Options& o) {
  constexpr std::size_t kFiguresBytes = std::size_t{64} << 20;
  KHIEN_TRY(const Agency agency, draft_agency(o));
  if (!o.form.empty()) {  // a form that is no file is told before the work
    if (const auto form = open_regular(o.form); !form) return pass_on(form.error());
  }
  KHIEN_TRY(const std::string text, read_file(o.dispatch, kFiguresBytes));
  KHIEN_TRY(const Node node, parse_json(text, o.dispatch.string()));
  KHIEN_TRY(report::RollupPaper paper, report::rollup_paper_from(node, o.dispatch.string()));
  paper.sender = sender_of(context, agency);
  return put(context, o, report::draft_rollup(paper, context.texts));
}

Done leaflet(Context& context, const Options& o) {
  KHIEN_TRY(const Agency agency, draft_agency(o));
  KHIEN_TRY(const DraftOrder order, draft_order(context, o, agency, false));
  return put(context, o, report::draft_leaflet({sender_of(context, agency), order.records},
                                               context.texts));
}

Done message(Context& context, const Options& o) {
  KHIEN_TRY(const Agency agency, draft_agency(o));
  KHIEN_TRY(const DraftOrder order, draft_order(context, o, agency, false));
  const std::string text =
      report::draft_message(order.records, agency.record, o.due, context.texts);
  if (!o.out.empty()) return written(context, o.out, text + "\n");
  print(text);
  return {};
}

using Paper = Done (*)(Context&, const Options&);

bool is_usage(const Error& error) {  // the command line, not the data
  return error.code.starts_with("K071") || exit_for(error) == usage;
}

CLI::App* add(CLI::App& root, Context& context, const char* name, Paper paper,
              const std::shared_ptr<Options>& o) {
  auto* command = root.add_subcommand(name, context.say(fmt::format("draft.{}.help", name)));
  command->callback([o, paper, &context] {
    const auto done = paper(context, *o);
    if (!done) context.report(done.error(), is_usage(done.error()) ? usage : broken);
  });
  return command;
}

struct Wants {
  bool order = true;
  bool paper = true;  // DOCX, PDF and template
  bool due = true;
};

void add_common(CLI::App& command, Context& context, Options& o, const Wants& wants) {
  const auto say = [&](const char* id) { return context.say(std::string("draft.option.") + id); };
  command.add_option("--agency", o.agency, say("agency"));
  if (wants.order) {
    auto* document = command.add_option("--dispatch", o.dispatch, say("dispatch"));
    command.add_option("--programme", o.programme, say("programme"))->excludes(document);
  }
  if (wants.paper) {
    add_output(command, context, "--out", o.out, say("out"))->required();
    add_output(command, context, "--pdf", o.pdf, say("pdf"));
    command.add_option("--template", o.form, say("template"));
  } else {
    add_output(command, context, "--out", o.out, say("out_text"));
  }
  if (wants.due) command.add_option("--due", o.due, say("due"))->transform(is_day());
}

}  // namespace

void add_draft(CLI::App& root, Context& context) {
  auto* command = root.add_subcommand("draft", context.say("draft.help"));
  command->require_subcommand(1);
  auto o = std::make_shared<Options>();
  const auto say = [&](const char* id) { return context.say(std::string("draft.option.") + id); };
  auto* sub = add(*command, context, "cascade", cascade, o);
  add_common(*sub, context, *o, {});
  sub->add_option("--to", o->to, say("to"));
  sub->add_option("--units", o->units, say("units"));
  sub->add_flag("--all", o->all, say("all"));
  sub = add(*command, context, "urge", urge, o);
  add_common(*sub, context, *o, {});
  sub->add_option("--units", o->units, say("units"))->required();
  sub->add_option("--times", o->times, say("times"))->check(CLI::Range(1, 99));
  sub->add_option("--as-of", o->as_of, say("as_of"))->transform(is_day());
  sub = add(*command, context, "report", answer, o);
  sub->add_option("file", o->dispatch, say("report"))->required();
  add_output(*sub, context, "--out", o->out, say("out"))->required();
  add_output(*sub, context, "--pdf", o->pdf, say("pdf"));
  add_common(*add(*command, context, "commitment", commitment, o), context, *o, {.due = false});
  sub = add(*command, context, "roster", roster, o);
  add_common(*sub, context, *o, {.due = false});
  sub->add_option("--from", o->from, say("from"))->transform(is_day());
  sub->add_option("--until", o->until, say("until"))->transform(is_day());
  sub->add_option("--shift", o->shifts, say("shift"));
  sub = add(*command, context, "rollup", rollup, o);
  sub->add_option("file", o->dispatch, say("figures"))->required();
  add_common(*sub, context, *o, {.order = false, .due = false});
  add_common(*add(*command, context, "leaflet", leaflet, o), context, *o, {.due = false});
  add_common(*add(*command, context, "message", message, o), context, *o, {.paper = false});
}

}  // namespace khien::app
