// The JSON of `khien assess --json` and `khien report --json`. Fields are only ever added.
#include "report/json.h"

#include "base/calendar.h"
#include "report/changes.h"

namespace khien::report {
namespace {

Node text_or_null(const std::string& text) { return text.empty() ? Node() : Node(text); }

Node agency_node(const AgencyRecord& a, bool shared) {
  Node n = Node::map({{"name", a.name}, {"parent", text_or_null(a.parent)},
                      {"place", text_or_null(a.place)}, {"sample", a.sample}});
  if (!shared && !a.officer_name.empty()) {
    n.set("officer", Node::map({{"name", a.officer_name}, {"title", a.officer_title}}));
  }
  return n;
}

Node dispatch_node(const DispatchRecord& d) {
  Node basis = Node::list();
  for (const Cited& b : d.legal_basis) {
    basis.push(Node::map({{"number", b.number}, {"issued_on", text_or_null(b.issued_on)},
                          {"issuer", text_or_null(b.issuer)}}));
  }
  return Node::map({{"id", d.id}, {"sha256", d.sha256}, {"source", d.source},
                    {"by_hand", d.by_hand}, {"number", text_or_null(d.number)},
                    {"symbol", text_or_null(d.symbol)}, {"form", text_or_null(d.form)},
                    {"issuer", text_or_null(d.issuer)}, {"parent", text_or_null(d.parent)},
                    {"place", text_or_null(d.place)}, {"issued_on", text_or_null(d.issued_on)},
                    {"subject_line", text_or_null(d.subject_line)},
                    {"due_on", text_or_null(d.due_on)}, {"legal_basis", basis},
                    {"recipients", Node::list_of(d.recipients)},
                    {"warnings", Node::list_of(d.warnings)}});
}

Node run_node(const RunRecord& r) {
  Node n = Node::map({{"id", r.id}, {"kind", r.kind}, {"control", r.control}, {"table", r.table},
                      {"parameters", r.parameters.is_null() ? Node::map() : r.parameters},
                      {"defaulted", Node::list_of(r.defaulted)},
                      {"outcome", to_string(r.outcome)}, {"complete", r.complete},
                      {"total", r.total()}, {"passed", r.passed}, {"failed", r.failed},
                      {"unknown", r.unknown}, {"errors", r.errors},
                      {"not_applicable", r.not_applicable},
                      {"reason", text_or_null(r.reason)}});
  if (r.measure == 0) n.set("required_by", text_or_null(r.required_by));
  return n;
}

Node measure_node(const Assessment& a, const MeasureRecord& m) {
  Node kinds = Node::list();
  for (const KindRecord& k : m.kinds) {
    kinds.push(Node::map({{"kind", k.kind}, {"confidence", k.confidence},
                          {"phrase", text_or_null(k.phrase)},
                          {"parameters", k.parameters.is_null() ? Node::map() : k.parameters},
                          {"decided_by", text_or_null(k.decided_by)},
                          {"outcome", to_string(k.outcome)},
                          {"reason", text_or_null(k.reason)}}));
  }
  Node runs = Node::list();
  for (const RunRecord& r : a.runs) {
    if (r.measure == m.id) runs.push(run_node(r));
  }
  Node span;
  if (m.span_from >= 0) span = Node::list({m.span_from, m.span_to});
  return Node::map({{"id", m.id}, {"dispatch", m.dispatch}, {"doc_id", m.doc_id},
                    {"cite_vi", m.cite_vi}, {"text", m.text}, {"span", span},
                    {"obligation", text_or_null(m.obligation)}, {"actor", text_or_null(m.actor)},
                    {"due_on", text_or_null(m.due_on)}, {"addressed", m.addressed},
                    {"verdict", m.addressed ? Node(to_string(m.verdict)) : Node()},
                    {"kinds", kinds}, {"runs", runs}});
}

Node collection_node(const CollectionRecord& c) {
  Node tables = Node::list();
  for (const auto& t : c.tables) {
    tables.push(Node::map({{"table", t.table}, {"status", t.status}, {"rows", t.rows},
                           {"reason", text_or_null(t.reason)}}));
  }
  return Node::map({{"id", c.id}, {"collector", c.collector}, {"source", c.source},
                    {"source_sha256", text_or_null(c.source_sha256)},
                    {"host", text_or_null(c.host)},
                    {"sealed_by", text_or_null(c.sealed_by)},
                    {"key_known", c.sealed_by.empty() ? Node() : Node(c.key_known)},
                    {"finished_at", to_iso_instant(c.finished_at)}, {"tables", tables}});
}

Node attestation_node(const AttestationRecord& t, bool shared) {
  return Node::map({{"kind", t.kind}, {"statement", t.statement},
                    {"signed_by", shared ? Node() : Node(t.signed_by)},
                    {"signed_on", text_or_null(t.signed_on)},
                    {"valid_until", text_or_null(t.valid_until)},
                    {"file", text_or_null(t.file)},
                    {"file_sha256", text_or_null(t.file_sha256)}, {"accepted", t.accepted},
                    {"reason", text_or_null(t.reason)}});
}

Node norm_node(const NormRecord& n) {
  return Node::map({{"id", n.id}, {"title_vi", n.title_vi}, {"title_en", text_or_null(n.title_en)},
                    {"valid_from", text_or_null(n.valid_from)},
                    {"valid_to", text_or_null(n.valid_to)}, {"verified", n.verified}});
}

template <class T, class F>
Node list_of(const std::vector<T>& items, F node) {
  std::vector<Node> out;
  out.reserve(items.size());
  for (const T& item : items) out.push_back(node(item));
  return Node::list(std::move(out));
}

Node assessment_node(const Assessment& a) {
  Node extra = Node::list();
  for (const RunRecord& r : a.runs) {
    if (r.measure == 0) extra.push(run_node(r));
  }
  return Node::map(
      {{"id", a.id}, {"as_of", to_iso(local_date(a.as_of))},
       {"created_at", to_iso_instant(a.created_at)}, {"program_version", a.program_version},
       {"content_version", a.content_version}, {"supersedes", text_or_null(a.supersedes)},
       {"shared", a.shared}, {"agency", agency_node(a.agency, a.shared)},
       {"dispatches", list_of(a.dispatches, dispatch_node)},
       {"collections", list_of(a.collections, collection_node)},
       {"attestations", list_of(a.attestations, [&](const AttestationRecord& t) {
          return attestation_node(t, a.shared);
        })},
       {"norms", list_of(a.norms, norm_node)}, {"stricter_runs", extra}});
}

}  // namespace

Node finding_node(const FindingRecord& f) {
  Node n = Node::map({{"id", f.id}, {"run", f.run},
                      {"measure", f.measure == 0 ? Node() : Node(f.measure)},
                      {"control", f.control}, {"kind", f.kind}, {"subject", f.subject},
                      {"result", to_string(f.result)}, {"severity", f.severity},
                      {"observed", text_or_null(f.observed)}, {"reason", text_or_null(f.reason)},
                      {"clauses", Node::list_of(f.clauses)}, {"norms", Node::list_of(f.norms)}});
  if (f.fact != 0) {
    n.set("fact", Node::map({{"table", f.table}, {"id", f.fact}}));
  } else {
    n.set("missing", f.missing.empty() ? f.table : f.missing);
  }
  n.set("collection", f.collection == 0 ? Node() : Node(f.collection));
  return n;
}

Node json_node(const Assessment& a) {
  std::vector<Node> findings;
  if (!a.shared) {
    findings.reserve(a.findings.size());
    for (const FindingRecord& f : a.findings) findings.push_back(finding_node(f));
  }
  return Node::map(
      {{"assessment", assessment_node(a)},
       {"coverage", Node::map({{"measures", a.coverage.measures},
                               {"by_controls", a.coverage.by_controls},
                               {"attested", a.coverage.attested},
                               {"percent", a.coverage.percent()}})},
       {"measures",
        list_of(a.measures, [&](const MeasureRecord& m) { return measure_node(a, m); })},
       {"findings", Node::list(std::move(findings))},
       {"comparison", a.comparison.before_sha256.empty() ? Node() : changes_node(a)}});
}

std::string json(const Assessment& a) { return to_json(json_node(a), 1) + "\n"; }

}  // namespace khien::report
