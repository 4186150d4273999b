#include "hub/api/dispatch_nodes.h"

#include "hub/api/words.h"
#include "hub/data/agency.h"
#include "hub/data/assessment.h"
#include "hub/data/issue.h"
#include "report/words.h"

namespace khien::hub {
namespace {

Result<Node> head_node(const Call& call, const Database& db, const DispatchRow& row) {
  Node basis = Node::list();
  for (const Node& b : row.head["legal_basis"].items()) {
    const std::string number = b["number"].text();
    KHIEN_TRY(const std::int64_t known, dispatch_of_number(db, call.actor.agency_id, number));
    basis.push(Node::map({{"number", number},
                          {"issued_on", b["issued_on"]},
                          {"dispatch_id", known == 0 ? Node() : Node(text_id(known))}}));
  }
  const auto text = [&](const char* name) { return node_of_text(row.head[name].text()); };
  return Node::map({{"form", text("form")}, {"parent", text("parent")}, {"place", text("place")},
                    {"recipients", Node::list_of(row.head["recipients"].texts())},
                    {"legal_basis", std::move(basis)},
                    {"signing_capacity", text("signing_capacity")}});
}

Node warning_list(const DispatchRow& row) {
  Node out = Node::list();
  for (const Node& w : row.warnings.items()) {
    out.push(Node::map({{"code", w["code"]}, {"text", w["text"]}}));
  }
  return out;
}

// Who issued a received one, when, with which words; null for one that was taken in.
Result<Node> from_above_node(const Database& db, const DispatchRow& row) {
  if (row.origin_id == 0) return Node{};
  KHIEN_TRY(const auto issue, issue_of_received(db, row.id));
  KHIEN_TRY(const auto origin, find_dispatch(db, row.origin_id));
  if (!issue || !origin) return Node{};
  KHIEN_TRY(const auto issuer, find_agency_name(db, origin->agency_id));
  return Node::map({{"agency", issuer ? issuer->name : ""},
                    {"issued_at", issue->issued_at},
                    {"issued_by", issue->issued_by},
                    {"due_on", node_of_text(issue->due_on)},
                    {"note", node_of_text(issue->note)}});
}

}  // namespace

Result<Node> verdicts_of(const Database& db, std::int64_t dispatch_id) {
  KHIEN_TRY(const std::int64_t assessment, latest_assessment_of(db, dispatch_id));
  if (assessment == 0) return Node{};
  KHIEN_TRY(const auto dispatches, assessed_dispatches(db, assessment));
  for (const AssessedDispatch& d : dispatches) {
    if (d.dispatch_id != dispatch_id) continue;
    KHIEN_TRY(const VerdictCounts counts, verdict_counts(db, assessment, d.position));
    return counts_node(counts);
  }
  return Node{};
}

std::string cite_of(const Texts& texts, const std::string& cite_vi, const std::string& doc_id) {
  MeasureRecord record;
  record.cite_vi = cite_vi;
  record.doc_id = doc_id;
  return report::cite(texts, record);
}

Node measure_node(const Texts& texts, const KindBook& kinds, const MeasureRow& row) {
  Node list = Node::list();
  for (const Node& kind : row.kinds.items()) list.push(kinds.kind_node(texts, kind));
  Node span;
  if (row.span_from >= 0) span = Node::list({row.span_from, row.span_to});
  Node mine_why;
  if (row.mine_stated) {
    mine_why = Node(texts("hub.measure.mine_stated"));
  } else if (!row.mine) {
    mine_why = Node(texts("hub.measure.not_mine", {{"actor", row.actor}}));
  }
  Node unsure_why;
  if (!row.unsure.empty()) unsure_why = Node(texts("hub.measure.unsure." + row.unsure));
  return Node::map({{"id", text_id(row.id)},
                    {"doc_id", row.doc_id},
                    {"cite", cite_of(texts, row.cite, row.doc_id)},
                    {"text", row.text},
                    {"span", std::move(span)},
                    {"obligation", node_of_text(row.obligation)},
                    {"actor", node_of_text(row.actor)},
                    {"mine", row.mine},
                    {"mine_why", std::move(mine_why)},
                    {"due_on", node_of_text(row.due_on)},
                    {"kinds", std::move(list)},
                    {"unsure", !row.unsure.empty()},
                    {"unsure_why", std::move(unsure_why)},
                    {"title", row.title},
                    {"state", row.state}});
}

Result<Node> dispatch_node(const Call& call, const Database& db, const DispatchRow& row) {
  KHIEN_TRY(const DispatchCounts counts, count_measures(db, row.id));
  KHIEN_TRY(Node verdicts, verdicts_of(db, row.id));
  return Node::map({{"id", text_id(row.id)},
                    {"number", node_of_text(row.number)},
                    {"symbol", node_of_text(row.symbol)},
                    {"subject", node_of_text(row.subject)},
                    {"issuer", node_of_text(row.issuer)},
                    {"issued_on", node_of_text(row.issued_on)},
                    {"received_no", node_of_text(row.received_no)},
                    {"received_on", node_of_text(row.received_on)},
                    {"due_on", node_of_text(row.due_on)},
                    {"days_left", days_left(row.due_on, today_of(call.hub))},
                    {"state", row.state},
                    {"problem", problem_words(call.texts, row.problem)},
                    {"file_name", row.file_name},
                    {"measures", counts.measures},
                    {"unsure", counts.unsure},
                    {"mine", counts.mine},
                    {"verdicts", std::move(verdicts)}});
}

Result<Node> full_dispatch_node(const Call& call, const Database& db, const DispatchRow& row) {
  KHIEN_TRY(Node out, dispatch_node(call, db, row));
  KHIEN_TRY(const KindBook kinds, KindBook::load(call.hub.content));
  KHIEN_TRY(const auto measures, measures_of(db, row.id));
  Node list = Node::list();
  for (const MeasureRow& m : measures) {  // titles are headings of the text, nothing more
    if (!m.title) list.push(measure_node(call.texts, kinds, m));
  }
  KHIEN_TRY(Node head, head_node(call, db, row));
  KHIEN_TRY(const DispatchText text, dispatch_text(db, row.id));
  KHIEN_TRY(Node from_above, from_above_node(db, row));
  out.set("from_above", std::move(from_above));
  out.set("measures", std::move(list));
  out.set("head", std::move(head));
  out.set("warnings", warning_list(row));
  out.set("sentences", text.counts.is_map() ? text.counts : Node::map());
  return out;
}

}  // namespace khien::hub
