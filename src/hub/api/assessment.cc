// /assessments, /compare, /controls: results measure by measure.
#include "hub/api/handlers.h"

#include <map>

#include "hub/api/dispatch_nodes.h"
#include "hub/api/finding_nodes.h"
#include "hub/api/words.h"
#include "hub/data/agency.h"
#include "hub/data/assessment.h"
#include "hub/data/exception.h"
#include "hub/errors.h"
#include "report/words.h"

namespace khien::hub {
namespace {

Result<Node> summary_node(const Call& call, const AssessmentRow& row) {
  KHIEN_TRY(const auto agency, find_agency_name(call.db, row.agency_id));
  return Node::map({{"id", text_id(row.id)}, {"made_at", row.made_at}, {"as_of", row.as_of},
                    {"agency", Node::map({{"id", text_id(row.agency_id)},
                                          {"name", agency ? agency->name : std::string()}})},
                    {"made_by", row.made_by}, {"seal", row.seal},
                    {"sealed_by", node_of_text(row.sealed_by)}, {"shared", row.shared},
                    {"refused", problem_words(call.texts, row.refused)},
                    {"dispatches", row.dispatches}, {"verdicts", counts_node(row.verdicts)},
                    {"sha256", row.sha256}, {"note", node_of_text(row.note)}});
}

Result<Response> list_results(Call& call) {
  KHIEN_TRY(const auto rows, list_assessments(call.db, call.actor.agency_id, call.after(),
                                              call.limit() + 1));
  std::vector<Node> items;
  for (const AssessmentRow& row : rows) {
    KHIEN_TRY(Node item, summary_node(call, row));
    items.push_back(std::move(item));
  }
  return json_response(list_page(std::move(items), call,
                                 [](const Node& item) { return item["id"].text(); }));
}

using Progress = std::map<std::pair<std::int64_t, std::string>, std::string>;

// How far the task of a measure is: by dispatch and the paper's own number.
Result<Progress> progress_of(const Database& db, std::int64_t agency_id) {
  constexpr std::int64_t kMost = 100'000;
  TaskSearch all;
  all.agency_id = agency_id;
  all.limit = kMost;
  KHIEN_TRY(const auto tasks, list_tasks(db, all));
  Progress out;
  for (const TaskRow& t : tasks) out[{t.dispatch_id, t.doc_id}] = t.progress;
  return out;
}

Node measure_result(const Texts& texts, const AssessedMeasure& m, const OutcomeCounts& counts,
                    const std::string& progress) {
  Node kinds = Node::list();
  for (const Node& k : m.kinds.items()) kinds.push(report::kind_words(texts, k["kind"].text()));
  return Node::map({{"id", text_id(m.position)},
                    {"cite", cite_of(texts, m.cite, m.doc_id)},
                    {"text", m.text},
                    {"verdict", m.verdict},
                    {"sentence", texts.lang() == "en" ? m.sentence_en : m.sentence_vi},
                    {"kinds", std::move(kinds)},
                    {"findings", Node::map({{"fail", counts.fail}, {"unknown", counts.unknown},
                                            {"pass", counts.pass}})},
                    {"task", node_of_text(progress)}});
}

Result<Node> dispatch_results(const Call& call, const AssessmentRow& of) {
  const std::int64_t id = of.id;
  KHIEN_TRY(const auto dispatches, assessed_dispatches(call.db, id));
  KHIEN_TRY(const auto measures, assessed_measures(call.db, id));
  KHIEN_TRY(const auto runs, assessed_runs(call.db, id));
  KHIEN_TRY(const Progress progress, progress_of(call.db, of.agency_id));
  std::map<std::int64_t, OutcomeCounts> counts;
  for (const AssessedRun& run : runs) {
    OutcomeCounts& c = counts[run.measure];
    c.fail += run.failed, c.unknown += run.unknown, c.pass += run.passed;
  }
  Node out = Node::list();
  for (const AssessedDispatch& d : dispatches) {
    Node list = Node::list();
    VerdictCounts verdicts;
    for (const AssessedMeasure& m : measures) {
      if (m.dispatch != d.position || m.verdict.empty()) continue;
      verdicts.add(m.verdict, 1);
      const auto task = progress.find({d.dispatch_id, m.doc_id});
      list.push(measure_result(call.texts, m, counts[m.position],
                               task == progress.end() ? "" : task->second));
    }
    out.push(Node::map({{"dispatch_id", d.dispatch_id == 0 ? Node() : Node(text_id(d.dispatch_id))},
                        {"number", d.number},
                        {"subject", node_of_text(d.subject)},
                        {"verdicts", counts_node(verdicts)},
                        {"measures", std::move(list)}}));
  }
  return out;
}

Result<Response> read_result(Call& call) {
  KHIEN_TRY(const auto row, find_assessment(call.db, call.id()));
  if (!row) return fail(err::hub_not_found, text_id(call.id()));
  KHIEN_TRY(Node out, summary_node(call, *row));
  KHIEN_TRY(Node dispatches, dispatch_results(call, *row));
  out.set("dispatches", std::move(dispatches));
  out.set("coverage", row->coverage);
  return json_response(out);
}

Result<Response> start_assessment(Call& call) {
  const Node args = Node::map({{"dispatch_ids", call.body["dispatch_ids"]},
                               {"note", call.body["note"]}});
  KHIEN_TRY(const std::int64_t job, call.hub.runner.submit(call.actor, "assess", args));
  return started(call, job);
}

Result<Response> recheck_control(Call& call) {
  const std::string control = call.path["control"].text();
  if (!call.texts.has("control." + control + ".title")) return fail(err::hub_not_found, control);
  const Node args = Node::map({{"control", control}});
  KHIEN_TRY(const std::int64_t job, call.hub.runner.submit(call.actor, "recheck", args));
  return started(call, job);
}

Result<Response> list_of_findings(Call& call) {
  KHIEN_TRY(const auto of, find_assessment(call.db, call.id()));
  if (!of) return fail(err::hub_not_found, text_id(call.id()));
  KHIEN_DO(check_particulars(*of, call.actor));
  const FindingSearch search{call.id(), call.query["verdict"].text(),
                             call.query["control"].text(), call.query["q"].text(),
                             id_of(call.query["measure"]), call.after(), call.limit() + 1};
  KHIEN_TRY(const auto rows, list_findings(call.db, search));
  std::vector<Node> items;
  KHIEN_TRY(const auto excepted, exceptions_on(call.db, of->agency_id, of->as_of));
  for (const FindingRow& row : rows) items.push_back(finding_node(call.texts, row, excepted));
  return json_response(list_page(std::move(items), call,
                                 [](const Node& item) { return item["id"].text(); }));
}

struct Compared {
  std::string number, cite, text, old_verdict, new_verdict;
};
struct Comparison {
  std::vector<Compared> items;  // in the order they are met
  std::map<std::pair<std::string, std::string>, std::size_t> places;
  Compared& of(const std::string& dispatch, const std::string& measure) {
    const auto [at, fresh] = places.try_emplace({dispatch, measure}, items.size());
    if (fresh) items.emplace_back();
    return items[at->second];
  }
};

// One side of a comparison; a dispatch is known by its id here, one of others by its number.
Done add_side(const Call& call, std::int64_t id, bool newer, Comparison& out) {
  KHIEN_TRY(const auto row, find_assessment(call.db, id));
  if (!row) return fail(err::hub_not_found, text_id(id));
  KHIEN_TRY(const bool seen, is_below(call.db, row->agency_id, call.actor.agency_id));
  if (!seen) return fail(err::hub_not_found, text_id(id));
  KHIEN_TRY(const auto dispatches, assessed_dispatches(call.db, id));
  KHIEN_TRY(const auto measures, assessed_measures(call.db, id));
  for (const AssessedDispatch& d : dispatches) {
    const std::string key = d.dispatch_id == 0 ? d.number : text_id(d.dispatch_id);
    for (const AssessedMeasure& m : measures) {
      if (m.dispatch != d.position || m.verdict.empty()) continue;
      Compared& one = out.of(key, m.doc_id);
      one.number = d.number, one.text = m.text;
      one.cite = cite_of(call.texts, m.cite, m.doc_id);
      (newer ? one.new_verdict : one.old_verdict) = m.verdict;
    }
  }
  return {};
}

Result<Response> compare_results(Call& call) {
  Comparison measures;
  KHIEN_DO(add_side(call, id_of(call.query["old"]), false, measures));
  KHIEN_DO(add_side(call, id_of(call.query["new"]), true, measures));
  Node items = Node::list();
  for (const Compared& m : measures.items) {
    items.push(Node::map({{"number", m.number}, {"cite", m.cite}, {"text", m.text},
                          {"old", node_of_text(m.old_verdict)},
                          {"new", node_of_text(m.new_verdict)}}));
  }
  return json_response(Node::map({{"items", std::move(items)}}));
}

Result<bool> sees_result(const Database& db, const Actor& actor, std::int64_t id) {
  KHIEN_TRY(const auto row, find_assessment(db, id));
  if (!row) return false;
  return is_below(db, row->agency_id, actor.agency_id);
}

}  // namespace

void add_assessments(Handlers& handlers) {
  handlers.add("assessment_list", list_results);
  handlers.add("assessment_start", start_assessment);
  handlers.add("assessment_read", read_result);
  handlers.add("assessment_compare", compare_results);
  handlers.add("finding_list", list_of_findings);
  handlers.add("control_recheck", recheck_control);
  handlers.object("assessment", sees_result);
}

}  // namespace khien::hub
