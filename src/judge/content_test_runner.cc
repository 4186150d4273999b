// Text tests of controls go through the same plan and run as a real assessment.
#include "judge/content_test_runner.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "judge/errors.h"
#include "judge/plan.h"
#include "judge/run.h"
#include "judge/sandbox.h"
#include "store/assessment.h"

namespace khien {
namespace {

tl::unexpected<Error> bad(const std::string& path, const Node& at, const std::string& detail) {
  return fail(err::content_test, at_line(path, at), {{"detail", detail}});
}

Result<Value> cell(const FactColumn& column, const Node& node, const std::string& path) {
  if (node.is_null()) return Value{Null{}};
  if (column.type == "instant" && node.type() == Node::Type::text) {
    const std::string text = node.text();
    const auto date = parse_date(text.substr(0, 10));
    const auto digits = [&](std::size_t at) { return (text[at] - '0') * 10 + text[at + 1] - '0'; };
    if (!date || (text.size() != 10 && text.size() != 16)) {
      return bad(path, node, column.name + " is no date");
    }
    const int minutes = text.size() == 10 ? 0 : digits(11) * 60 + digits(14);
    return Value{start_of_day_ms(*date) + minutes * std::int64_t{60'000}};
  }
  if (column.type == "text" || column.type == "date") return Value{node.text()};
  if (column.type == "real") return Value{node.real()};
  return Value{node.integer()};
}

// One collection a machine: rows by their host column, in the order the machines are named in the
// first table; `states` says which tables could not be read on which machine.
std::vector<Collection> split_by_host(const Collection& all, const std::string& subjects,
                                      const Node& states) {
  std::vector<Collection> out;
  const auto of = [&](const std::string& host) -> Collection& {
    const auto it = std::find_if(out.begin(), out.end(),
                                 [&](const Collection& c) { return c.host == host; });
    if (it != out.end()) return *it;
    Collection& c = out.emplace_back();
    c.collector = all.collector;
    c.host = host;
    c.finished_at = all.finished_at;
    for (const auto& [table, facts] : all.tables) c.tables[table].status = facts.status;
    for (const auto& [table, state] : states[host].pairs()) {
      c.tables[table].status = state.text() == "missing" ? TableFacts::Status::missing
                                                         : TableFacts::Status::partial;
    }
    return c;
  };
  const auto deal = [&](const std::string& table) {
    for (const Row& row : all.tables.at(table).rows) {
      const auto host = row.find("host");
      of(host == row.end() ? "" : to_text(host->second)).tables[table].rows.push_back(row);
    }
  };
  deal(subjects);
  for (const auto& table : all.tables) {
    if (table.first != subjects) deal(table.first);
  }
  return out;
}

struct Case {
  std::string name;
  Assessment assessment;
  Collection facts;
  Node states;  // not null: one collection a machine
  bool collected = true;
  std::map<std::int64_t, std::string> expected;  // fact_id of the first table -> result
  std::string expect_control;
};

Done read_rows(const FactTable& table, const Node& rows, bool subjects, const std::string& path,
               Case& out) {
  TableFacts& facts = out.facts.tables[table.name];
  for (const Node& item : rows.items()) {
    Row& row = facts.rows.emplace_back();
    for (const auto& [key, value] : item.pairs()) {
      if (key == "expect") {
        if (!subjects) return bad(path, item, "expect belongs to the control's first table");
        out.expected[static_cast<std::int64_t>(facts.rows.size())] = value.text();
        continue;
      }
      const FactColumn* column = table.find(key);
      if (column == nullptr) return bad(path, item, "no column " + table.name + "." + key);
      KHIEN_TRY(row[key], cell(*column, value, path));
      if (column->type == "instant" && value.text().size() == 10) row[key + "_precision"] = "day";
    }
    if (subjects && !out.expected.contains(static_cast<std::int64_t>(facts.rows.size()))) {
      return bad(path, item, "row without expect");
    }
  }
  return {};
}

Result<Case> case_from(const Node& node, const Control& control, const FactSchema& schema,
                       const std::string& path) {
  Case out;
  KHIEN_TRY(out.name, need_text(node, "name", path));
  KHIEN_TRY(const std::string as_of, need_text(node, "as_of", path));
  KHIEN_TRY(const Date date, parse_date(as_of));
  out.assessment.as_of = end_of_day_ms(date);
  KindRecord kind;
  kind.kind = control.satisfies.front();
  kind.parameters = node["parameters"];
  MeasureRecord measure;
  measure.id = 1;
  measure.kinds = {kind};
  out.assessment.measures = {measure};
  const std::string collections = node["collections"].text("complete");
  KHIEN_DO(need_one_of(collections, {"complete", "partial", "none"}, "collections", path));
  out.collected = collections != "none";
  out.facts.collector = "test";
  out.facts.finished_at = out.assessment.as_of;
  for (const std::string& table : control.needs) {
    out.facts.tables[table].status = collections == "partial" ? TableFacts::Status::partial
                                                              : TableFacts::Status::complete;
  }
  out.expect_control = node["expect_control"].text();
  out.states = node["states"];
  for (const auto& [key, value] : node.pairs()) {
    static const std::set<std::string> own = {"name",        "as_of",  "parameters",
                                              "collections", "states", "expect_control"};
    if (own.contains(key)) continue;
    const FactTable* table = schema.find(key);
    if (table == nullptr) return bad(path, value, "no fact table " + key);
    KHIEN_DO(read_rows(*table, value, key == control.needs.front(), path, out));
  }
  if (out.expected.empty() && out.expect_control.empty()) {
    return bad(path, node, "a case without an expectation");
  }
  return out;
}

// What the run said of each fact of the first table; passes are the ones not in findings but
// counted, so the SQL's own rows are compared by counts and findings.
void compare(const Case& c, const Assessment& a, CaseResult& result) {
  if (a.runs.empty()) {
    result.problems.push_back("the control was not planned (only_if?)");
    return;
  }
  const RunRecord& run = a.runs.front();
  if (!c.expect_control.empty() && c.expect_control != to_string(run.outcome)) {
    result.problems.push_back(fmt::format("control is {} ({}), expected {}", to_string(run.outcome),
                                          run.reason, c.expect_control));
  }
  std::map<std::int64_t, std::string> seen;
  for (const FindingRecord& f : a.findings) {
    if (f.run == run.id && f.fact != 0) seen[f.fact] = to_string(f.result);
    if (f.run == run.id && f.result == Outcome::error) result.problems.push_back(f.missing);
  }
  std::int64_t passes = 0;
  std::int64_t not_applicable = 0;
  for (const auto& [fact, expected] : c.expected) {
    const std::string got = seen.contains(fact) ? seen[fact] : "pass";
    passes += expected == "pass";
    not_applicable += expected == "not_applicable";
    const bool silent = expected == "absent" || expected == "not_applicable";
    if (got != (silent ? "pass" : expected)) {
      result.problems.push_back(fmt::format("row {}: {}, expected {}", fact, got, expected));
    }
  }
  if (!c.expected.empty() && (run.passed != passes || run.not_applicable != not_applicable)) {
    result.problems.push_back(fmt::format("{} rows pass and {} do not apply, expected {} and {}",
                                          run.passed, run.not_applicable, passes, not_applicable));
  }
}

// The control alone, as if the case's measure were an order's.
Result<Assessment> judged(const Case& c, const std::vector<Collection>& collections,
                          const Catalog& catalog, const FactSchema& schema,
                          const Control& control) {
  Assessment out = c.assessment;
  KHIEN_TRY(const Database db, new_assessment_database(schema));
  for (const Collection& one : collections) {
    KHIEN_TRY([[maybe_unused]] const auto id, write_collection(db, schema, one));
  }
  KHIEN_TRY(Plan plan, make_plan(catalog, out, local_date(out.as_of)));
  std::erase_if(plan.runs, [&](const PlannedRun& p) {
    return p.control->id != control.id || p.measure == 0;
  });
  KHIEN_DO(run_plan(plan, catalog, schema, db, out));
  return out;
}

Result<CaseResult> run_case(const Case& c, const Catalog& catalog, const FactSchema& schema,
                            const Control& control) {
  CaseResult result{control.id, c.name, {}};
  std::vector<Collection> collections;
  if (c.collected) collections = {c.facts};
  if (!c.states.is_null()) collections = split_by_host(c.facts, control.needs.front(), c.states);
  KHIEN_TRY(const Assessment a, judged(c, collections, catalog, schema, control));
  compare(c, a, result);
  return result;
}

bool among(const std::vector<std::string>& tables, const std::string& table) {
  return std::find(tables.begin(), tables.end(), table) != tables.end();
}

// "Missing facts are never a pass", tried: takes a case that passes, makes each table the control
// reads partial, missing and absent, and all facts of machines old. None may pass but what the
// control declares.
class Gaps {
 public:
  Gaps(const Catalog& catalog, const FactSchema& schema, const Control& control)
      : catalog_(catalog), schema_(schema), control_(control) {}

  // `cases`: all of the control's.
  Result<CaseResult> run(const std::vector<Case>& cases, const std::set<std::string>& reads) {
    for (const auto* tables : {&control_.needs, &control_.may_be_absent, &control_.optional}) {
      for (const std::string& table : *tables) {
        if (!reads.contains(table)) say(table + " is declared and not read");
      }
    }
    bool any = false;
    bool machines = false;
    bool aged = false;
    for (const Case& whole : cases) {
      if (!whole.collected || !whole.states.is_null()) continue;
      const Case c = what_passes(whole);
      KHIEN_TRY(const bool good, passes(c, {c.facts}));
      if (!good) continue;
      // One passing case shows it for every table.
      if (!any) {
        for (const std::string& table : reads) KHIEN_DO(try_table(c, table));
      }
      any = true;
      if (aged) break;
      machines = machines || is_about_machines(c);
      KHIEN_TRY(const bool tried, try_age(c));
      aged = aged || tried;
    }
    if (!any) say("no case from which the control passes as a whole");
    if (machines && !aged) say("no passing case shows that old facts of a machine prove nothing");
    return std::move(result_);
  }

 private:
  const Catalog& catalog_;
  const FactSchema& schema_;
  const Control& control_;
  CaseResult result_{control_.id, "(facts that are not all there)", {}};

  void say(const std::string& problem) { result_.problems.push_back(problem); }

  // The case with only those of its subjects that pass.
  [[nodiscard]] Case what_passes(const Case& whole) const {
    Case out = whole;
    std::vector<Row>& rows = out.facts.tables.at(control_.needs.front()).rows;
    std::vector<Row> kept;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const auto expected = whole.expected.find(static_cast<std::int64_t>(i) + 1);
      if (expected == whole.expected.end() || expected->second == "pass") kept.push_back(rows[i]);
    }
    rows = std::move(kept);
    return out;
  }

  [[nodiscard]] bool is_about_machines(const Case& c) const {
    const std::vector<Row>& rows = c.facts.tables.at(control_.needs.front()).rows;
    return control_.find(kFactsMaxAge) != nullptr &&
           std::any_of(rows.begin(), rows.end(),
                       [](const Row& row) { return row.contains("host"); });
  }

  Result<bool> passes(const Case& c, const std::vector<Collection>& facts) const {
    KHIEN_TRY(const Assessment a, judged(c, facts, catalog_, schema_, control_));
    return !a.runs.empty() && a.runs.front().outcome == Outcome::pass;
  }

  Done try_table(const Case& c, const std::string& table) {
    if (among(control_.optional, table)) return {};
    Collection partial = c.facts;
    partial.tables[table].status = TableFacts::Status::partial;
    Collection missing = c.facts;
    missing.tables[table] = {};
    missing.tables[table].status = TableFacts::Status::missing;
    Collection absent = c.facts;
    absent.tables.erase(table);
    const auto refuse = [&](const Collection& facts, const char* what) -> Done {
      KHIEN_TRY(const bool good, passes(c, {facts}));
      if (good) say(fmt::format("\"{}\" passes with {} {}", c.name, table, what));
      return {};
    };
    KHIEN_DO(refuse(partial, "partial"));
    KHIEN_DO(refuse(missing, "missing"));
    return among(control_.may_be_absent, table) ? Done{} : refuse(absent, "absent");
  }

  // Was there a machine whose facts could grow old?
  Result<bool> try_age(const Case& c) {
    if (!is_about_machines(c)) return false;
    std::vector<Collection> facts = split_by_host(c.facts, control_.needs.front(), {});
    KHIEN_TRY(const bool fresh, passes(c, facts));
    if (!fresh) return false;
    for (Collection& one : facts) one.finished_at -= std::int64_t{400} * 86'400'000;
    KHIEN_TRY(const bool good, passes(c, facts));
    if (good) say(fmt::format("\"{}\" passes with facts 400 days old", c.name));
    return true;
  }
};

}  // namespace

Result<std::vector<CaseResult>> test_control(const Content& content, const Catalog& catalog,
                                             const FactSchema& schema, const Control& control) {
  std::string path = control.id;
  path.replace(path.find('.'), 1, "/");
  path = "controls/" + path + ".test.yaml";
  KHIEN_TRY(const Node node, content.yaml(path));
  std::vector<CaseResult> out;
  std::set<std::string> wanted = {"pass", "fail", "unknown"};
  std::vector<Case> cases;
  for (const Node& item : node["cases"].items()) {
    KHIEN_TRY(Case c, case_from(item, control, schema, path));
    wanted.erase(c.expect_control);
    for (const auto& [fact, expected] : c.expected) wanted.erase(expected);
    KHIEN_TRY(CaseResult result, run_case(c, catalog, schema, control));
    out.push_back(std::move(result));
    cases.push_back(std::move(c));
  }
  KHIEN_TRY(const std::set<std::string> reads, tables_read(schema, control));
  KHIEN_TRY(CaseResult gaps, Gaps(catalog, schema, control).run(cases, reads));
  out.push_back(std::move(gaps));
  for (const std::string& missing : wanted) {
    out.push_back({control.id, "(all cases)", {"no case expects " + missing}});
  }
  return out;
}

}  // namespace khien
