// OSCAL 1.1.2 assessment-results (NIST): a finding a measure, an observation a control run. OSCAL
// knows only satisfied and not-satisfied: what could not be decided is not satisfied, its reason
// "other", and its verdict stands in a property. Names of subjects are not in it.
#include <set>

#include <fmt/format.h>

#include "base/calendar.h"
#include "base/hash.h"
#include "report/json.h"
#include "report/sentences.h"
#include "report/words.h"

namespace khien::report {
namespace {

constexpr const char* kOscalVersion = "1.1.2";
constexpr const char* kNamespace = "https://khien.invalid/ns/oscal";

// The same for the same thing of the same file: bits of a SHA-256. OSCAL takes versions 4 and 5
// only, so they are marked 5 (named).
std::string oscal_uuid(const Assessment& a, const std::string& what) {
  std::string h = sha256_hex(a.id + "\n" + what).substr(0, 32);
  h[12] = '5';
  h[16] = "89ab"[(h[16] >= 'a' ? h[16] - 'a' + 10 : h[16] - '0') % 4];
  return fmt::format("{}-{}-{}-{}-{}", h.substr(0, 8), h.substr(8, 4), h.substr(12, 4),
                     h.substr(16, 4), h.substr(20));
}

Node property(const char* name, const std::string& value) {
  return Node::map({{"name", name}, {"ns", kNamespace}, {"value", value}});
}

std::string run_name(const RunRecord& run) { return fmt::format("run {}", run.id); }

Node observation(const View& view, const Texts& texts, const RunRecord& run) {
  const Assessment& a = *view.assessment;
  Node props = Node::list({property("control", run.control),
                           property("outcome", to_string(run.outcome))});
  for (const auto& [name, n] : {std::pair{"passed", run.passed}, {"failed", run.failed},
                                {"unknown", run.unknown + run.errors}}) {
    props.push(property(name, fmt::format("{}", n)));
  }
  return Node::map({{"uuid", oscal_uuid(a, run_name(run))},
                    {"title", control_words(texts, run.control)},
                    {"description", run_line(texts, view, run, false)},
                    {"props", std::move(props)},
                    {"methods", Node::list({"TEST"})},
                    {"types", Node::list({"control-objective"})},
                    {"collected", to_iso_instant(a.as_of)}});
}

Node finding(const View& view, const Texts& texts, const MeasureView& m) {
  const Assessment& a = *view.assessment;
  const MeasureRecord& measure = *m.measure;
  const Verdict verdict = measure.verdict;
  const bool decided = verdict != Verdict::undetermined;
  Node status = Node::map(
      {{"state", verdict == Verdict::met ? "satisfied" : "not-satisfied"},
       {"reason", verdict == Verdict::met ? "pass" : decided ? "fail" : "other"}});
  Node out = Node::map(
      {{"uuid", oscal_uuid(a, fmt::format("measure {}", measure.id))},
       {"title", number_of(texts, *m.dispatch) + ", " + measure.cite_vi},
       {"description", clean(measure.text)},
       {"props", Node::list({property("verdict", to_string(verdict))})},
       {"target", Node::map({{"type", "objective-id"},
                             {"target-id", fmt::format("measure-{}", measure.id)},
                             {"description", fmt::format("{}", fmt::join(figures(texts, view, m),
                                                                         " "))},
                             {"status", std::move(status)}})}});
  Node related = Node::list();
  for (const RunRecord* run : m.runs) {
    related.push(Node::map({{"observation-uuid", oscal_uuid(a, run_name(*run))}}));
  }
  if (!related.items().empty()) out.set("related-observations", std::move(related));
  return out;
}

Node selection(const Assessment& a) {
  std::set<std::string> controls;
  for (const RunRecord& run : a.runs) controls.insert(run.control);
  Node list = Node::list();
  for (const std::string& id : controls) list.push(Node::map({{"control-id", id}}));
  Node one = list.items().empty() ? Node::map({{"include-all", Node::map()}})
                                  : Node::map({{"include-controls", std::move(list)}});
  return Node::map({{"control-selections", Node::list({std::move(one)})}});
}

// The orders stand where an assessment plan would.
Node resources(const Assessment& a, const Texts& texts) {
  Node list = Node::list({Node::map({{"uuid", oscal_uuid(a, "orders")},
                                     {"title", texts("report.kind")},
                                     {"description", clean(a.agency.name)}})});
  for (const DispatchRecord& d : a.dispatches) {
    list.push(Node::map({{"uuid", oscal_uuid(a, fmt::format("dispatch {}", d.id))},
                         {"title", number_of(texts, d)},
                         {"description", full_name(texts, d)}}));
  }
  return Node::map({{"resources", std::move(list)}});
}

}  // namespace

std::string oscal(const View& view, const Texts& texts) {
  const Assessment& a = *view.assessment;
  Node observations = Node::list();
  Node findings = Node::list();
  for (const DispatchView& d : view.dispatches) {
    for (const MeasureView& m : d.addressed) {
      findings.push(finding(view, texts, m));
      for (const RunRecord* run : m.runs) observations.push(observation(view, texts, *run));
    }
  }
  const std::string title =
      clean(a.agency.name.empty() ? texts("report.agency_unnamed") : a.agency.name);
  Node result = Node::map({{"uuid", oscal_uuid(a, "result")},
                           {"title", title},
                           {"description", texts("report.kind") + ": " + title},
                           {"start", to_iso_instant(a.as_of)},
                           {"reviewed-controls", selection(a)}});
  if (!observations.items().empty()) result.set("observations", std::move(observations));
  if (!findings.items().empty()) result.set("findings", std::move(findings));
  const Node out = Node::map(
      {{"assessment-results",
        Node::map({{"uuid", oscal_uuid(a, "file")},
                   {"metadata", Node::map({{"title", title},
                                           {"last-modified", to_iso_instant(a.created_at)},
                                           {"version", a.program_version},
                                           {"oscal-version", kOscalVersion}})},
                   {"import-ap", Node::map({{"href", "#" + oscal_uuid(a, "orders")}})},
                   {"results", Node::list({std::move(result)})},
                   {"back-matter", resources(a, texts)}})}});
  return to_json(out, 1) + "\n";
}

}  // namespace khien::report
