// The audit is an assessment against one programme (content/programs/accounts.yaml): the same
// collectors, controls and verdicts; only who is asked and how it is told differ.
#include "app/account_explain.h"
#include "app/assess.h"
#include "app/assess_steps.h"
#include "app/command/account_audit.h"
#include "app/context.h"
#include "app/option_checks.h"
#include "app/outputs.h"
#include "base/environment.h"
#include "base/limits.h"
#include "base/text.h"
#include "collect/account_folder/recognise.h"
#include "collect/source/errors.h"
#include "report/account_lists.h"
#include "report/json.h"
#include "report/summary.h"

#include <algorithm>
#include <map>
#include <set>

#include <CLI/CLI.hpp>
#include <fmt/format.h>


namespace khien::app {
namespace {

using report::AuditLine;

namespace fs = std::filesystem;

struct AuditOptions {
  AssessOptions base;
  fs::path folder;
  fs::path decisions;
  fs::path map;
  fs::path lists;
  std::int64_t min_length = 0;
  std::vector<std::string> classes;
  std::string max_age;
  std::int64_t idle_days = 0;
  std::int64_t password_seconds = 0;
  bool all = false;
  bool explain = false;
};

// What the command line states replaces the programme's own values.
void adjust(const AuditOptions& o, Order& order) {
  for (Measure& measure : order.measures) {
    for (KindMatch& match : measure.kinds) {
      Node& p = match.parameters;
      if (match.kind == "account.password_policy") {
        if (o.min_length > 0) p.set("min_length", o.min_length);
        if (!o.classes.empty()) p.set("classes", Node::list_of(o.classes));
      }
      if (match.kind == "account.password_rotation" && !o.max_age.empty()) {
        p.set("max_age", o.max_age);
      }
      if (match.kind == "account.leavers" && o.idle_days > 0) p.set("idle_days", o.idle_days);
    }
  }
}

// A workbook is one file, whatever its sheets are; a link is counted with those not used.
void tell_count(const Context& context, const std::vector<Recognised>& files, bool explain) {
  std::map<std::string, bool> used;
  for (const Recognised& file : files) used[file.path] |= !file.type.empty();
  const auto unknown = std::count_if(used.begin(), used.end(),
                                     [](const auto& file) { return !file.second; });
  note(context.say(explain ? "app.account.recognised_all" : "app.account.recognised",
                   {{"files", static_cast<std::int64_t>(used.size())},
                    {"unknown", static_cast<std::int64_t>(unknown)}}));
  if (!explain || context.json) tell_files(context, files);
}

Result<Agency> what_to_audit(Context& context, AuditOptions& o) {
  if (!o.base.agency.empty()) {
    o.base.explain = [&context](const auto& notes) { tell_doubtful(context, notes); };
    return load_agency(o.base.agency);
  }
  KHIEN_TRY(const Lexicon lexicon, Lexicon::load(context.content));
  FolderMap map;
  if (!o.map.empty()) {
    KHIEN_TRY(map, load_folder_map(o.map, lexicon));
  }
  KHIEN_TRY(Folder folder, recognise_folder(o.folder, lexicon, map, context.workers()));
  tell_count(context, folder.files, o.explain);
  if (o.explain) {
    o.base.explain = [&context, files = std::move(folder.files)](
                         const std::vector<SourceNote>& notes) {
      explain_folder(context, files, notes);
    };
  }
  return std::move(folder.agency);
}

Node line_node(const AuditLine& line) {
  Node n = report::finding_node(*line.finding);
  const auto text = [](const std::string& t) { return t.empty() ? Node() : Node(t); };
  n.set("agency", text(line.subject.agency));
  n.set("app", text(line.subject.app));
  n.set("account", text(line.subject.account));
  n.set("staff", text(line.subject.staff));
  if (!line.subject.klass.empty()) n.set("class", line.subject.klass);
  return n;
}

// One object a failing account; what could not be judged as one object a control, or with --all one
// an account.
void tell_json(const std::vector<AuditLine>& lines, bool all) {
  std::map<std::string, std::pair<const FindingRecord*, std::int64_t>> open;
  for (const AuditLine& line : lines) {
    const bool failing = line.finding->result == Outcome::fail;
    if (failing || all) {
      print(to_json(line_node(line)));
      continue;
    }
    auto& [first, count] = open[line.finding->control + "\n" + line.finding->reason];
    if (first == nullptr) first = line.finding;
    ++count;
  }
  for (const auto& [key, found] : open) {
    FindingRecord whole = *found.first;
    whole.subject = "";
    whole.fact = 0;
    whole.missing = whole.table;
    Node n = report::finding_node(whole);
    n.set("count", found.second);
    print(to_json(n));
  }
}

// How many accounts fail each control, by agency.
void tell_table(const Context& context, const std::vector<AuditLine>& lines) {
  std::set<std::string> agencies;
  std::map<std::string, std::map<std::string, std::int64_t>> counts;
  for (const AuditLine& line : lines) {
    if (line.finding->result != Outcome::fail) continue;
    const std::string agency = line.subject.agency.empty() ? context.say("app.account.no_agency")
                                                          : line.subject.agency;
    agencies.insert(agency);
    ++counts[line.finding->control][agency];
    ++counts[line.finding->control][""];
  }
  if (counts.empty()) return;
  constexpr std::size_t kShown = 12;
  const bool by_agency = agencies.size() > 1 && agencies.size() <= kShown;
  const auto cell = [](const std::string& text, std::size_t width) {
    const std::size_t have = display_width(text);
    return std::string(have < width ? width - have : 0, ' ') + text;
  };
  std::string head = std::string(52, ' ') + cell(context.say("app.account.total"), 8);
  if (by_agency) {
    for (const std::string& agency : agencies) head += cell(shorten(agency, 9), 10);
  }
  print("\n" + head);
  for (const auto& [control, by] : counts) {
    const std::string title = shorten(report::problem_words(context.texts, control), 51);
    std::string line = title + std::string(52 - display_width(title), ' ') +
                       cell(fmt::format("{}", by.at("")), 8);
    if (by_agency) {
      for (const std::string& agency : agencies) {
        const auto at = by.find(agency);
        line += cell(at == by.end() ? "" : fmt::format("{}", at->second), 10);
      }
    }
    print(line);
  }
}

// Lists end at a limit, counts do not.
void tell_more(const Context& context, const Assessment& assessment) {
  for (const RunRecord& run : assessment.runs) {
    if (run.failed <= static_cast<std::int64_t>(limits::findings_per_control)) continue;
    note(context.say("app.account.more",
                     {{"problem", report::problem_words(context.texts, run.control)},
                      {"all", run.failed},
                      {"named", static_cast<std::int64_t>(limits::findings_per_control)}}));
  }
}

Done write_lists(Context& context, const Assessment& assessment,
                 const std::vector<AuditLine>& lines, const fs::path& folder) {
  KHIEN_TRY(const auto books, report::account_lists(assessment, lines, context.texts));
  std::vector<fs::path> names;
  for (const report::AgencyWorkbook& book : books) names.push_back(folder / book.file);
  KHIEN_DO(spare_existing(context.outputs, names));
  for (const report::AgencyWorkbook& book : books) {
    KHIEN_DO(save(context.outputs, folder / book.file, book.bytes, Access::owner));
    note(context.say("app.account.list_written", {{"file", (folder / book.file).string()},
                                                  {"withdraw", book.withdraw},
                                                  {"change", book.change},
                                                  {"confirm", book.confirm}}));
  }
  return {};
}

void run_audit(Context& context, AuditOptions& o) {
  if (o.folder.empty() == o.base.agency.empty() || (!o.map.empty() && o.folder.empty())) {
    note(context.say("app.account.one_source"));
    return context.raise(usage);
  }
  o.base.programmes = {"accounts"};
  o.base.adjust = [&](Order& order) { adjust(o, order); };
  auto db = Database::in_memory();
  if (!db) return context.report(db.error());
  auto agency = what_to_audit(context, o);
  if (!agency) {
    const bool stated = agency.error().code == err::column_field;  // of --map
    return context.report(agency.error(), stated ? usage : exit_for(agency.error()));
  }
  for (AgencySource& source : agency->sources) {
    if (source.type != "password_stores" || o.password_seconds == 0) continue;
    source.fields.set("budget_seconds", o.password_seconds);
  }
  if (!o.decisions.empty()) {
    AgencySource source;
    source.type = "join_decisions";
    source.path = o.decisions;
    source.written = source.place = o.decisions.string();
    agency->sources.push_back(std::move(source));
  }
  const auto assessment = judge_orders(context, o.base, *agency, *db);
  if (!assessment) return context.report(assessment.error(), exit_for(assessment.error()));
  const auto lines = report::audit_lines(*assessment, *db);
  if (!lines) return context.report(lines.error());
  if (const auto done = write_sealed(context, *db, *assessment, o.base.out); !done) {
    return context.report(done.error());
  }
  if (!o.lists.empty()) {
    const auto done = write_lists(context, *assessment, *lines, o.lists);
    if (!done) return context.report(done.error());
  }
  if (context.json) {
    tell_json(*lines, o.all);
  } else {
    print(report::summary(*assessment, context.texts, terminal_width(140), {.full = true}));
    tell_table(context, *lines);
    tell_more(context, *assessment);
    if (!o.base.out.empty()) {
      print(context.say("app.assess.saved", {{"file", o.base.out.string()}}));
    }
  }
  raise_exit(context, *assessment);
}

}  // namespace

void add_account_audit(CLI::App& account, Context& context) {
  auto* command = account.add_subcommand("audit", context.say("app.account.audit"));
  auto o = std::make_shared<AuditOptions>();
  command->add_option("folder", o->folder, context.say("app.account.folder"));
  command->add_option("--agency", o->base.agency, context.say("app.assess.agency"));
  command->add_option("--facts", o->base.facts, context.say("app.assess.facts"));
  command->add_option("--as-of", o->base.as_of, context.say("app.assess.as_of"))
      ->transform(is_day());
  add_output(*command, context, "--out", o->base.out, context.say("app.assess.out"));
  add_output(*command, context, "--lists", o->lists, context.say("app.account.lists"));
  command->add_option("--decisions", o->decisions, context.say("app.account.decisions"));
  command->add_option("--map", o->map, context.say("app.account.map"));
  command->add_option("--min-length", o->min_length, context.say("app.account.min_length"))
      ->check(CLI::Range(1, 256));
  command->add_option("--classes", o->classes, context.say("app.account.classes"))
      ->delimiter(',')
      ->check(CLI::IsMember({"digit", "letter", "lower", "upper", "special"}));
  command->add_option("--max-age", o->max_age, context.say("app.account.max_age"))
      ->check(is_span());
  command->add_option("--idle-days", o->idle_days, context.say("app.account.idle_days"))
      ->check(CLI::Range(1, 3660));
  command->add_option("--password-seconds", o->password_seconds,
                      context.say("app.account.password_seconds"))
      ->check(CLI::Range(1, 86'400));
  command->add_flag("--all", o->all, context.say("app.account.all"));
  command->add_flag("--explain", o->explain, context.say("app.account.explain"));
  context.json_commands.push_back(command);
  command->callback([o, &context] { run_audit(context, *o); });
}

}  // namespace khien::app
