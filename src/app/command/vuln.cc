// khien vuln match: which published holes of Windows are open on which machine, as the control
// of Microsoft's months sees it, with every hole listed.
#include <unordered_map>

#include <CLI/CLI.hpp>

#include "app/assess_steps.h"
#include "app/context.h"
#include "app/errors.h"
#include "app/option_checks.h"
#include "base/calendar.h"
#include "base/errors.h"
#include "collect/sources.h"
#include "judge/catalog.h"
#include "judge/sandbox.h"

namespace khien::app {
namespace fs = std::filesystem;
namespace {

constexpr const char* kKind = "vuln.microsoft_monthly";
constexpr const char* kQuery = "queries/vuln_missing.sql";
constexpr const char* kBuilds = "queries/vuln_builds.sql";

struct MatchOptions {
  AssessOptions base;  // agency, facts, as_of
  fs::path msrc, systeminfo, kev;
  std::string months;
};

struct Verdicts {
  struct Machine {
    std::string host, result, reason, observed;
    const Node* holes = nullptr;  // those of its build
  };
  std::vector<Machine> machines;
  std::map<std::string, Node> holes;  // by the machine that stands for a build
  std::int64_t hosts = 0, months = 0, fixes = 0, ms = 0;
};

void add_source(Agency& agency, const char* type, const fs::path& path) {
  if (path.empty()) return;
  AgencySource source;
  source.type = type;
  source.path = path;
  source.written = path.string();
  agency.sources.push_back(std::move(source));
}

bool tells_of_holes(const AgencySource& source) {
  static const std::set<std::string> wanted = {"installed_update", "vuln_advisory",
                                               "known_exploited"};
  const SourceType* type = find_source_type(source.type);
  if (type == nullptr) return false;
  const std::vector<std::string> tables = tables_of(*type);
  return std::any_of(tables.begin(), tables.end(),
                     [](const std::string& table) { return wanted.contains(table); });
}

// Only what tells of Windows and of published holes; nobody's accounts are read for this.
Result<Agency> sources_of(const MatchOptions& options) {
  Agency agency;
  if (!options.base.agency.empty()) {
    KHIEN_TRY(agency, load_agency(options.base.agency));
    std::erase_if(agency.sources,
                  [](const AgencySource& s) { return s.type != "facts" && !tells_of_holes(s); });
  }
  add_source(agency, "msrc", options.msrc);
  add_source(agency, "systeminfo", options.systeminfo);
  add_source(agency, "kev", options.kev);
  return agency;
}

// "2023-01,2023-02" or every supplied month, as a JSON list.
Result<std::string> months_asked(const std::string& written, const Database& db,
                                 std::int64_t& count) {
  Node list = Node::list();
  for (std::size_t from = 0; from < written.size();) {
    const std::size_t end = std::min(written.find(',', from), written.size());
    const std::string month = written.substr(from, end - from);
    if (month.size() != 7 || !parse_date(month + "-01")) {
      return fail(err::month_invalid, "--months", {{"value", month}});
    }
    list.push(month);
    from = end + 1;
  }
  if (list.items().empty()) {
    KHIEN_TRY(auto s, db.prepare("select distinct month from vuln_advisory order by month"));
    for (;;) {
      KHIEN_TRY(const bool more, s.step());
      if (!more) break;
      list.push(s.text(0));
    }
  }
  count = static_cast<std::int64_t>(list.items().size());
  return to_json(list);
}

Node hole(Statement& s) {
  const auto text = [&](const char* name) { return s.text(s.find(name)); };
  const auto flag = [&](const char* name) { return s.integer(s.find(name)) == 1; };
  return Node::map({{"month", text("month")},
                    {"cve", text("cve")},
                    {"severity", text("severity")},
                    {"exploited", flag("exploited") || flag("catalogued")},
                    {"kb", text("kb")},
                    {"have", text("have")},
                    {"fixed", text("fixed")},
                    {"certain", flag("certain")}});
}

Result<Verdicts> match(Context& context, const MatchOptions& options) {
  KHIEN_TRY(const FactSchema schema, FactSchema::load(context.content));
  KHIEN_TRY(const Catalog catalog, Catalog::load(context.content, schema));
  KHIEN_TRY(const std::string query, context.content.raw(kQuery));
  KHIEN_TRY(const std::string builds_query, context.content.raw(kBuilds));
  KHIEN_TRY(const Agency agency, sources_of(options));
  Date day = local_date(context.clock.now_ms());
  if (!options.base.as_of.empty()) {
    KHIEN_TRY(day, parse_date(options.base.as_of));
  }
  KHIEN_TRY(const auto collections,
            collect_facts(context, options.base, agency, end_of_day_ms(day)));
  KHIEN_TRY(const Database db, new_assessment_database(schema));
  KHIEN_DO(write_facts(db, schema, collections));
  Verdicts out;
  KHIEN_TRY(const std::string months, months_asked(options.months, db, out.months));
  KHIEN_TRY(const Value fixes, db.one("select count(*) from vuln_fix"));
  out.fixes = std::get<std::int64_t>(fixes);
  KHIEN_TRY(const Value hosts, db.one("select count(distinct host) from host"));
  out.hosts = std::get<std::int64_t>(hosts);
  std::set<std::string> tables = {"collection", "collection_table"};
  for (const FactTable& t : schema.tables()) tables.insert(t.name);
  for (const FactView& v : schema.views()) tables.insert(v.name);
  const std::int64_t started = context.clock.steady_ms();
  KHIEN_TRY(Sandbox sandbox, Sandbox::enter(db, tables));
  KHIEN_DO(sandbox.query(kQuery, query, {{"months", months}}, [&](Statement& s) {
    out.holes.try_emplace(s.text(s.find("host")), Node::list()).first->second.push(hole(s));
    return Done{};
  }));
  std::unordered_map<std::string, const Node*> holes;
  KHIEN_DO(sandbox.query(kBuilds, builds_query, {}, [&](Statement& s) {
    const auto at = out.holes.find(s.text(s.find("build")));
    if (at != out.holes.end()) holes.emplace(s.text(s.find("host")), &at->second);
    return Done{};
  }));
  const std::vector<std::pair<std::string, Value>> binds = {
      {"as_of", end_of_day_ms(day)}, {"as_of_on", to_iso(day)}, {"months", months}};
  const auto controls = catalog.for_kind(kKind);
  if (controls.empty()) return fail(err::content_missing, kKind);
  KHIEN_DO(sandbox.query(controls[0]->id, controls[0]->sql, binds, [&](Statement& s) {
    Verdicts::Machine m{s.text(s.find("subject")), s.text(s.find("result")),
                        s.text(s.find("reason")), s.text(s.find("observed")), nullptr};
    if (const auto at = holes.find(m.host); at != holes.end()) m.holes = at->second;
    out.machines.push_back(std::move(m));
    return Done{};
  }));
  out.ms = context.clock.steady_ms() - started;
  return out;
}

void tell_holes(const Context& context, const Verdicts::Machine& m) {
  std::map<std::string, std::vector<const Node*>> by_month;
  if (m.holes == nullptr) return;
  for (const Node& hole : m.holes->items()) by_month[hole["month"].text()].push_back(&hole);
  for (const auto& [month, holes] : by_month) {
    std::int64_t exploited = 0;
    for (const Node* hole : holes) exploited += (*hole)["exploited"].boolean();
    const bool certain = (*holes.front())["certain"].boolean();
    print("  " + context.say(certain ? "vuln.missing" : "vuln.perhaps_missing",
                             {{"host", m.host},
                              {"count", static_cast<std::int64_t>(holes.size())},
                              {"have", (*holes.front())["have"].text()},
                              {"fixed", (*holes.front())["fixed"].text()},
                              {"kb", (*holes.front())["kb"].text()},
                              {"month", context.texts.date(month)},
                              {"exploited", exploited}}));
  }
}

void tell(const Context& context, const Verdicts::Machine& m) {
  if (context.json) {
    print(to_json(Node::map({{"host", m.host},
                             {"result", m.result},
                             {"reason", m.reason},
                             {"observed", m.observed},
                             {"missing", m.holes == nullptr ? Node::list() : *m.holes}})));
    return;
  }
  Args args = {{"host", m.host}, {"have", m.observed.empty() ? "?" : m.observed}};
  std::string id = "vuln." + m.result;
  if (m.result == "pass") id = "vuln.passed";
  if (m.result == "fail") {
    id = "vuln.failed";
    args["reason"] = context.say(m.reason.empty() ? "vuln.lacks"
                                                  : m.reason);
  }
  if (m.result == "unknown") args["reason"] = context.say(m.reason);
  print(context.say(id, args));
  tell_holes(context, m);
}

void run_match(Context& context, const MatchOptions& options) {
  const auto verdicts = match(context, options);
  if (!verdicts) return context.report(verdicts.error(), exit_for(verdicts.error()));
  for (const Verdicts::Machine& m : verdicts->machines) {
    tell(context, m);
    if (m.result != "pass" && m.result != "not_applicable") context.raise(not_all_good);
  }
  if (verdicts->machines.empty()) {
    note(context.say("vuln.nothing"));
    context.raise(broken);
  }
  note(context.say("vuln.total",
                   {{"hosts", verdicts->hosts},
                    {"months", verdicts->months},
                    {"fixes", verdicts->fixes},
                    {"ms", verdicts->ms}}));
}

}  // namespace

void add_vuln(CLI::App& root, Context& context) {
  auto* vuln = root.add_subcommand("vuln", context.say("vuln.about"));
  vuln->require_subcommand(1);
  auto* command = vuln->add_subcommand("match", context.say("vuln.match_about"));
  auto options = std::make_shared<MatchOptions>();
  command->add_option("--agency", options->base.agency, context.say("vuln.agency"));
  command->add_option("--facts", options->base.facts, context.say("vuln.facts"));
  command->add_option("--systeminfo", options->systeminfo, context.say("vuln.systeminfo"));
  command->add_option("--msrc", options->msrc, context.say("vuln.msrc"));
  command->add_option("--kev", options->kev, context.say("vuln.kev"));
  command->add_option("--months", options->months, context.say("vuln.months"));
  command->add_option("--as-of", options->base.as_of, context.say("vuln.as_of"))
      ->transform(is_day());
  context.json_commands.push_back(command);
  command->callback([options, &context] { run_match(context, *options); });
}

}  // namespace khien::app
