// Rows, gaps and expectations from YAML; whatever does not fit is an error with its line.
#include "judge/content_test_case.h"

#include <algorithm>
#include <set>

#include "base/calendar.h"
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

constexpr std::string_view kExpect = "expect";
constexpr std::string_view kSubject = "expect_subject";
constexpr std::string_view kObserved = "expect_observed";
constexpr std::string_view kReason = "expect_reason";

// True: the key says what is expected. A pass leaves nothing to read, so nothing is stated of it.
Result<bool> expectation(std::string_view key, const Node& value, const std::string& path,
                         ExpectedRow& out) {
  if (key == kExpect) out.result = value.text();
  else if (key == kSubject) out.subject = value.text();
  else if (key == kObserved) out.observed = value.text();
  else if (key == kReason) out.reason = value.text();
  else return false;
  static const std::vector<std::string> results = {"pass", "fail", "unknown", "not_applicable",
                                                   "absent"};
  if (key == kExpect) KHIEN_DO(need_one_of(out.result, results, "expect", path));
  return true;
}

// Columns the source does not have at all.
Done read_gaps(const Node& tables, const FactSchema& schema, const std::string& path,
               ContentCase& out) {
  for (const auto& [name, columns] : tables.pairs()) {
    const FactTable* table = schema.find(name);
    for (const std::string& column : columns.texts()) {
      if (table == nullptr || table->find(column) == nullptr) {
        return bad(path, tables, "no column " + name + "." + column);
      }
      out.facts.tables[name].gaps[column] = "reason.register.no_column";
    }
  }
  return {};
}

Done read_findings(const Node& rows, const std::string& path, ContentCase& out) {
  for (const Node& item : rows.items()) {
    ExpectedRow& row = out.findings.emplace_back();
    for (const auto& [key, value] : item.pairs()) {
      if (key == "subject") {
        row.subject = value.text();
        continue;
      }
      KHIEN_TRY(const bool known, expectation(key, value, path, row));
      if (!known) return bad(path, item, "a finding has no " + key);
    }
    if (row.result != "fail" && row.result != "unknown") {
      return bad(path, item, "a finding is expected to be fail or unknown");
    }
  }
  return {};
}

Done read_rows(const FactTable& table, const Node& rows, bool subjects, const std::string& path,
               ContentCase& out) {
  TableFacts& facts = out.facts.tables[table.name];
  for (const Node& item : rows.items()) {
    Row& row = facts.rows.emplace_back();
    ExpectedRow expected;
    for (const auto& [key, value] : item.pairs()) {
      KHIEN_TRY(const bool said, expectation(key, value, path, expected));
      if (said && !subjects) return bad(path, item, key + " belongs to the control's first table");
      if (said) continue;
      const FactColumn* column = table.find(key);
      if (column == nullptr) return bad(path, item, "no column " + table.name + "." + key);
      KHIEN_TRY(row[key], cell(*column, value, path));
      if (column->type == "instant" && value.text().size() == 10) row[key + "_precision"] = "day";
    }
    if (!subjects) continue;
    if (expected.result.empty()) return bad(path, item, "row without expect");
    const bool read = expected.result == "fail" || expected.result == "unknown";
    if (!read && (expected.subject || expected.observed || expected.reason)) {
      return bad(path, item, "only a fail and an unknown leave something to read");
    }
    out.expected[static_cast<std::int64_t>(facts.rows.size())] = std::move(expected);
  }
  return {};
}

}  // namespace

Result<ContentCase> case_from(const Node& node, const Control& control, const FactSchema& schema,
                              const std::string& path) {
  ContentCase out;
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
  out.facts.collector = node["collector"].text("test");
  out.facts.finished_at = out.assessment.as_of;
  for (const std::string& table : control.needs) {
    out.facts.tables[table].status = collections == "partial" ? TableFacts::Status::partial
                                                              : TableFacts::Status::complete;
  }
  out.expect_control = node["expect_control"].text();
  if (node.has(kReason)) out.expect_reason = node[kReason].text();
  out.states = node["states"];
  for (const auto& [key, value] : node.pairs()) {
    static const std::set<std::string> own = {
        "name",   "as_of", "parameters", "collections",    "collector",
        "states", "gaps",  "findings",   "expect_control", "expect_reason"};
    if (own.contains(key)) continue;
    const FactTable* table = schema.find(key);
    if (table == nullptr) return bad(path, value, "no fact table " + key);
    KHIEN_DO(read_rows(*table, value, key == control.needs.front(), path, out));
  }
  KHIEN_DO(read_gaps(node["gaps"], schema, path, out));
  KHIEN_DO(read_findings(node["findings"], path, out));
  if (out.expected.empty() && out.findings.empty() && out.expect_control.empty()) {
    return bad(path, node, "a case without an expectation");
  }
  return out;
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

Result<Assessment> judged(const ContentCase& c, const std::vector<Collection>& collections,
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

}  // namespace khien
