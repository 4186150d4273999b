// OCSF 1.3.0 Compliance Finding: class_uid 2003 in category 2, activity Create. Required by the
// schema: activity_id, category_uid, class_uid, compliance.standards, finding_info.uid, metadata
// (product, version), severity_id, time, type_uid.
#include <fmt/format.h>

#include "report/json.h"
#include "report/words.h"

namespace khien::report {
namespace {

struct Status {
  int id;
  const char* name;
};

Status status_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::pass: return {1, "Pass"};
    case Outcome::fail: return {3, "Fail"};
    case Outcome::unknown:
    case Outcome::error: return {2, "Warning"};
    case Outcome::not_applicable:
    case Outcome::not_checked: break;
  }
  return {99, to_string(outcome)};
}

Status severity_status(Outcome outcome, std::string_view severity) {
  static constexpr Status kSeverities[] = {
      {1, "Informational"}, {2, "Low"}, {3, "Medium"}, {4, "High"}, {5, "Critical"}};
  return kSeverities[outcome == Outcome::pass ? 0 : severity_rank(severity)];
}

// What one object says, from a finding or from a passed run.
struct Item {
  std::string uid;
  std::string control;
  std::string kind;
  Outcome outcome = Outcome::pass;
  std::string severity = "info";
  std::string detail;
  std::string subject;
  std::string table;
  std::vector<std::string> requirements;  // clauses
  std::vector<std::string> standards;     // norms, the order
};

Node object_of(const Assessment& a, const Texts& texts, const Item& item) {
  const Status status = status_of(item.outcome);
  const Status severity = severity_status(item.outcome, item.severity);
  const std::string title = control_words(texts, item.control);
  Node compliance = Node::map({{"control", item.control},
                               {"requirements", Node::list_of(item.requirements)},
                               {"standards", Node::list_of(item.standards)},
                               {"status", status.name}, {"status_id", status.id}});
  if (!item.detail.empty()) compliance.set("status_detail", item.detail);
  Node object = Node::map(
      {{"activity_id", 1}, {"activity_name", "Create"}, {"category_uid", 2},
       {"category_name", "Findings"}, {"class_uid", 2003}, {"class_name", "Compliance Finding"},
       {"type_uid", 200301}, {"type_name", "Compliance Finding: Create"}, {"time", a.as_of},
       {"severity_id", severity.id}, {"severity", severity.name}, {"status_id", 1},
       {"status", "New"}, {"message", title},
       {"metadata",
        Node::map({{"version", "1.3.0"},
                   {"product", Node::map({{"name", "Khiên"}, {"vendor_name", "Khiên"},
                                          {"version", a.program_version}})},
                   {"uid", item.uid}, {"correlation_uid", a.id}})},
       {"finding_info", Node::map({{"uid", item.uid}, {"title", title},
                                   {"types", Node::list_of({item.kind})},
                                   {"created_time", a.created_at}})},
       {"compliance", compliance}});
  if (!item.subject.empty()) {
    object.set("resources",
               Node::list({Node::map({{"name", item.subject}, {"type", item.table}})}));
  }
  return object;
}

std::vector<std::string> standards_of(const View& view, const Texts& texts,
                                      const MeasureRecord* measure,
                                      const std::vector<std::string>& norms) {
  std::vector<std::string> out;
  for (const std::string& norm : norms) out.push_back(norm_words(texts, *view.assessment, norm));
  if (measure != nullptr) {
    for (const DispatchView& d : view.dispatches) {
      if (d.dispatch->id == measure->dispatch) out.push_back(number_of(texts, *d.dispatch));
    }
  }
  return out;
}

}  // namespace

std::string ocsf(const View& view, const Texts& texts) {
  const Assessment& a = *view.assessment;
  std::map<std::int64_t, const MeasureRecord*> measures;
  for (const MeasureRecord& m : a.measures) measures[m.id] = &m;
  const auto measure_of = [&](std::int64_t id) -> const MeasureRecord* {
    const auto it = measures.find(id);
    return it == measures.end() ? nullptr : it->second;
  };
  std::string out;
  for (const FindingRecord& f : a.findings) {
    Item item{fmt::format("{}:finding:{}", a.id, f.id), f.control, f.kind, f.result, f.severity,
              f.reason.empty() ? "" : reason_words(texts, f.reason),
              a.shared ? "" : clean(f.subject), f.table, f.clauses,
              standards_of(view, texts, measure_of(f.measure), f.norms)};
    out += to_json(object_of(a, texts, item)) + "\n";
  }
  for (const RunRecord& r : a.runs) {
    if (r.outcome != Outcome::pass) continue;
    const MeasureRecord* m = measure_of(r.measure);
    Item item{fmt::format("{}:run:{}", a.id, r.id), r.control, r.kind, Outcome::pass, "info",
              run_line(texts, view, r, false), "", r.table,
              m == nullptr ? std::vector<std::string>{} : std::vector{m->cite_vi},
              standards_of(view, texts, m, {})};
    out += to_json(object_of(a, texts, item)) + "\n";
  }
  return out;
}

}  // namespace khien::report
