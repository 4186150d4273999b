// Text tests of controls go through the same plan and run as a real assessment.
#include "judge/content_test_runner.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "judge/content_test_case.h"
#include "judge/content_test_gaps.h"

namespace khien {
namespace {

void compare_values(const std::string& row, const ExpectedRow& expected, const FindingRecord& f,
                    CaseResult& result) {
  if (expected.subject && *expected.subject != f.subject) {
    result.problems.push_back(row + ": expected \"" + *expected.subject + "\"");
  }
  if (expected.observed && *expected.observed != f.observed) {
    result.problems.push_back(fmt::format("{}: observed \"{}\", expected \"{}\"", row, f.observed,
                                          *expected.observed));
  }
  if (expected.reason && *expected.reason != f.reason) {
    result.problems.push_back(
        fmt::format("{}: reason \"{}\", expected \"{}\"", row, f.reason, *expected.reason));
  }
}

bool whole(const FindingRecord& f) { return f.fact == 0 && f.subject.empty(); }

// What the run left to read must be what the case expects, row by row, and nothing else. What the
// control says of the facts as a whole may stay unsaid by a case that expects the whole run's
// outcome.
void compare_findings(const ContentCase& c, const Control& control,
                      const std::vector<const FindingRecord*>& findings, CaseResult& result) {
  std::set<const FindingRecord*> taken;
  for (const ExpectedRow& e : c.findings) {
    const auto found = std::find_if(findings.begin(), findings.end(), [&](const auto* f) {
      return !taken.contains(f) && f->subject == e.subject.value_or("") &&
             to_string(f->result) == e.result &&
             (!whole(*f) || !e.reason || f->reason == *e.reason);
    });
    const std::string row = "finding about \"" + e.subject.value_or("") + "\"";
    if (found == findings.end()) {
      result.problems.push_back(row + " is not there");
      continue;
    }
    taken.insert(*found);
    compare_values(row, e, **found, result);
  }
  std::map<std::int64_t, std::string> seen;
  for (const FindingRecord* f : findings) {
    if (taken.contains(f)) continue;
    if (whole(*f)) {
      const bool own = !f->reason.empty() && control.sql.find("'" + f->reason) != std::string::npos;
      if (own && c.expect_control.empty()) {
        result.problems.push_back("nobody expected " + f->reason);
      }
      continue;
    }
    const std::string row = fmt::format("row {} (\"{}\")", f->fact, f->subject);
    const auto expected = c.expected.find(f->fact);
    if (expected == c.expected.end() || seen.contains(f->fact)) {
      result.problems.push_back(row + ": a finding nobody expected");
      continue;
    }
    seen[f->fact] = to_string(f->result);
    compare_values(row, expected->second, *f, result);
  }
  for (const auto& [fact, expected] : c.expected) {
    const std::string got = seen.contains(fact) ? seen[fact] : "pass";
    const bool silent = expected.result == "absent" || expected.result == "not_applicable";
    if (got != (silent ? "pass" : expected.result)) {
      result.problems.push_back(fmt::format("row {}: {}, expected {}", fact, got, expected.result));
    }
  }
}

// Passes leave no finding, so they are compared by their number.
void compare(const ContentCase& c, const Control& control, const Assessment& a,
             CaseResult& result) {
  if (a.runs.empty()) {
    result.problems.push_back("the control was not planned (only_if?)");
    return;
  }
  const RunRecord& run = a.runs.front();
  if (!c.expect_control.empty() && c.expect_control != to_string(run.outcome)) {
    result.problems.push_back(fmt::format("control is {} ({}), expected {}", to_string(run.outcome),
                                          run.reason, c.expect_control));
  }
  if (c.expect_reason && *c.expect_reason != run.reason) {
    result.problems.push_back(
        fmt::format("control says {}, expected {}", run.reason, *c.expect_reason));
  }
  std::vector<const FindingRecord*> findings;
  for (const FindingRecord& f : a.findings) {
    if (f.run != run.id) continue;
    findings.push_back(&f);
    if (f.result == Outcome::error) result.problems.push_back(f.missing);
    if (f.result == Outcome::fail && f.observed.empty() && f.reason.empty()) {
      result.problems.push_back("\"" + f.subject + "\" fails and nobody can read why");
    }
  }
  compare_findings(c, control, findings, result);
  std::map<std::string, std::int64_t> wanted;
  for (const auto& [fact, expected] : c.expected) ++wanted[expected.result];
  if (c.expected.empty()) return;
  if (run.passed != wanted["pass"] || run.not_applicable != wanted["not_applicable"]) {
    result.problems.push_back(
        fmt::format("{} rows pass and {} do not apply, expected {} and {}", run.passed,
                    run.not_applicable, wanted["pass"], wanted["not_applicable"]));
  }
}

Result<CaseResult> run_case(const ContentCase& c, const Catalog& catalog, const FactSchema& schema,
                            const Control& control) {
  CaseResult result{control.id, c.name, {}};
  std::vector<Collection> collections;
  if (c.collected) collections = {c.facts};
  if (!c.states.is_null()) collections = split_by_host(c.facts, control.needs.front(), c.states);
  KHIEN_TRY(const Assessment a, judged(c, collections, catalog, schema, control));
  compare(c, control, a, result);
  return result;
}

// What the cases of one control state between them.
class Stated {
 public:
  void add(const ContentCase& c) {
    results_.insert(c.expect_control);
    if (c.expect_reason) reasons_.insert(*c.expect_reason);
    for (const auto& [fact, expected] : c.expected) add(expected);
    for (const ExpectedRow& expected : c.findings) add(expected);
  }

  [[nodiscard]] std::vector<std::string> lacking(const Control& control, const Node& file) const {
    std::vector<std::string> out;
    for (const char* result : {"pass", "fail", "unknown"}) {
      if (!results_.contains(result)) out.push_back(std::string("no case expects ") + result);
    }
    exempt(file["no_observed"].text(), observed_, "the observed value of a failing row", out);
    exempt(file["no_reason"].text(), reason_, "the reason of an unknown row", out);
    for (const std::string& reason : reasons_in(control.sql)) {
      if (!reasons_.contains(reason)) out.push_back("no case states " + reason);
    }
    return out;
  }

 private:
  std::set<std::string> results_;
  std::set<std::string> reasons_;
  bool observed_ = false;  // of a failing row
  bool reason_ = false;    // of an unknown row

  void add(const ExpectedRow& e) {
    results_.insert(e.result);
    if (e.reason) reasons_.insert(*e.reason);
    observed_ = observed_ || (e.result == "fail" && !e.observed.value_or("").empty());
    reason_ = reason_ || (e.result == "unknown" && !e.reason.value_or("").empty());
  }

  static void exempt(const std::string& why, bool stated, const std::string& what,
                     std::vector<std::string>& out) {
    if (!stated && why.empty()) out.push_back("no case states " + what);
    if (stated && !why.empty()) out.push_back("declared as never there, but stated: " + what);
  }

  static std::set<std::string> reasons_in(const std::string& sql) {
    std::set<std::string> out;
    for (std::size_t at = 0; (at = sql.find("'reason.", at)) != std::string::npos; ++at) {
      out.insert(sql.substr(at + 1, sql.find('\'', at + 1) - at - 1));
    }
    return out;
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
  Stated stated;
  std::vector<ContentCase> cases;
  for (const Node& item : node["cases"].items()) {
    KHIEN_TRY(ContentCase c, case_from(item, control, schema, path));
    stated.add(c);
    KHIEN_TRY(CaseResult result, run_case(c, catalog, schema, control));
    out.push_back(std::move(result));
    cases.push_back(std::move(c));
  }
  KHIEN_TRY(CaseResult gaps, try_gaps(cases, catalog, schema, control));
  out.push_back(std::move(gaps));
  const std::vector<std::string> lacking = stated.lacking(control, node);
  if (!lacking.empty()) out.push_back({control.id, "(all cases)", lacking});
  return out;
}

}  // namespace khien
