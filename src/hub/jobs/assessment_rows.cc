#include "hub/jobs/assessment_rows.h"

#include <map>
#include <set>

#include <fmt/format.h>

#include "base/text.h"
#include "hub/data/inventory.h"
#include "hub/data/office.h"
#include "hub/jobs/inventory_rows.h"
#include "hub/jobs/office_folder.h"

namespace khien::hub {
namespace {

int rank_of(const std::string& severity) {
  static const std::map<std::string, int> kRanks = {
      {"info", 0}, {"low", 1}, {"medium", 2}, {"high", 3}, {"critical", 4}};
  const auto at = kRanks.find(severity);
  return at == kRanks.end() ? 0 : at->second;
}

std::int64_t dispatch_id_of(const std::string& source) {
  if (!source.starts_with(kProgrammePrefix)) return 0;
  return Node(source.substr(kProgrammePrefix.size())).integer();
}

// Complete: every table is. Missing: none gave anything.
std::string state_of_tables(const Node& tables) {
  std::size_t complete = 0;
  std::size_t missing = 0;
  for (const Node& t : tables.items()) {
    complete += t["status"].text() == "complete";
    missing += t["status"].text() == "missing";
  }
  const std::size_t all = tables.items().size();
  return complete == all ? "complete" : missing == all ? "missing" : "partial";
}

// Machines whose facts came, of those the office has; how whole each source was read.
Node coverage_of(const Node& assessment, const Node& machines_total) {
  std::set<std::string> hosts;
  Node sources = Node::list();
  for (const Node& c : assessment["collections"].items()) {
    const std::string collector = c["collector"].text();
    if (collector == "dispatch" || collector == "agency") continue;
    const std::string host = c["host"].text();  // "" of a list of machines
    for (const Node& t : c["tables"].items()) {
      const bool seen = t["table"].text() == "host" && t["rows"].integer() > 0;
      if (seen && !host.empty()) hosts.insert(host);
    }
    const std::filesystem::path source = c["source"].text();
    sources.push(Node::map({{"name", source.filename().string()},
                            {"state", state_of_tables(c["tables"])}}));
  }
  return Node::map({{"machines", Node::map({{"seen", hosts.size()}, {"total", machines_total}})},
                    {"sources", std::move(sources)}});
}

// The agency's own dispatch of that number; where both say when it was issued, of that day. 0:
// none.
Result<std::int64_t> dispatch_known_as(const Database& db, std::int64_t agency_id,
                                       const std::string& number, const std::string& issued_on) {
  if (number.empty()) return 0;
  KHIEN_TRY(Statement s, db.prepare("select id, number, issued_on from dispatch where agency_id ="
                                    " ?1 and number is not null order by id desc"));
  s.bind(1, agency_id);
  const std::string wanted = skeleton(squeeze(number));
  for (;;) {
    KHIEN_TRY(const bool row, s.step());
    if (!row) return 0;
    const std::string day = s.text(2);
    const bool same_day = day.empty() || issued_on.empty() || day == issued_on;
    if (same_day && skeleton(squeeze(s.text(1))) == wanted) return s.integer(0);
  }
}

Done keep_dispatches(const Database& db, std::int64_t id, const AssessmentRow& of,
                     const Node& assessment) {
  for (const Node& d : assessment["dispatches"].items()) {
    AssessedDispatch row;
    row.position = d["id"].integer();
    if (of.made_by == "here") {
      row.dispatch_id = dispatch_id_of(d["source"].text());
    } else {
      KHIEN_TRY(row.dispatch_id, dispatch_known_as(db, of.agency_id, d["number"].text(),
                                                   d["issued_on"].text()));
    }
    row.number = d["number"].text();
    row.subject = d["subject_line"].text();
    KHIEN_DO(add_assessed(db, id, row));
  }
  return {};
}

// The gravest of what a run found, by its findings.
std::map<std::int64_t, std::string> severities(const Node& findings) {
  std::map<std::int64_t, std::string> out;
  for (const Node& f : findings.items()) {
    std::string& worst = out[f["run"].integer()];
    const std::string severity = f["severity"].text();
    if (worst.empty() || rank_of(severity) > rank_of(worst)) worst = severity;
  }
  return out;
}

AssessedRun run_from(const Node& r, std::int64_t measure, const Node& vi, const Node& en) {
  const std::string key = r["id"].text();
  AssessedRun out;
  out.position = r["id"].integer(), out.measure = measure;
  out.control = r["control"].text(), out.kind = r["kind"].text();
  out.outcome = r["outcome"].text();
  out.passed = r["passed"].integer(), out.failed = r["failed"].integer();
  out.unknown = r["unknown"].integer() + r["errors"].integer();
  out.reason = r["reason"].text();
  out.state_vi = vi["words"]["runs"][key]["state"].text();
  out.state_en = en["words"]["runs"][key]["state"].text();
  out.task_vi = vi["words"]["runs"][key]["task"].text();
  out.task_en = en["words"]["runs"][key]["task"].text();
  return out;
}

Done keep_measures(const Database& db, std::int64_t id, const Node& vi, const Node& en) {
  const auto worst = severities(vi["findings"]);
  for (const Node& m : vi["measures"].items()) {
    const std::string key = m["id"].text();
    AssessedMeasure row;
    row.position = m["id"].integer(), row.dispatch = m["dispatch"].integer();
    row.doc_id = m["doc_id"].text(), row.cite = m["cite_vi"].text(), row.text = m["text"].text();
    row.due_on = m["due_on"].text(), row.verdict = m["verdict"].text();
    row.sentence_vi = vi["words"]["measures"][key].text();
    row.sentence_en = en["words"]["measures"][key].text();
    row.kinds = m["kinds"];
    KHIEN_DO(add_assessed(db, id, row));
    for (const Node& r : m["runs"].items()) {
      AssessedRun run = run_from(r, row.position, vi, en);
      const auto at = worst.find(run.position);
      run.severity = at == worst.end() ? "info" : at->second;
      KHIEN_DO(add_assessed(db, id, run));
    }
  }
  return {};
}

Done keep_findings(const Database& db, std::int64_t id, const Node& findings,
                   const InventoryLinks& links) {
  KHIEN_TRY(Statement insert, finding_insert(db));
  for (const Node& f : findings.items()) {
    FindingRow row;
    row.measure = f["measure"].integer();
    row.control = f["control"].text(), row.subject = f["subject"].text();
    row.observed = f["observed"].text(), row.result = f["result"].text();
    row.reason = f["reason"].text(), row.severity = f["severity"].text();
    row.fact = f["fact"]["id"].integer();
    if (const auto link = links.find(f["id"].integer()); link != links.end()) {
      row.machine = link->second.machine, row.account = link->second.account;
    }
    KHIEN_DO(add_finding(insert, id, row));
  }
  return {};
}

}  // namespace

Result<std::int64_t> keep_assessment(const Database& db, AssessmentRow row, const Node& vi,
                                     const Node& en, const std::filesystem::path& inventory) {
  const Node& assessment = vi["assessment"];
  row.as_of = assessment["as_of"].text();
  row.dispatches = static_cast<std::int64_t>(assessment["dispatches"].items().size());
  KHIEN_TRY(const Node profile, office_profile(db, row.agency_id));
  row.coverage = coverage_of(assessment, profile["machines_total"]);
  KHIEN_TRY(const std::int64_t id, add_assessment(db, row));
  KHIEN_DO(keep_dispatches(db, id, row, assessment));
  KHIEN_DO(keep_measures(db, id, vi, en));
  InventoryLinks links;
  if (!inventory.empty()) {
    KHIEN_TRY(links, keep_inventory(db, id, inventory));
  }
  KHIEN_DO(keep_findings(db, id, vi["findings"], links));
  KHIEN_DO(sum_up_assessment(db, id));
  if (!inventory.empty()) KHIEN_DO(sum_up_inventory(db, id));
  return id;
}

}  // namespace khien::hub
