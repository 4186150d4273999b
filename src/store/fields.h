// The fields of every record of the model, named once. Node (JSON, workers), SQL columns and DDL
// are all derived from these lists, so a new field is one line in model.h and one here.
#pragma once

#include "store/model.h"

namespace khien {

template <class V> void fields(AgencyRecord& r, V&& v) {
  v("name", r.name); v("parent", r.parent); v("place", r.place); v("symbol", r.symbol);
  v("signer_title", r.signer_title); v("signer_name", r.signer_name);
  v("officer_name", r.officer_name); v("officer_title", r.officer_title); v("sample", r.sample);
  v("facts_max_age", r.facts_max_age);
}

template <class V> void fields(Cited& r, V&& v) {
  v("number", r.number); v("issued_on", r.issued_on); v("issuer", r.issuer);
}

template <class V> void fields(DispatchRecord& r, V&& v) {
  v("id", r.id); v("sha256", r.sha256); v("source", r.source); v("by_hand", r.by_hand);
  v("number", r.number); v("symbol", r.symbol); v("form", r.form); v("issuer", r.issuer);
  v("parent", r.parent); v("place", r.place); v("issued_on", r.issued_on);
  v("subject_line", r.subject_line); v("due_on", r.due_on); v("legal_basis", r.legal_basis);
  v("recipients", r.recipients); v("warnings", r.warnings);
}

template <class V> void fields(KindRecord& r, V&& v) {
  v("kind", r.kind); v("confidence", r.confidence); v("phrase", r.phrase);
  v("parameters", r.parameters); v("decided_by", r.decided_by); v("outcome", r.outcome);
  v("reason", r.reason);
}

template <class V> void fields(MeasureRecord& r, V&& v) {
  v("id", r.id); v("dispatch", r.dispatch); v("doc_id", r.doc_id); v("cite_vi", r.cite_vi);
  v("text", r.text); v("span_from", r.span_from); v("span_to", r.span_to);
  v("obligation", r.obligation); v("actor", r.actor); v("due_on", r.due_on);
  v("addressed", r.addressed); v("verdict", r.verdict); v("kinds", r.kinds);
}

template <class V> void fields(RunRecord& r, V&& v) {
  v("id", r.id); v("measure", r.measure); v("kind", r.kind); v("control", r.control);
  v("fact_table", r.table); v("parameters", r.parameters); v("defaulted", r.defaulted);
  v("outcome", r.outcome); v("softens", r.softens); v("complete", r.complete);
  v("passed", r.passed); v("failed", r.failed); v("unknown", r.unknown); v("errors", r.errors);
  v("not_applicable", r.not_applicable); v("reason", r.reason);
  v("required_by", r.required_by);
}

template <class V> void fields(FindingRecord& r, V&& v) {
  v("id", r.id); v("run", r.run); v("measure", r.measure); v("control", r.control);
  v("kind", r.kind); v("subject", r.subject); v("result", r.result); v("severity", r.severity);
  v("observed", r.observed); v("reason", r.reason); v("fact_table", r.table); v("fact", r.fact);
  v("missing", r.missing); v("collection", r.collection); v("clauses", r.clauses);
  v("norms", r.norms);
}

template <class V> void fields(CollectionRecord::TableState& r, V&& v) {
  v("name", r.table); v("status", r.status); v("reason", r.reason); v("detail", r.detail);
  v("rows", r.rows);
}

template <class V> void fields(CollectionRecord& r, V&& v) {
  v("id", r.id); v("collector", r.collector); v("source", r.source);
  v("source_sha256", r.source_sha256); v("host", r.host); v("finished_at", r.finished_at);
  v("sealed_by", r.sealed_by); v("key_known", r.key_known);
  v("tables", r.tables);
}

template <class V> void fields(ControlRecord& r, V&& v) {
  v("id", r.id); v("sql", r.sql); v("severity", r.severity); v("satisfies", r.satisfies);
  v("work_list", r.work_list);
}

template <class V> void fields(NormRecord& r, V&& v) {
  v("id", r.id); v("title_vi", r.title_vi); v("title_en", r.title_en);
  v("valid_from", r.valid_from); v("valid_to", r.valid_to); v("verified", r.verified);
}

template <class V> void fields(AttestationRecord& r, V&& v) {
  v("kind", r.kind); v("statement", r.statement); v("signed_by", r.signed_by);
  v("signed_on", r.signed_on); v("valid_until", r.valid_until); v("file", r.file);
  v("file_sha256", r.file_sha256); v("accepted", r.accepted); v("reason", r.reason);
}

template <class V> void fields(ChangeRecord& r, V&& v) {
  v("measure", r.measure); v("dispatch", r.dispatch); v("doc_id", r.doc_id);
  v("cite_vi", r.cite_vi); v("text", r.text);
  v("before", r.before); v("after", r.after); v("change", r.change);
  v("failing_before", r.failing_before); v("failing_after", r.failing_after);
  v("closed", r.closed); v("added", r.added); v("unclear", r.unclear); v("since", r.since);
}

template <class V> void fields(CaseRecord& r, V&& v) {
  v("measure", r.measure); v("control", r.control); v("subject", r.subject); v("state", r.state);
  v("since", r.since);
}

template <class V> void fields(Comparison& r, V&& v) {
  v("before_sha256", r.before_sha256); v("before_as_of", r.before_as_of);
  v("changes", r.changes); v("cases", r.cases);
}

template <class V> void fields(Coverage& r, V&& v) {
  v("measures", r.measures); v("by_controls", r.by_controls); v("attested", r.attested);
}

// The scalar part of an assessment: one row.
template <class V> void fields(Assessment& r, V&& v) {
  v("id", r.id); v("as_of", r.as_of); v("created_at", r.created_at);
  v("program_version", r.program_version); v("content_version", r.content_version);
  v("supersedes", r.supersedes); v("shared", r.shared); v("agency", r.agency);
  v("coverage", r.coverage); v("comparison", r.comparison);
}

// The lists of an assessment: one table each.
template <class V> void lists(Assessment& r, V&& v) {
  v("dispatch", r.dispatches); v("measure", r.measures); v("control_run", r.runs);
  v("finding", r.findings); v("collection_record", r.collections); v("control", r.controls);
  v("norm", r.norms); v("attestation_record", r.attestations);
}

}  // namespace khien
