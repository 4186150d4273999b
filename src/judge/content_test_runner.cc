// Text tests of controls go through the same plan and run as a real assessment.
#include "judge/content_test_runner.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "judge/errors.h"
#include "judge/plan.h"
#include "judge/run.h"
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

Result<CaseResult> run_case(Case& c, const Catalog& catalog, const FactSchema& schema,
                            const Control& control) {
  CaseResult result{control.id, c.name, {}};
  KHIEN_TRY(const Database db, new_assessment_database(schema));
  std::vector<Collection> collections;
  if (c.collected) collections = {c.facts};
  if (!c.states.is_null()) collections = split_by_host(c.facts, control.needs.front(), c.states);
  for (const Collection& one : collections) {
    KHIEN_TRY([[maybe_unused]] const auto id, write_collection(db, schema, one));
  }
  KHIEN_TRY(Plan plan, make_plan(catalog, c.assessment, local_date(c.assessment.as_of)));
  std::erase_if(plan.runs, [&](const PlannedRun& p) {
    return p.control->id != control.id || p.measure == 0;
  });
  KHIEN_DO(run_plan(plan, catalog, schema, db, c.assessment));
  compare(c, c.assessment, result);
  return result;
}

}  // namespace

Result<std::vector<CaseResult>> test_control(const Content& content, const Catalog& catalog,
                                             const FactSchema& schema, const Control& control) {
  std::string path = control.id;
  path.replace(path.find('.'), 1, "/");
  path = "controls/" + path + ".test.yaml";
  KHIEN_TRY(const Node node, content.yaml(path));
  std::vector<CaseResult> out;
  std::set<std::string> wanted = {"pass", "fail", "unknown"};
  for (const Node& item : node["cases"].items()) {
    KHIEN_TRY(Case c, case_from(item, control, schema, path));
    wanted.erase(c.expect_control);
    for (const auto& [fact, expected] : c.expected) wanted.erase(expected);
    KHIEN_TRY(CaseResult result, run_case(c, catalog, schema, control));
    out.push_back(std::move(result));
  }
  for (const std::string& missing : wanted) {
    out.push_back({control.id, "(all cases)", {"no case expects " + missing}});
  }
  return out;
}

}  // namespace khien
