// /today: at most ten things to do, by when: dispatches to confirm, what failed, facts to supply,
// what only a signature can say.
#include "hub/api/handlers.h"

#include <algorithm>
#include <map>

#include "hub/api/dispatch_nodes.h"
#include "hub/api/words.h"
#include "hub/data/assessment.h"
#include "hub/data/measure.h"
#include "hub/data/source.h"
#include "report/view.h"
#include "report/words.h"

namespace khien::hub {
namespace {

constexpr std::size_t kRows = 10;
constexpr std::int64_t kMostDispatches = 500;

struct TodoRow {
  std::string id, due_on, title, severity, action, control;
  std::int64_t count = 0;
  std::int64_t dispatch_id = 0;
  std::string cite, number, text, measure_doc_id;
};

struct Results {  // of the newest assessment
  std::int64_t made_at = 0;
  std::map<std::int64_t, AssessedDispatch> dispatches;
  std::map<std::int64_t, AssessedMeasure> measures;
  std::vector<AssessedRun> runs;
  std::map<std::int64_t, std::string> due_of_dispatch;  // by its id here
};

Result<Results> newest_results(const Call& call, std::int64_t id) {
  Results out;
  if (id == 0) return out;
  KHIEN_TRY(const auto row, find_assessment(call.db, id));
  if (row) out.made_at = row->made_at;
  KHIEN_TRY(const auto dispatches, assessed_dispatches(call.db, id));
  for (const AssessedDispatch& d : dispatches) {
    out.dispatches[d.position] = d;
    if (d.dispatch_id == 0) continue;
    KHIEN_TRY(const auto ours, find_dispatch(call.db, d.dispatch_id));
    if (ours) out.due_of_dispatch[d.dispatch_id] = ours->due_on;
  }
  KHIEN_TRY(auto measures, assessed_measures(call.db, id));
  for (AssessedMeasure& m : measures) out.measures[m.position] = std::move(m);
  KHIEN_TRY(out.runs, assessed_runs(call.db, id));
  return out;
}

void set_why(const Call& call, const Results& results, const AssessedMeasure& m, TodoRow& row) {
  const auto d = results.dispatches.find(m.dispatch);
  if (d == results.dispatches.end()) return;
  row.dispatch_id = d->second.dispatch_id;
  row.number = d->second.number;
  row.cite = cite_of(call.texts, m.cite, m.doc_id);
  row.text = m.text;
  row.measure_doc_id = m.doc_id;
  row.due_on = m.due_on;
  const auto due = results.due_of_dispatch.find(row.dispatch_id);
  if (row.due_on.empty() && due != results.due_of_dispatch.end()) row.due_on = due->second;
}

// One row a control: the measure that is due first stands for all that ask it.
void add_run(const Call& call, const Results& results, const AssessedRun& run,
             std::map<std::string, TodoRow>& rows) {
  const bool fails = run.outcome == "fail";
  if (!fails && run.outcome != "unknown" && run.outcome != "error") return;
  const auto m = results.measures.find(run.measure);
  if (m == results.measures.end() || m->second.verdict.empty()) return;
  TodoRow row;
  const bool en = call.texts.lang() == "en";
  row.action = fails ? "fix" : "supply";
  row.id = row.action + ":" + run.control;
  row.control = run.control;
  row.severity = run.severity;
  row.count = fails ? run.failed : run.unknown;
  const std::string& task = en ? run.task_en : run.task_vi;
  row.title = fails && !task.empty() ? task : en ? run.state_en : run.state_vi;
  if (row.title.empty()) row.title = report::control_words(call.texts, run.control);
  set_why(call, results, m->second, row);
  const auto [at, fresh] = rows.try_emplace(row.id, row);
  if (fresh) return;
  const bool sooner = !row.due_on.empty() &&
                      (at->second.due_on.empty() || row.due_on < at->second.due_on);
  row.count = std::max(row.count, at->second.count);
  if (sooner) at->second = row;
  else at->second.count = row.count;
}

// Kinds that no control judges and nobody signed for.
void add_unsigned(const Call& call, const Results& results, std::map<std::string, TodoRow>& rows) {
  for (const auto& [position, m] : results.measures) {
    if (m.verdict.empty()) continue;
    for (const Node& k : m.kinds.items()) {
      const std::string kind = k["kind"].text();
      const bool judged = std::any_of(results.runs.begin(), results.runs.end(),
                                      [&](const AssessedRun& r) {
                                        return r.measure == m.position && r.kind == kind;
                                      });
      if (judged || !k["decided_by"].text().empty()) continue;
      TodoRow row;
      row.action = "attest";
      row.id = "attest:" + kind;
      row.severity = "low";
      row.count = 1;
      row.title = call.texts("hub.today.attest",
                             {{"kind", report::kind_words(call.texts, kind)}});
      set_why(call, results, m, row);
      rows.try_emplace(row.id, row);
    }
  }
}

Result<std::int64_t> add_unconfirmed(const Call& call, std::map<std::string, TodoRow>& rows) {
  DispatchSearch search;
  search.agency_id = call.actor.agency_id;
  search.own = true;
  search.state = "unconfirmed";
  search.limit = kMostDispatches;
  KHIEN_TRY(const auto found, list_dispatches(call.db, search));
  for (const DispatchRow& d : found) {
    KHIEN_TRY(const DispatchCounts counts, count_measures(call.db, d.id));
    TodoRow row;
    row.id = "confirm:" + text_id(d.id);
    row.action = "confirm", row.severity = "medium";
    row.due_on = d.due_on, row.count = counts.unsure;
    row.dispatch_id = d.id;
    row.number = d.number.empty() ? d.file_name : d.number;
    row.text = d.subject;
    row.title = call.texts("hub.today.confirm", {{"unsure", counts.unsure},
                                                 {"number", row.number}});
    rows.try_emplace(row.id, row);
  }
  return static_cast<std::int64_t>(found.size());
}

// "Windows: chạy ... Debian, Ubuntu: ..." by whom each sentence is for.
Node steps_of(const Texts& texts, const TodoRow& row) {
  Node windows = Node::list();
  Node linux_ = Node::list();
  Node general = Node::list();
  if (!row.control.empty() && row.action == "fix") {
    RunRecord run;
    run.control = row.control, run.failed = row.count;
    std::string rest = report::fix_words(texts, run);
    while (!rest.empty()) {
      const std::size_t stop = rest.find(". ");
      std::string sentence = rest.substr(0, stop == rest.npos ? rest.npos : stop + 1);
      rest = stop == rest.npos ? "" : rest.substr(stop + 2);
      const bool is_linux = sentence.starts_with("Debian") || sentence.starts_with("Ubuntu") ||
                            sentence.starts_with("Linux");
      Node& into = sentence.starts_with("Windows") ? windows : is_linux ? linux_ : general;
      into.push(std::move(sentence));
    }
  }
  return Node::map({{"windows", std::move(windows)}, {"linux", std::move(linux_)},
                    {"general", std::move(general)}});
}

Result<Node> row_node(const Call& call, const TodoRow& row) {
  Node measure_id;
  if (row.dispatch_id != 0 && !row.measure_doc_id.empty()) {
    KHIEN_TRY(const auto measures, measures_of(call.db, row.dispatch_id));
    for (const MeasureRow& m : measures) {
      if (m.doc_id == row.measure_doc_id) measure_id = Node(text_id(m.id));
    }
  }
  const Node why = Node::map(
      {{"dispatch_id", row.dispatch_id == 0 ? Node() : Node(text_id(row.dispatch_id))},
       {"measure_id", std::move(measure_id)},
       {"cite", row.cite}, {"number", row.number}, {"text", row.text}});
  return Node::map({{"id", row.id},
                    {"due_on", node_of_text(row.due_on)},
                    {"days_left", days_left(row.due_on, today_of(call.hub))},
                    {"title", row.title},
                    {"count", row.count},
                    {"why", why},
                    {"severity", node_of_text(row.severity)},
                    {"action", row.action},
                    {"steps", steps_of(call.texts, row)},
                    {"control", node_of_text(row.control)}});
}

// What is due first, then what is gravest; what a person must decide before what is missing.
bool before(const TodoRow& a, const TodoRow& b) {
  const auto due = [](const TodoRow& r) { return r.due_on.empty() ? "9999" : r.due_on; };
  if (due(a) != due(b)) return due(a) < due(b);
  const auto place = [](const TodoRow& r) {
    return r.action == "confirm" ? 0 : r.action == "fix" ? 1 : r.action == "supply" ? 2 : 3;
  };
  if (place(a) != place(b)) return place(a) < place(b);
  const int x = report::severity_rank(a.severity);
  const int y = report::severity_rank(b.severity);
  return x != y ? x > y : a.id < b.id;
}

Result<Response> read_today(Call& call) {
  const std::int64_t agency = call.actor.agency_id;
  KHIEN_TRY(const std::int64_t newest, latest_assessment(call.db, agency));
  KHIEN_TRY(const Results results, newest_results(call, newest));
  std::map<std::string, TodoRow> rows;
  KHIEN_TRY(const std::int64_t unconfirmed, add_unconfirmed(call, rows));
  for (const AssessedRun& run : results.runs) add_run(call, results, run, rows);
  add_unsigned(call, results, rows);
  std::vector<TodoRow> sorted;
  for (auto& [id, row] : rows) sorted.push_back(std::move(row));
  std::sort(sorted.begin(), sorted.end(), before);
  if (sorted.size() > kRows) sorted.resize(kRows);
  Node list = Node::list();
  for (const TodoRow& row : sorted) {
    KHIEN_TRY(Node node, row_node(call, row));
    list.push(std::move(node));
  }
  VerdictCounts counts;
  if (newest != 0) {
    KHIEN_TRY(counts, verdict_counts(call.db, newest));
  }
  Node strip = counts_node(counts);
  KHIEN_TRY(const std::int64_t late, count_late_tasks(call.db, agency, today_of(call.hub)));
  KHIEN_TRY(const auto sources, usable_sources(call.db, agency));
  strip.set("late", late);
  strip.set("unconfirmed", unconfirmed);
  strip.set("sources", sources.size());
  return json_response(
      Node::map({{"strip", std::move(strip)},
                 {"rows", std::move(list)},
                 {"fresh_at", results.made_at == 0 ? Node() : Node(results.made_at)}}));
}

}  // namespace

void add_today(Handlers& handlers) { handlers.add("today_read", read_today); }

}  // namespace khien::hub
